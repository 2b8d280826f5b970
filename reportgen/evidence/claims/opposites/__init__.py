"""Opposite words in their context: the table of them, how a text uses them, and how a claim's use compares with its evidence's.

`axes.py` beside this package knows the words whose numbers can be compared. The table here is wider: what stands on it is compared by the words
around alone, so that it only ever warns.
"""
