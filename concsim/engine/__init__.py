"""The stepping engine: a program on virtual threads, of which a scheduler decides who goes next. No Qt, no other room."""
