"""The phone factory."""
