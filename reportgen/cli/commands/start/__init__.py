"""Commands with which a brief begins."""
