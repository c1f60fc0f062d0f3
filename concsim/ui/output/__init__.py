"""What the program prints and reads."""
