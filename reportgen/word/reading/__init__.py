"""Read a Word file back: its words in reading order, each with its place and its bookmarks, and what else it carries."""
