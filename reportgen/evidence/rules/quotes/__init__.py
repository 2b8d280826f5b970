"""Rules on quotes and quotations: they must be in their sources, and be used."""
