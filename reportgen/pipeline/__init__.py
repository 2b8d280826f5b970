"""Briefs to finished files: which documents there are, how one brief becomes them, and many briefs at a time."""
