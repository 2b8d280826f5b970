"""Packets by mail: who may get them, what is sent, and over which connection; each packet once."""
