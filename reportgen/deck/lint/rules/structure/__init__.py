"""Rules for the deck's structure: placeholders, footers, sections."""
