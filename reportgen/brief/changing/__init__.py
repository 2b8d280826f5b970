"""A brief's file while commands change it."""
