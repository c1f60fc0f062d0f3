"""The parent's side of a lab, without Qt: start, commands, reading, stopping, cleaning up."""
