"""The stage: one program with its controls, its time line and what is beside the pictures."""
