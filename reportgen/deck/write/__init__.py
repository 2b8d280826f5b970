"""Writes `Deck` values as a .pptx file: slides, notes pages, charts, and the package around them."""
