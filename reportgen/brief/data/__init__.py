"""Facts and charts from the cells of data files: the brief's keys in, the same brief with numbers in their places out.

`expansion.py` replaces `cell:` by a value and `data:` by bars, lines or rows before the brief is validated, so that nothing
after it knows where a number came from. `DataUse` keeps the cells that were used, for the lock and for citations.
"""
