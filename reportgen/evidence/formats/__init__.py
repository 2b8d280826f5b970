"""What each file format has of blocks: one reader a file."""
