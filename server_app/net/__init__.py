"""Bytes only, and the only place with sockets."""
