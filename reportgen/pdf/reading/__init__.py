"""A finished PDF read back: its text in reading order, its tags, links and properties."""
