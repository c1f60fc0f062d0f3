"""Who handed the thread to whom."""
