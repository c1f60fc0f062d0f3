"""What a person steps with: who goes next, how far, what was done."""
