"""The ledger of a distribution: copy numbers, plans, files and attempts to send."""
