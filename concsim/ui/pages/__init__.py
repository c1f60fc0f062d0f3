"""The window's pages, and what frames them."""
