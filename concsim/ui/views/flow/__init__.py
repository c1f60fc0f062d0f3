"""Queues and pipes, and what is in them."""
