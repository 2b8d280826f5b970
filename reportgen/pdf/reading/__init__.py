"""Reads a finished PDF back: its text in reading order, its tags, links and properties."""
