"""Hooks put into a program's syntax tree before each operation that another thread could notice."""
