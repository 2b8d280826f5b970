"""Rules that compare the brief's sentences with facts and quotes."""
