"""Gaps as values that a brief can be built with: each prints what is missing, where it is missing."""
