"""Who started whom."""
