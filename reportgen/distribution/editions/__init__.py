"""Editions: the finished documents of one state of a brief, what is kept of it, and how two of them differ."""
