"""Audits of decks."""
