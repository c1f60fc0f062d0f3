"""A program read without running it: its block, its parameters, and what is put into its syntax tree."""
