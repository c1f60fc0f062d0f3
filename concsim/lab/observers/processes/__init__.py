"""What a program does with processes, their locks, queues and pools, and how the lab follows it into them."""
