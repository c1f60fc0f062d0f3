"""A round table."""
