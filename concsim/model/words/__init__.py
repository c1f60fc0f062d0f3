"""Sentences, in English and Chinese."""
