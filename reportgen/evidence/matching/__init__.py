"""Quotes in their sources: the search for their words, and the places where they stand."""
