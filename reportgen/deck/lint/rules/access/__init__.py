"""Rules for readers who use a screen reader: titles, alternative text, tables, links, reading order."""
