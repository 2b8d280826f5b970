"""A finished .pptx file read back: its texts, tables and charts, whoever saved it last."""
