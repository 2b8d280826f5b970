"""Random briefs against the deck: does every word of every one stand in its box? Run by `python -m tests.stress`."""
