"""Starting the window: what is missing is said on stderr and in a dialog, with what to do about it."""

import subprocess
import sys
from pathlib import Path

import pytest

from client_app import preflight

CLIENT = Path(__file__).resolve().parents[2] / "client.py"

HIDE = """
import importlib.abc, os, sys
class Hidden(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name in os.environ["HIDDEN"].split():
            raise ModuleNotFoundError(name)
sys.meta_path.insert(0, Hidden())
"""


@pytest.fixture
def bare(tmp_path: Path) -> dict[str, str]:
    """An environment without display and without programs, in which modules can be hidden."""
    (tmp_path / "sitecustomize.py").write_text(HIDE)
    (tmp_path / "bin").mkdir()
    return {"PATH": str(tmp_path / "bin"), "PYTHONPATH": str(tmp_path), "HIDDEN": "", "HOME": str(tmp_path)}


def run(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(CLIENT), *arguments],
        env=environment,
        cwd="/",
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )


def put_program(environment: dict[str, str], name: str, script: str = "") -> Path:
    """A program that records its arguments, one a line, where the result says."""
    record = Path(environment["PATH"], f"{name}.called")
    program = Path(environment["PATH"], name)
    program.write_text(f'#!/bin/sh\nfor each in "$@"; do echo "$each"; done > {record}\n{script}\n')
    program.chmod(0o755)
    return record


def test_version_and_help_need_neither_packages_nor_a_display(bare: dict[str, str]) -> None:
    bare["HIDDEN"] = "msgspec customtkinter _tkinter"
    assert run(bare, "--version").stdout.startswith("Hearth ")
    assert "--server" in run(bare, "--help").stdout


def test_without_a_display_one_sentence_says_so(bare: dict[str, str]) -> None:
    done = run(bare)
    assert done.returncode == 2
    assert done.stderr == f"hearth: {preflight.NO_DISPLAY}\n"


def test_a_display_that_does_not_answer_is_no_display_either(bare: dict[str, str], tmp_path: Path) -> None:
    done = run({**bare, "DISPLAY": ":64999"}, "--data-dir", str(tmp_path / "data"))
    assert done.returncode == 2
    assert done.stderr.startswith(f"hearth: {preflight.NO_DISPLAY}")
    assert "Traceback" not in done.stderr


def test_missing_packages_are_named_with_the_command_that_installs_them(bare: dict[str, str]) -> None:
    done = run({**bare, "HIDDEN": "customtkinter PIL"})
    assert done.returncode == 2
    assert "(customtkinter, Pillow)" in done.stderr
    assert "pip install -r requirements.txt" in done.stderr


def test_without_tkinter_a_program_of_the_desktop_shows_the_command(bare: dict[str, str]) -> None:
    put_program(bare, "apt-get")
    shown = put_program(bare, "zenity", "exit 1")
    done = run({**bare, "HIDDEN": "_tkinter", "DISPLAY": ":64999"})
    assert done.returncode == 2
    assert "sudo apt install python3-tk" in done.stderr
    assert "sudo apt install python3-tk" in shown.read_text()


def test_a_dialog_program_that_fails_is_followed_by_the_next(bare: dict[str, str]) -> None:
    put_program(bare, "zenity", "exit 127")
    shown = put_program(bare, "xmessage")
    run({**bare, "HIDDEN": "_tkinter", "DISPLAY": ":64999"})
    assert "python3-tk" in shown.read_text()


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--server", "two words"], "Type the server’s name or address"),
        (["--server", "localhost:99999"], "The port is a number from 1 to 65535."),
        (["hearth://localhost:5050/inv"], "This is no invite."),
        (["hearth://localhost/invite/ABCD#12ab"], "The invite is not complete."),
        (["--ca", "/nowhere/ca.pem"], "There is no file /nowhere/ca.pem."),
        (["--data-dir", "/proc/nowhere"], "Hearth cannot use its data folder"),
    ],
)
def test_a_bad_option_is_answered_with_a_sentence(bare: dict[str, str], arguments: list[str], sentence: str) -> None:
    done = run({**bare, "DISPLAY": ":64999"}, *arguments)
    assert done.returncode == 2
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr
