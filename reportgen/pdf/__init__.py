"""PDF: the layout engine, the drawn charts, and what makes a finished file a document of record."""
