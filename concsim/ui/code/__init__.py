"""The program's text, highlighted, with the actors' pointers beside it."""
