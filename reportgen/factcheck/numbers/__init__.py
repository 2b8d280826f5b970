"""The numbers of a document held against those of its sources: same, rounded, different, computed."""
