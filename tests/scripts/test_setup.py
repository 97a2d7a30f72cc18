"""`scripts/setup`: quick when all is there, and one sentence when something cannot be had."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.serving import ROOT

SHELLS = [shell for shell in ("dash", "bash", "busybox") if shutil.which(shell)]


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The repository as far as setting up reads it."""
    (tmp_path / "scripts").mkdir()
    for name in ("scripts/setup", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def bare_path(tmp_path: Path) -> str:
    """A PATH with the usual tools but neither Python nor apt-get."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for tool in ("sh", "cat", "cksum", "tr", "id", "uname", "find", "head", "dirname", "rm", "mktemp", "tail", "env"):
        found = shutil.which(tool)
        assert found
        (folder / tool).symlink_to(found)
    return str(folder)


def set_up(folder: Path, purpose: str, **environment: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [folder / "scripts/setup", purpose],
        env={"PATH": os.environ["PATH"], "HOME": str(folder), **environment},
        cwd="/",
        capture_output=True,
        text=True,
        check=False,
    )


def stamp(folder: Path, purpose: str, requirements: str) -> Path:
    """The mark that a set-up leaves once it is whole, made as `scripts/setup` makes it."""
    summed = subprocess.run(
        f"cat requirements.txt {requirements} scripts/setup | cksum | tr ' ' -",
        shell=True,
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return folder / ".venv" / f".ready-{purpose}-{summed.stdout.strip()}"


@pytest.mark.parametrize("shell", SHELLS)
def test_it_is_understood_by_every_shell(shell: str) -> None:
    command = [shell, "sh", "-n"] if shell == "busybox" else [shell, "-n"]
    subprocess.run([*command, ROOT / "scripts/setup"], check=True)


def test_it_does_nothing_when_all_is_set_up(copy: Path, bare_path: str) -> None:
    (copy / ".venv/bin").mkdir(parents=True)
    (copy / ".venv/bin/python").symlink_to("/bin/true")
    stamp(copy, "run", "requirements.txt").touch()
    result = set_up(copy, "run", PATH=bare_path)
    assert (result.returncode, result.stdout + result.stderr) == (0, "")


def test_it_sets_up_again_when_the_requirements_changed(copy: Path, bare_path: str) -> None:
    (copy / ".venv/bin").mkdir(parents=True)
    (copy / ".venv/bin/python").symlink_to("/bin/true")
    stamp(copy, "run", "requirements.txt").touch()
    with (copy / "requirements.txt").open("a") as file:
        file.write("something-new==1\n")
    assert set_up(copy, "run", PATH=bare_path, PYTHON="no-python").returncode == 2


def test_without_python_it_says_in_one_sentence_what_to_run(copy: Path, bare_path: str) -> None:
    result = set_up(copy, "run", PATH=bare_path, PYTHON="no-python")
    assert result.returncode == 2
    (line,) = result.stderr.splitlines()
    assert line.startswith("hearth: Hearth needs Python 3.11 or newer with venv; run: ")
    assert "python3 python3-venv python3-tk" in line


def test_a_python_that_is_too_old_counts_as_none(copy: Path, bare_path: str) -> None:
    old = copy / "old-python"
    old.write_text("#!/bin/sh\necho old\n")
    old.chmod(0o755)
    result = set_up(copy, "run", PATH=bare_path, PYTHON=str(old))
    assert result.returncode == 2
    assert "3.11 or newer" in result.stderr


def test_a_word_that_it_does_not_know_is_refused(copy: Path) -> None:
    result = set_up(copy, "everything")
    assert result.returncode == 2
    assert "Usage" in result.stderr


def test_make_alone_lists_every_word_that_it_knows() -> None:
    listed = subprocess.run(["make", "-s"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    words = ["run", "demo", "test", "test-all", "lint", "bench", "bench-peers", "docs", "screenshots", "clean", "help"]
    assert [word for word in words if f"make {word} " not in listed] == []
