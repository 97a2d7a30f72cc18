"""Starts the Hearth server; `python server.py --help` says how."""

import sys


def main() -> int:
    """The process's exit code."""
    try:
        from server_app.main import main as run

        return run(sys.argv[1:])
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] in ("server_app", "shared"):
            raise
        print(f"server.py: {error.name} is not installed. Run: pip install -r requirements.txt", file=sys.stderr)  # noqa: T201  # there is no log yet
        return 2


if __name__ == "__main__":
    sys.exit(main())
