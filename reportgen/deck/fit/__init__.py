"""Sizes of type chosen from measured text, slides continued where one is too small, and the report of it."""
