"""Rules on facts and typed values: they must be what their quotes say."""
