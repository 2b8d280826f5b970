"""A first brief from articles: what can be taken from a text is taken, located and checked; what only a person can say is a gap."""
