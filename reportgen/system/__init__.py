"""Files, caches, archives, processes and errors: the ground that every other room stands on."""

__version__ = "0.1.0"
