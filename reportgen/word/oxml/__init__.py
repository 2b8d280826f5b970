"""Raw XML of Word documents: the elements that python-docx has no objects for."""
