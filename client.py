#!/usr/bin/env python3
"""Opens Hearth's window: `python client.py --help`, or a double click."""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 - the reason for this line is to be read by an older Python
    sys.exit("Hearth needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])  # noqa: UP031 - likewise

from client_app.main import main

if __name__ == "__main__":
    sys.exit(main())
