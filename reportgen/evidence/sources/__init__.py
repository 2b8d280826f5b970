"""A source's file as numbered paragraphs: plain text, Markdown, HTML, PDF and Word files."""
