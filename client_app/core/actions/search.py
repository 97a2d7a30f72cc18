"""Searching, here and everywhere, and walking through what was found."""

from functools import partial

from client_app.core.client import Client
from client_app.core.surface import Surface

from .action import Action, open_row, when_logged_in, where


def _here(client: Client, surface: Surface, words: str) -> None:
    surface.show_search(open_row(client).channel_id, words)


def _step(direction: int, _client: Client, surface: Surface, _argument: str) -> None:
    surface.step_found(direction)


def _has_found(client: Client) -> bool:
    return when_logged_in(client) and bool(client.search.results.messages)


# fmt: off
SEARCHING = (
    Action("search-here", "Search here…", _here, ("Ctrl+F",), is_available=where(lambda _: True)),
    Action("search", "Search everywhere…", lambda _, surface, words: surface.show_search(None, words),
           ("Ctrl+Shift+F",), "search", "[words]", "find messages by their words, by who said them, and more"),
    Action("next-found", "Next of what was found", partial(_step, 1), ("F3",), is_available=_has_found),
    Action("previous-found", "Previous of what was found", partial(_step, -1), ("Shift+F3",), is_available=_has_found),
)
# fmt: on
