"""Passwords as bcrypt hashes, and tokens of which only the hash is kept."""

import hashlib
import secrets

import bcrypt


class PasswordHasher:
    """bcrypt at one price. It runs on the hashers' threads; bcrypt lets other threads run meanwhile."""

    def __init__(self, rounds: int) -> None:
        self._rounds = rounds
        # Checked against where nobody has the name, so that an unknown name takes as long as a wrong password.
        self._nobody = self.hash(secrets.token_urlsafe(16))

    def hash(self, password: str) -> str:
        """A new hash, each with its own salt."""
        return bcrypt.hashpw(password.encode(), bcrypt.gensalt(self._rounds)).decode()

    def check(self, password: str, password_hash: str | None) -> bool:
        """Whether it is the password; False after the same work where there is no hash, or none it could fit."""
        guess = password.encode()
        # bcrypt refuses longer ones and NUL; nobody's password is like that, but it has to cost the same.
        fits = len(guess) <= 72 and b"\0" not in guess
        found = bcrypt.checkpw(guess if fits else b"x", (password_hash or self._nobody).encode())
        is_right = found and fits and password_hash is not None
        if password_hash is not None and not is_right:
            self._make_up_for(password_hash)
        return is_right

    def _make_up_for(self, password_hash: str) -> None:
        """Work as much more as a hash at today's price would have cost, lest a quick refusal tell that there is a name.

        Each round costs twice the one before, so an old price and all those between it and today's make today's.
        """
        for rounds in range(_rounds_of(password_hash), self._rounds):
            bcrypt.hashpw(b"x", bcrypt.gensalt(rounds))

    def is_outdated(self, password_hash: str) -> bool:
        """Whether it was made with fewer rounds than are asked for now."""
        return _rounds_of(password_hash) < self._rounds


def _rounds_of(password_hash: str) -> int:
    return int(password_hash.split("$")[2])


def new_token() -> str:
    """What a device keeps to come back: 256 bits from the system's source of randomness."""
    return secrets.token_urlsafe(32)


def token_hash(token: str) -> str:
    """What the server keeps of a token. It has no salt and is quick: a random token cannot be guessed."""
    return hashlib.sha256(token.encode()).hexdigest()
