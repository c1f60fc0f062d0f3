"""What each actor did over time."""

VIEW = "lanes_view.LanesView"
