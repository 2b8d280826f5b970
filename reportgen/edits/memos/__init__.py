"""Returned memos in Word: paragraphs, tracked changes and comments, compared with what the brief compiles to."""
