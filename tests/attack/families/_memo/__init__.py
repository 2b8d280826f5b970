"""Alterations of a finished memo, by what they touch."""
