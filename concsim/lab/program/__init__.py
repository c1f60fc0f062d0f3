"""What the lab knows of the program: its places, things and texts, what can be read of it, who waits for what."""
