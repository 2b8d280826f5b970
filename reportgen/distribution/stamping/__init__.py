"""Copies of a finished file, each with its own line on every page or slide."""
