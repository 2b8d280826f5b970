"""Attacks on the program: hostile briefs, templates, files and edits, generated from a seed.

A family is a module of `families/`. The suite runs a sample of each (`test_families.py`); `make attack` runs all of them.
"""
