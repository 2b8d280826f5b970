"""Mail with packets: who may get it, what is sent, over which line, each once."""
