"""The operating system's three states."""
