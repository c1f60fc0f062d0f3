"""Who goes next: a file for each way to decide."""
