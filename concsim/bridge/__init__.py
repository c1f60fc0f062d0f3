"""The worker bridge: turns what control read into one Qt signal per frame. QtCore only."""
