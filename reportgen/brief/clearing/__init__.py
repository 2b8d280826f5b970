"""The models of how far a paper has come: its status, and who drafted, approved and cleared it."""
