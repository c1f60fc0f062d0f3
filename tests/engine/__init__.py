"""Tests of the stepping engine."""
