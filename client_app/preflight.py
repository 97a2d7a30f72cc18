"""What must be there before the window can open, and how to tell the person otherwise; standard library only."""

import contextlib
import importlib.util
import os
import shutil
import subprocess  # nosec B404  # to show a dialog where this program cannot
import sys
from pathlib import Path

REQUIREMENTS = Path(__file__).resolve().parent.parent / "requirements.txt"

PACKAGES = {
    "msgspec": "msgspec",
    "sqlalchemy": "SQLAlchemy",
    "customtkinter": "customtkinter",
    "PIL": "Pillow",
    "platformdirs": "platformdirs",
    "keyring": "keyring",
    "desktop_notifier": "desktop-notifier",
    "plyer": "plyer",
    "regex": "regex",
}
"""Modules that the window imports, and the names under which pip knows them."""

_TK_COMMANDS = {
    "apt-get": "sudo apt install python3-tk",
    "dnf": "sudo dnf install python3-tkinter",
    "pacman": "sudo pacman -S tk",
    "zypper": "sudo zypper install python3-tk",
    "apk": "sudo apk add python3-tkinter",
    "brew": "brew install python-tk",
}

_DIALOGS = (
    ("zenity", ("zenity", "--error", "--no-markup", "--title=Hearth", "--text={}")),
    ("kdialog", ("kdialog", "--title", "Hearth", "--error", "{}")),
    ("notify-send", ("notify-send", "--app-name=Hearth", "--", "Hearth", "{}")),
    ("xmessage", ("xmessage", "-center", "{}")),
)
"""Programs that show a sentence where Tk cannot, best first."""

DIALOG_SECONDS = 600
"""After so long nobody is there to read the dialog."""


def obstacle() -> str | None:
    """Why the window cannot open, as a sentence that says what to do; None if nothing is in its way."""
    if not _is_there("_tkinter"):
        return f"Python’s window toolkit (tkinter) is missing. Install it with:  {tk_command()}"
    missing = [name for module, name in PACKAGES.items() if not _is_there(module)]
    if missing:
        command = f"{_quoted(sys.executable or 'python3')} -m pip install -r {_quoted(str(REQUIREMENTS))}"
        shown = ", ".join(missing)
        return (
            f"Python packages that Hearth needs are missing ({shown}). "
            f"Install them with:  pip install -r requirements.txt\n\nIn full:  {command}"
        )
    return None


def has_display() -> bool:
    """Whether there is a screen to ask for; on X11 it may still turn out to be unreachable."""
    return not sys.platform.startswith(("linux", "freebsd")) or bool(os.environ.get("DISPLAY"))


NO_DISPLAY = "There is no display to open a window on: start Hearth from a desktop session, or set DISPLAY."


def tk_command() -> str:
    """The command that installs tkinter on this system."""
    if sys.platform == "win32":
        return "the Python installer from python.org, with “tcl/tk” ticked"
    return next(
        (command for program, command in _TK_COMMANDS.items() if shutil.which(program)), _TK_COMMANDS["apt-get"]
    )


def tell(problem: str) -> None:
    """Tell the person on stderr, and in a dialog if there is a screen; returns once the dialog is closed."""
    if sys.stderr is not None:
        print(f"hearth: {problem}", file=sys.stderr, flush=True)  # noqa: T201 - what a command line program does
    if not has_display():
        return
    if not (_is_there("_tkinter") and _tell_with_tk(problem)):
        _tell_with_a_program(problem)


def _tell_with_tk(problem: str) -> bool:
    import tkinter
    from tkinter import messagebox

    try:
        root = tkinter.Tk(className="hearth")
    except tkinter.TclError:
        return False
    root.withdraw()
    messagebox.showerror("Hearth", problem, parent=root)
    root.destroy()
    return True


def _tell_with_a_program(problem: str) -> None:
    for program, command in _DIALOGS:
        if shutil.which(program) is None:
            continue
        with contextlib.suppress(OSError, subprocess.TimeoutExpired):
            arguments = [part.replace("{}", problem) for part in command]
            # zenity answers 1 when its window is closed by other means than its button: it was shown all the same.
            if subprocess.run(arguments, timeout=DIALOG_SECONDS, check=False).returncode in (0, 1):  # nosec B603  # fixed programs, no shell; the sentence is one argument
                return


def _is_there(module: str) -> bool:
    try:
        return importlib.util.find_spec(module) is not None
    except (ImportError, ValueError):
        return False


def _quoted(path: str) -> str:
    return f'"{path}"' if " " in path else path
