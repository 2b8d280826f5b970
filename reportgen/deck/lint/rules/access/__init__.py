"""Rules for readers who do not see the slides or read them in a table: titles, alternative text, order."""
