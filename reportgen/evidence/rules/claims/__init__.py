"""Rules about what the sentences of a brief claim."""
