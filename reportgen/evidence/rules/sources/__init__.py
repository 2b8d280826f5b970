"""Rules on the sources: how they are cited, which one a sentence names, and where they disagree."""
