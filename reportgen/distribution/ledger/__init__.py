"""The ledger of a distribution: who was promised, given and sent which copy."""
