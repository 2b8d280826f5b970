"""Commands that review files which others wrote or edited."""
