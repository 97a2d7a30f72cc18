"""Which parts of a message can be clicked: web addresses, and people who are named."""

from collections.abc import Callable

from client_app.core.timeline.timeline import Entry
from client_app.desktop.text import Link, find_links
from client_app.desktop.text.names import name_link, with_names


def links_of(entry: Entry, label_of: Callable[[str], str]) -> tuple[Link, ...]:
    """The addresses in a message, drawn as `label_of` says, and who is named in it."""
    found = find_links(entry.text, label_of)
    if not entry.named:
        return found
    names = (
        name_link(each.start, each.end, each.user_id, is_me=each.is_me and not entry.is_own) for each in entry.named
    )
    return with_names(found, names)


def names_in(entry: Entry) -> list[str]:
    """The names of those who are named in it, as they stand there."""
    return [entry.text[each.start : each.end] for each in entry.named]
