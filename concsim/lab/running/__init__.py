"""The program as it runs: its start, its streams, its end, and what of it must stay as it would be without us."""
