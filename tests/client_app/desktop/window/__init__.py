"""Real windows on a real screen, against a real server over TLS."""
