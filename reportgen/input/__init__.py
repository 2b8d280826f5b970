"""YAML files as checked values, and diagnostics that name line and column."""
