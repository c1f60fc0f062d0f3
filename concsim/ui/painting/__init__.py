"""How things look: colours, shapes, letters, the style sheet."""
