"""Numbers that somebody typed, and what may account for them besides a fact."""
