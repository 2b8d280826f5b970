"""Several sources of one brief: what each says of one number, and which one a sentence names.

Two numbers are of one thing only if nothing tells them apart: another year, place, part, condition or period. What cannot be told is no
disagreement, so that no true brief is called false.
"""
