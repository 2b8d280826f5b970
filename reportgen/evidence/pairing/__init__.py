"""The company of a number: its year, its subject, the number beside it, its condition and its base."""
