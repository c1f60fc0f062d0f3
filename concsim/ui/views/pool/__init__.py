"""Pools and their tasks."""
