"""Whose files and processes there are, and what of them goes when nobody watches over it."""
