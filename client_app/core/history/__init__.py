"""Messages that others said: pages of them, what became of them while one was away, how far one has read."""
