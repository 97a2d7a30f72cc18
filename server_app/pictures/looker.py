"""The server's end of the process that looks at pictures: starts it, asks it, and ends it when it takes too long."""

import logging
import os
import secrets
import subprocess  # nosec B404  # of this very program, with arguments of its own
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from msgspec import MsgspecError

from .bounds import MAX_ANSWER
from .orders import (
    Answer,
    DiskFailed,
    Look,
    MakeSquare,
    NoPicture,
    Order,
    Seen,
    Shape,
    Squared,
    Strip,
    Stripped,
    answer_of,
    line_of,
)

log = logging.getLogger("hearth.pictures")

DEADLINE_SECONDS = 10.0
"""For one order: the largest picture takes a second on a machine that is busy."""
IDLE_SECONDS = 120.0
"""After which a process that nobody asks anything ends."""
MOST_ORDERS = 500
"""After which a new one takes over, so that nothing can gather in it."""
_ROOT = Path(__file__).parents[2]
_KEPT_VARIABLES = ("PATH", "SYSTEMROOT", "TEMP", "TMPDIR", "LANG")
"""Of the environment; the rest may hold what no file should ever get to see."""


@dataclass(frozen=True)
class Looked:
    """What a file is that begins as a picture does."""

    media_type: str
    """`application/octet-stream` where it is damaged, or larger than is looked at: then it is merely a file."""
    width: int = 0
    """In pixels, as it is to be shown; 0 of what is merely a file."""
    height: int = 0
    is_animated: bool = False
    preview: bytes = b""
    clean: Path | None = None
    """What to keep in its place: the same without place, camera and author; None where it told nothing of these."""
    thumbnail: Path | None = None
    """WebP, upright; None where the picture is small enough to be its own."""


@dataclass(frozen=True)
class Square:
    """A square made of a picture."""

    data: bytes
    """WebP."""
    is_animated: bool


class Looker:
    """One process, which does one thing at a time; started when it is first needed. Any thread may ask, and waits."""

    def __init__(self, deadline_seconds: float = DEADLINE_SECONDS) -> None:
        self._deadline_seconds = deadline_seconds
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._orders = 0
        self._used_at = 0.0

    @property
    def process_id(self) -> int | None:
        """Of the process, while there is one."""
        process = self._process
        return process.pid if process is not None and process.poll() is None else None

    def look_at(self, path: Path) -> Looked | None:
        """What this file is; None where it is no picture. Raises `OSError` when the disk fails.

        What is written for it stands beside it, as `<name>.<number>.clean` and `….thumbnail`, and is then the caller's:
        whoever asks for the same file meanwhile gets others, so nobody's are written to once they are in use.
        """
        clean, thumbnail = _beside(path)
        # What somebody did not want to tell must not stay because the process was ended from outside.
        stripped = self._ask(Strip(path, clean)) or self._ask(Strip(path, clean))
        if not isinstance(stripped, Stripped):
            clean.unlink(missing_ok=True)
            return None
        kept = clean if stripped.is_changed else None
        seen = self._ask(Look(kept or path, thumbnail))
        if not isinstance(seen, Seen):
            thumbnail.unlink(missing_ok=True)
            return Looked("application/octet-stream", clean=kept)
        return Looked(
            seen.media_type,
            seen.width,
            seen.height,
            seen.is_animated,
            seen.preview,
            kept,
            thumbnail if seen.has_thumbnail else None,
        )

    def square(self, path: Path, side: int, shape: Shape) -> Square | None:
        """A square of this picture, `side` pixels wide; None where that cannot be.

        Raises `OSError` when the disk fails.
        """
        squared = self._ask(MakeSquare(path, side, shape))
        return Square(squared.data, squared.is_animated) if isinstance(squared, Squared) else None

    def rest(self, idle_seconds: float = IDLE_SECONDS) -> None:
        """End the process if nobody asked it anything for so long."""
        if self._process is None or time.monotonic() - self._used_at < idle_seconds:
            return
        # Whoever has the lock is asking something at this moment.
        if self._lock.acquire(blocking=False):
            try:
                self._end()
            finally:
                self._lock.release()

    def stop(self) -> None:
        """End the process, whatever it does; a picture that is asked about later starts another one."""
        process = self._process
        if process is not None:
            process.kill()
        with self._lock:
            self._end()

    def _ask(self, order: Order) -> Answer | None:
        """The answer; None where there is none because the process ended, or took too long."""
        with self._lock:
            if self._process is not None and (self._process.poll() is not None or self._orders >= MOST_ORDERS):
                self._end()
            process = self._process or self._start()
            self._orders += 1
            answer = self._exchange(process, order)
            self._used_at = time.monotonic()
        match answer:
            case DiskFailed(number):
                raise OSError(number, os.strerror(number))
            case NoPicture(reason):
                log.info("a file is not taken for a picture: %s", reason)
            case None:
                log.warning("the process for pictures ended; the next picture starts it anew")
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        variables = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
        process = subprocess.Popen(  # nosec B603  # nothing in it comes from outside
            [sys.executable, "-m", __package__ or ""],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd=_ROOT,
            env=variables,
            # What is typed at the server's terminal is not for it.
            start_new_session=True,
        )
        self._process, self._orders = process, 0
        return process

    def _exchange(self, process: subprocess.Popen[bytes], order: Order) -> Answer | None:
        assert process.stdin is not None, "it was made with a pipe"
        assert process.stdout is not None, "it was made with a pipe"
        timer = threading.Timer(self._deadline_seconds, process.kill)
        timer.start()
        try:
            process.stdin.write(line_of(order))
            process.stdin.flush()
            return answer_of(process.stdout.readline(MAX_ANSWER))
        except (BrokenPipeError, MsgspecError):
            # It has ended, or says what it never would.
            self._end()
            return None
        finally:
            timer.cancel()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            # Also waits for its end and closes the pipes.
            process.communicate()


def _beside(path: Path) -> tuple[Path, Path]:
    name = f"{path.name}.{secrets.token_hex(8)}"
    return path.with_name(f"{name}.clean"), path.with_name(f"{name}.thumbnail")
