"""What the lab sees of the libraries that a program uses."""
