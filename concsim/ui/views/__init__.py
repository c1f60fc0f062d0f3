"""One file per view. A view is handed the run, the marks and the theme, draws the run's state, and keeps no copy."""
