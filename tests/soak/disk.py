"""The server's disk: a small one of its own where this machine lets us mount it, which can be filled and emptied."""

import contextlib
import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Disk:
    """A folder for the database."""

    folder: Path
    can_be_filled: bool
    """Whether it is a disk of its own, so that filling it hurts nobody else."""

    def fill(self) -> None:
        """Leave no byte free."""
        piece = b"\0" * MEBIBYTE
        with contextlib.suppress(OSError), self._ballast.open("ab", buffering=0) as ballast:
            while True:
                if ballast.write(piece) < len(piece):
                    piece = piece[: max(1, len(piece) // 2)]

    def make_room(self) -> None:
        """Let go of what fills it. Harmless when nothing does."""
        self._ballast.unlink(missing_ok=True)

    @property
    def _ballast(self) -> Path:
        return self.folder / "ballast"


@contextlib.contextmanager
def disk(folder: Path, mebibytes: int) -> Iterator[Disk]:
    """A disk at this folder while the block lasts; a plain folder for whoever may not mount."""
    folder.mkdir(parents=True)
    if not _mount(folder, mebibytes):
        yield Disk(folder, can_be_filled=False)
        return
    try:
        yield Disk(folder, can_be_filled=True)
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False, capture_output=True)


def _mount(folder: Path, mebibytes: int) -> bool:
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return False
    try:
        options = f"size={mebibytes}m,mode=700"
        mounted = subprocess.run(
            ["mount", "-t", "tmpfs", "-o", options, "soak", str(folder)], check=False, capture_output=True
        )
    except OSError:
        return False
    return mounted.returncode == 0
