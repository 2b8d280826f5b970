"""The version of reportgen."""

__version__ = "0.1.0"
