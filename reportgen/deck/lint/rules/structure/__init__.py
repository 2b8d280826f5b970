"""Rules of what belongs to every slide: placeholders, footers, sections."""
