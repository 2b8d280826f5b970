"""Rules about a brief's status and its clearances."""
