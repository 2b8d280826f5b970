"""LibreOffice's pictures of a deck, with the boxes that were measured drawn over them."""
