"""The text of a PDF: its lines with their type, the tables among them, and the blocks that they make."""
