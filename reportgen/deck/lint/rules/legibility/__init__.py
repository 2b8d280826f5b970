"""Rules of what can be read from the back of the room: sizes, contrast, room."""
