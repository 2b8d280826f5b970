"""Rules for readers at the back of the room: sizes, contrast, overlaps and overflow."""
