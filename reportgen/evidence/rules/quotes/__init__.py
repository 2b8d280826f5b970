"""Rules that compare quotes and quotations with their sources."""
