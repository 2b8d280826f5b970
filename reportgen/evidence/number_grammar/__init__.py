"""The numbers in English text: how they are written, what bounds them, which value and unit they have."""
