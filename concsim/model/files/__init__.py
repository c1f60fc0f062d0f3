"""Files that a person names: read with care, written whole."""
