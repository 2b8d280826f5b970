"""Snapshots of a brief, of a finished memo or other PDF, of a deck and of any text."""
