"""A finished memo compared with the pages that its brief composes to."""
