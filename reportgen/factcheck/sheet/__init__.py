"""The sheet of a fact check as a file: HTML, PDF or Word, one row a claim."""
