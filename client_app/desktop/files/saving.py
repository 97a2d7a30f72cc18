"""Puts files where people look for them, under names that are safe there; never over another file by itself."""

import contextlib
import os
import shutil
from pathlib import Path

from shared.file_names import file_name

MOST_NUMBER = 1_000


def save_into(folder: Path, source: Path, name: str) -> Path:
    """Copy a file into a folder, under a name that is free there: `report (2).pdf`. Raises `OSError`."""
    folder.mkdir(parents=True, exist_ok=True)
    clean = Path(file_name(name))
    stem, ending = _parts(clean.name)
    for number in range(1, MOST_NUMBER):
        target = folder / (clean.name if number == 1 else f"{stem} ({number}){ending}")
        with contextlib.suppress(FileExistsError):
            os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
            return save_as(target, source)
    raise FileExistsError(f"there are {MOST_NUMBER:,} files of this name already")


def save_as(target: Path, source: Path) -> Path:
    """Copy a file there, in the place of what was there; it cannot be executed. Raises `OSError`."""
    try:
        shutil.copyfile(source, target)
    except OSError:
        with contextlib.suppress(OSError):
            target.unlink()
        raise
    with contextlib.suppress(OSError):
        target.chmod(0o600)
    return target


def _parts(name: str) -> tuple[str, str]:
    """What a number stands between: `archive` and `.tar.gz`."""
    path = Path(name)
    ending = "".join(path.suffixes[-2:]) if path.suffixes[-2:-1] == [".tar"] else path.suffix
    return name[: len(name) - len(ending)], ending
