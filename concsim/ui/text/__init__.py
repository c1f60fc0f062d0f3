"""Words in the person's language, and labels for them."""
