"""What the actors share."""

VIEW = "memory_view.MemoryView"
