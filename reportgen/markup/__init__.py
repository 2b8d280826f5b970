"""The Jinja environment, its sandbox, and the strict parser for what templates produce."""
