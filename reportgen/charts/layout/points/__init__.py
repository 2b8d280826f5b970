"""Points between two axes, and the names beside them."""
