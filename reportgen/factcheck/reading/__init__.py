"""The texts of documents and sources: paragraphs, slides and cells, each with its place."""
