"""Parts of a brief that the rules leave alone, because something is missing in what they rest on."""
