"""The window. Qt lives here and in the bridge only."""
