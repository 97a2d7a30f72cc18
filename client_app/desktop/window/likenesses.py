"""Connects what shows pictures of people, of the house, and its emoji with where they come from."""

from collections.abc import Callable
from pathlib import Path

from client_app.core.client import Client
from client_app.core.signals import FileArrived, LoggedIn, LoggedOut, PicturesChanged, RosterChanged
from client_app.desktop.emoji import EmojiImages
from client_app.desktop.people.faces import HOUSE, Faces
from client_app.desktop.toolkit import Root
from shared.types import PictureId, UserId

_REST = 500
"""Milliseconds between two drawings: a house that is seen for the first time may have hundreds of emoji."""


class Likenesses:
    """One for the window. `redraw` is called when text is to be drawn anew, because it has other emoji in it."""

    def __init__(self, root: Root, client: Client, redraw: Callable[[], None]) -> None:
        self._root, self._client, self._redraw = root, client, redraw
        self._faces, self._images = root.only(Faces), root.only(EmojiImages)
        self._emoji: dict[str, Path] = {}
        """Files of emoji by `:name:`, replaced as a whole: another thread looks into it."""
        self._shown: dict[str, PictureId] = {}
        """Of which picture each of them is."""
        self._timer: str | None = None
        self._faces.picture_of, self._faces.file_of = self._picture_of, client.pictures.want
        self._images.picture_of = self._file_of_emoji
        client.on(FileArrived, lambda signal: self._arrived(signal.key, signal.path))
        client.on(RosterChanged, lambda _: self._faces.look_again())
        client.on(PicturesChanged, lambda _: self._changed())
        client.on(LoggedIn, lambda _: self._changed())
        client.on(LoggedOut, lambda _: self._changed())

    def _picture_of(self, user_id: UserId) -> PictureId:
        pictures = self._client.pictures
        return pictures.icon if user_id == HOUSE else pictures.of_person(user_id)

    def _file_of_emoji(self, name: str) -> Path | None:
        return self._emoji.get(name)

    def _arrived(self, key: str, path: Path) -> None:
        self._faces.arrived(key)
        found = {f":{emoji.name}:": path for emoji in self._client.pictures.emoji() if emoji.picture == key}
        if found:
            self._show({**self._emoji, **found}, {**self._shown, **dict.fromkeys(found, key)})

    def _changed(self) -> None:
        self._faces.look_again()
        self._follow_emoji()

    def _follow_emoji(self) -> None:
        """Fetch what is not here, and draw anew what has become another picture, or none."""
        wanted = {f":{emoji.name}:": emoji.picture for emoji in self._client.pictures.emoji()}
        found: dict[str, Path] = {}
        for name, picture in wanted.items():
            known = self._emoji.get(name) if self._shown.get(name) == picture else None
            path = known or self._client.pictures.want(picture)
            if path is not None:
                found[name] = path
        self._show(found, {name: wanted[name] for name in found})

    def _show(self, found: dict[str, Path], shown: dict[str, PictureId]) -> None:
        """These are here from now on; what has another picture, or none any more, is drawn anew."""
        changed = {name for name in {*shown, *self._shown} if shown.get(name) != self._shown.get(name)}
        self._emoji, self._shown = found, shown
        for name in changed:
            self._images.forget(name)
        if changed and self._timer is None:
            # Many come one after the other: the window is drawn anew once for some of them.
            self._timer = self._root.after(_REST, self._draw_anew)

    def _draw_anew(self) -> None:
        self._timer = None
        self._redraw()
