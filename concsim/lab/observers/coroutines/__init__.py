"""What a program does with generators, greenlets and tasks."""
