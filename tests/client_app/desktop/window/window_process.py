"""A window in a process of its own, told what to do line by line.

`in NAME`, `say TEXT`, `see TEXT`, `edit TEXT` and `delete` (one's last message), `miss TEXT` (until it is gone),
`leave`. `say-all FILE` says each text of a list in JSON; `tell-all FILE COUNT` waits for so many messages, draws them
all and writes what they say, likewise, with what went wrong in the window behind it.
"""

import json
import sys
from pathlib import Path

from client_app.core.actions import BY_ID
from client_app.core.network.address import Address
from client_app.core.timeline.timeline import EntryKind, SendState
from client_app.core.writing.composer import is_speech
from client_app.desktop.app import DesktopApp, open_app
from client_app.desktop.login.form import Field, Prefill
from client_app.desktop.toolkit import Dialog
from shared.types import GENERAL
from tests.peer import PASSWORD

from .person import DEADLINE, pump

_errors: list[str] = []


def main(folder: str, port: str, ca_file: str) -> None:
    """Carry the lines out, and answer each with `ok`."""
    app = open_app(Path(folder), Prefill(Address("127.0.0.1", int(port), True, Path(ca_file))), use_keyring=False)
    told = app.root.on_error

    def on_error(sentence: str) -> None:
        _errors.append(sentence)
        told(sentence)

    app.root.on_error = on_error
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
    elif word == "say-all":
        for text in json.loads(Path(rest).read_text("ascii")):
            if is_speech(text) and not text.startswith("/"):
                conversation.composer.insert(text)
                conversation.composer.submit()
                conversation.composer.clear()
            else:
                app.client.send(GENERAL, text)
            app.root.update()
    elif word == "tell-all":
        file, count = rest.split()
        _tell_all(app, Path(file), int(count))
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


def _tell_all(app: DesktopApp, file: Path, count: int) -> None:
    messages = app.window.conversation.messages

    def sent() -> list[str]:
        entries = app.client.timeline(GENERAL).entries
        return [entry.written for entry in entries if entry.kind is EntryKind.MESSAGE and entry.state is SendState.SENT]

    pump(app, lambda: len(sent()) >= count, DEADLINE)
    messages.canvas.focus_force()
    app.root.update()
    for _page in range(count):
        messages.canvas.event_generate("<Prior>")
        app.root.update()
        if 0 in messages.painted:
            break
    file.write_text(json.dumps([sent(), _errors]), "ascii")


if __name__ == "__main__":
    main(*sys.argv[1:])
