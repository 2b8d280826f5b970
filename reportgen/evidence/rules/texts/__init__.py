"""Rules on the brief's own sentences: facts and quotes must back them."""
