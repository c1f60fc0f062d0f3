"""What each way costs."""
