"""Reads a finished .pptx file back: its texts, tables and charts, whichever program saved it last."""
