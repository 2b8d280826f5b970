"""The names, years and letters by which notes and source lines cite a brief's sources."""
