"""A window in a process of its own, told what to do line by line.

`in NAME`, `say TEXT`, `see TEXT`, `edit TEXT` and `delete` (one's last message), `miss TEXT` (until it is gone),
`leave`.
"""

import sys
from pathlib import Path

from client_app.core.actions import BY_ID
from client_app.core.address import Address
from client_app.desktop.app import DesktopApp, open_app
from client_app.desktop.login.form import Field, Prefill
from client_app.desktop.toolkit import Dialog
from tests.peer import PASSWORD

from .person import DEADLINE, pump


def main(folder: str, port: str, ca_file: str) -> None:
    """Carry the lines out, and answer each with `ok`."""
    app = open_app(Path(folder), Prefill(Address("127.0.0.1", int(port), True, Path(ca_file))), use_keyring=False)
    app.show()
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        _carry_out(app, word, rest)
        print("ok", flush=True)
        if word == "leave":
            break
    app.close()
    app.client.close()


def _carry_out(app: DesktopApp, word: str, rest: str) -> None:
    conversation = app.window.conversation
    if word == "in":
        app.login.set_mode(is_new=True)
        app.login.field(Field.NAME).set(rest)
        for field in (Field.PASSWORD, Field.AGAIN):
            app.login.field(field).set(PASSWORD)
        app.login.submit()
        pump(app, lambda: app.window.winfo_ismapped() and conversation.messages.entries, DEADLINE)
    elif word == "say":
        conversation.composer.insert(rest)
        conversation.composer.submit()
    elif word == "edit":
        conversation.desk.edit_last()
        conversation.composer.text.delete("1.0", "end")
        conversation.composer.insert(rest)
        conversation.composer.submit()
    elif word == "delete":
        app.window.perform(BY_ID["delete"])
        next(child for child in app.root.winfo_children() if isinstance(child, Dialog)).confirm()
    elif word == "miss":
        pump(app, lambda: rest not in [entry.text for entry in conversation.messages.entries], DEADLINE)
    elif word == "see":
        pump(app, lambda: rest in [entry.text for entry in conversation.messages.entries], DEADLINE)


if __name__ == "__main__":
    main(*sys.argv[1:])
