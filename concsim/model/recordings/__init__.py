"""Recordings: how one is written, kept small, and read."""
