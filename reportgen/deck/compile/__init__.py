"""Strict HTML to `Deck` values: which elements a deck's template may use, and what each becomes."""
