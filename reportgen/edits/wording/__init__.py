"""Words compared with words: their tokens, their differences, and where in the brief's own markup each stands."""
