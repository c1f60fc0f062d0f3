"""Frames of generators between their turns."""

VIEW = "frames_view.FramesView"
NEEDS = ("generators",)
