"""recipients.csv as checked rows."""
