"""The repairs and additions that make WeasyPrint's file PDF/A-3a and PDF/UA-1."""
