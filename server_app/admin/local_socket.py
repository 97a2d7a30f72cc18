"""The way to a running server: a socket in the file system, beside the database, for its owner (and root) alone."""

import contextlib
import hashlib
import logging
import os
import socket
import stat
import tempfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

log = logging.getLogger("hearth.admin")

LONGEST_PATH = 100
"""Bytes that every system takes for the path of such a socket; Linux takes 107, others 103."""
MAX_QUESTION = 64 * 1024
ASK_SECONDS = 5.0
"""Within so much, who connects has to ask."""
ANSWER_SECONDS = 30.0
"""More than the server waits for its disk."""
IS_SUPPORTED = hasattr(socket, "AF_UNIX")


def socket_path(database: Path) -> Path:
    """Where the server that has this database is asked."""
    name = f"{database.name}.sock"
    if len(os.fsencode(name)) > LONGEST_PATH // 2:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()[:32] + ".sock"
    return database.parent / name


class LocalSocket:
    """Answers one after the other, on a thread of its own. Whoever makes it has the database locked."""

    def __init__(self, database: Path, answer: Callable[[bytes], bytes]) -> None:
        self._path = socket_path(database)
        self._answer = answer
        self._is_stopping = False
        self._listening: socket.socket | None = None
        self._thread = threading.Thread(target=self._run, name="admin", daemon=True)

    def start(self) -> None:
        """Listen; where that is impossible, a line in the log says so, and the server serves all the same."""
        if not IS_SUPPORTED:
            return
        try:
            self._listening = _listening(self._path)
        except OSError as error:
            log.warning("server.py admin cannot reach this server while it runs: %s: %s", self._path, error.strerror)
            return
        self._thread.start()

    def stop(self) -> None:
        """Listen no more; what is being answered may end by itself."""
        if self._listening is None:
            return
        self._is_stopping = True
        with contextlib.suppress(OSError), _way_to(self._path) as path, socket.socket(socket.AF_UNIX) as waker:
            waker.settimeout(ASK_SECONDS)
            waker.connect(path)
        self._thread.join(ASK_SECONDS)
        self._listening.close()
        with contextlib.suppress(OSError):
            self._path.unlink()

    def _run(self) -> None:
        assert self._listening is not None, "it is started when it listens"
        while True:
            try:
                connection, _ = self._listening.accept()
            except OSError as error:
                log.warning("server.py admin cannot reach this server any more: %s", error)
                return
            with connection:
                if self._is_stopping:
                    return
                try:
                    connection.settimeout(ASK_SECONDS)
                    question = _read_all(connection, MAX_QUESTION)
                    connection.settimeout(ANSWER_SECONDS)
                    connection.sendall(self._answer(question))
                except OSError as error:
                    log.info("somebody at the local socket went away: %s", error)


def ask(database: Path, question: bytes) -> bytes | None:
    """The answer of the server that has this database; None where there is none at the moment. Raises `OSError`."""
    if not IS_SUPPORTED:
        return None
    path = socket_path(database)
    with contextlib.ExitStack() as opened:
        connection = opened.enter_context(socket.socket(socket.AF_UNIX))
        connection.settimeout(ANSWER_SECONDS)
        try:
            connection.connect(opened.enter_context(_way_to(path)))
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        connection.sendall(question)
        connection.shutdown(socket.SHUT_WR)
        return _read_all(connection, None)


def _listening(path: Path) -> socket.socket:
    with contextlib.suppress(FileNotFoundError):
        if stat.S_ISSOCK(path.lstat().st_mode):
            # Of a server that was killed: nobody else can have the database.
            path.unlink()
    listening = socket.socket(socket.AF_UNIX)
    try:
        with _way_to(path) as way:
            listening.bind(way)
        # Before anybody can connect: that is possible from `listen` on.
        path.chmod(0o600)
        listening.listen(8)
    except OSError:
        listening.close()
        raise
    return listening


@contextlib.contextmanager
def _way_to(path: Path) -> Iterator[str]:
    """The path, or a shorter one to the same place while it is needed."""
    if len(os.fsencode(path)) <= LONGEST_PATH:
        yield str(path)
        return
    with tempfile.TemporaryDirectory(prefix="hearth-") as folder:
        link = Path(folder) / "d"
        link.symlink_to(path.parent, target_is_directory=True)
        yield str(link / path.name)


def _read_all(connection: socket.socket, most: int | None) -> bytes:
    """Up to the other end's last byte. Raises `OSError` where that is more than may come."""
    parts: list[bytes] = []
    size = 0
    while data := connection.recv(64 * 1024):
        parts.append(data)
        size += len(data)
        if most is not None and size > most:
            raise OSError("too much was asked")
    return b"".join(parts)
