"""The page with what changed, in the memo's look: as a tagged PDF, or as one HTML file."""
