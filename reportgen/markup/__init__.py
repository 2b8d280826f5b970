"""Jinja templates -> strict HTML: what templates may say, and how it is checked."""
