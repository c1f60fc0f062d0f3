"""Frames of generators between their turns."""
