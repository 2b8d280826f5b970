"""The quotations of a document held against the words and speakers of its sources."""
