"""The compiler from a deck's strict HTML to `Deck` values."""
