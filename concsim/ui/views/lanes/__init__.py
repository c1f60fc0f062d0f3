"""What each actor did over time."""
