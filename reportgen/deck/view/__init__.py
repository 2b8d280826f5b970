"""A finished deck as its reader sees it: sizes, colours and boxes resolved through layout, master and theme."""
