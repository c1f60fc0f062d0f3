"""Who was on which core when."""
