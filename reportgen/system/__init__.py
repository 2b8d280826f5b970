"""The version, and the ground that every other room stands on: files, caches, processes, errors."""

__version__ = "0.1.0"
