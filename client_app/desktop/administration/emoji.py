"""The emoji of the house: which there are, adding one from a file, and taking one away."""

import re
import tkinter
from collections.abc import Callable
from pathlib import Path

from client_app.core.client import Client
from client_app.desktop.dialogs.confirm import ask_to_confirm
from client_app.desktop.lists import EntryRow
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Dialog, Frame, Label, Root
from client_app.desktop.widgets.fields import LabelledEntry
from client_app.desktop.widgets.picture_chooser import ask_for_picture
from shared.entities import CustomEmoji
from shared.errors import BadRequest, Refusal
from shared.limits import MAX_CUSTOM_EMOJI, MAX_EMOJI_NAME

from .listing import ListPage
from .panel import Act, Card, Fact

WIDTH = 400


class EmojiPage(ListPage):
    """Everybody may use them; those who may manage them see this page."""

    title = "Emoji"
    sentence = "Emoji of this server. Everybody writes them as :name:, in messages and as reactions."
    hint = "Choose an emoji to see who added it, or to remove it."
    empty = "There are none yet. Add one from a picture, which may move."

    def __init__(self, master: tkinter.Misc, root: Root, client: Client) -> None:
        super().__init__(master, root, client)
        self.is_loaded = True
        Button(self.tools, "Add an emoji…", self.ask).pack()

    def refresh(self) -> None:
        """They are known without asking."""
        self.redraw()

    def rows(self) -> tuple[EntryRow, ...]:
        """By name, each with its picture before it."""
        return tuple(
            EntryRow(str(each.id), f":{each.name}: {each.name}", f"Added by {self.name_of(each.added_by)}")
            for each in self._client.pictures.emoji()
        )

    def card(self, key: str) -> Card | None:
        """One of them, and the way to be rid of it."""
        found = next((each for each in self._client.pictures.emoji() if str(each.id) == key), None)
        if found is None:
            return None
        moves = "It moves." if found.is_animated else "It stands still."
        facts = (Fact("Written as", f":{found.name}:"), Fact("Added by", self.name_of(found.added_by)))
        acts = (Act("Remove…", lambda: self.ask_to_remove(found), kind="danger"),)
        return Card(found.name, moves, None, facts, acts)

    def ask(self) -> "EmojiDialog | None":
        """As if “Add an emoji…” had been pressed."""
        count = len(self._client.pictures.emoji())
        if count >= MAX_CUSTOM_EMOJI:
            self.say(f"There are {count} emoji, and a server takes no more. Remove one first.", is_error=True)
            return None
        path = ask_for_picture(self, "Choose a picture for the emoji")
        return None if path is None else EmojiDialog(self._root_window, self._client, path, self._added)

    def ask_to_remove(self, emoji: CustomEmoji) -> None:
        """Once, because whoever removes one cannot have it back without its file."""
        ask_to_confirm(
            self._root_window,
            f"Remove :{emoji.name}:?",
            "Where it was used, its name is left. To have it back, somebody has to add it again.",
            "Remove",
            lambda: self._remove(emoji),
        )

    def _remove(self, emoji: CustomEmoji) -> None:
        done = f"The emoji {emoji.name} is removed."
        self._client.pictures.remove_emoji(emoji.id, lambda: self.did(done), self.turn_down)
        self._client.tell()

    def _added(self, name: str) -> None:
        self.did(f"The emoji {name} is there: everybody can use it.")


class EmojiDialog(Dialog):
    """How a picture is to be called; closes when the server has made the emoji."""

    def __init__(self, root: Root, client: Client, path: Path, then: Callable[[str], None]) -> None:
        super().__init__(root, "Add an emoji", on_confirm=self._add, confirm_label="Add", width=WIDTH)
        self._client, self._path, self._then = client, path, then
        self.name = LabelledEntry(self.body, "Name", hint="party_cat", is_code=True)
        self.name.set(_name_from(path))
        self.name.pack(fill="x")
        row = Frame(self.body, fg_color="transparent")
        row.pack(fill="x", pady=(Space.TIGHT, 0))
        words = f"From {path.name}. Letters a–z, digits and “_”."
        Label(row, words, role="small", text_color=pair("text_muted"), height=18, wraplength=WIDTH).pack(fill="x")
        self.open(self.name)

    def _add(self) -> bool:
        self.show_error("")
        name = self.name.get().strip().strip(":")
        try:
            self._client.pictures.add_emoji(name, self._path, lambda: self._added(name), self._turn_down)
        except BadRequest as refusal:
            self.show_error(refusal.message)
            return False
        self.confirm_button.configure(state="disabled")
        self._client.tell()
        return False

    def _added(self, name: str) -> None:
        self.close()
        self._then(name.lower())

    def _turn_down(self, refusal: Refusal) -> None:
        if self.winfo_exists():
            self.confirm_button.configure(state="normal")
            self.show_error(refusal.message)


def _name_from(path: Path) -> str:
    """What a file is called, as far as an emoji can be called so."""
    return re.sub(r"[^a-z0-9]+", "_", path.stem.lower()).strip("_")[:MAX_EMOJI_NAME]
