"""A run's state and history, computed from its events."""
