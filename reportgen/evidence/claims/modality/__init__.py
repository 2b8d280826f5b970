"""Deeds and events that the evidence has only as wanted, possible or denied, where a claim says that they happened."""
