"""Chooses type sizes from measured text, splits slides that hold too much, and reports how full each box is."""
