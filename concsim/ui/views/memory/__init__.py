"""What the actors share."""
