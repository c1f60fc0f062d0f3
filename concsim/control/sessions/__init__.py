"""A session: round after round of one program, recorded."""
