"""What instrumented code calls: the hooks, and what they decide."""
