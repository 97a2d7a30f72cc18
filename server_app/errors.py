"""What can keep a server from starting."""

from shared.errors import HearthError


class StartError(HearthError):
    """The server cannot start; `str()` is a sentence that says why and what to do."""


class DatabaseTaken(StartError):
    """Another server has the database."""
