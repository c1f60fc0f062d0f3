"""The charts that a program asks for."""
