"""Returned decks: slides, tables, charts, notes and comments, compared with what the brief compiles to."""
