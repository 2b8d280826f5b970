"""Rules that compare facts and typed values with their quotes."""
