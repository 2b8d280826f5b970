"""Stray copies: their words by page, slide and mail part, the stamps in them, and whom all of that points to."""
