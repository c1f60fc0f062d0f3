"""What a program does with threads, their locks, queues and pools."""
