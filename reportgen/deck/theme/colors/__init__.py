"""Colours of a PowerPoint file: resolved, as they lie behind a text, and as the shades that a deck takes for its roles."""
