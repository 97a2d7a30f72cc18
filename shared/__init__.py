"""The language that server and client speak: what exists, what may be asked, what is told, and how it is framed."""

__version__ = "0.1.0"

PROTOCOL_VERSION = 1
"""Raised when an old peer could no longer be understood; new fields and new types do not raise it."""
