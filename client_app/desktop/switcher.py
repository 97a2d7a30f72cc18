"""Which channels and people come to mind at a few typed letters, best first. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from client_app.core.world.presence import Presence
from client_app.desktop.drawing.signs import Sign

MOST_FOUND = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen."""

    key: str
    title: str
    is_person: bool = False
    user_id: int | None = None
    also: str = ""
    """Another name by which it is found: of a person, the one by which they log in."""
    presence: Presence | None = None
    unread: int = 0
    sign: Sign | None = None
    """Drawn in the place of a channel's “#”."""
    people: int = 0
    """Of a group: how many are in it."""
    has_draft: bool = False
    """Whether one began to write something there."""

    @property
    def detail(self) -> str:
        """What tells one Alex from another: the name by which they log in, where they are called otherwise."""
        name = f"@{self.also}" if self.also and self.also != self.title else ""
        return " · ".join(filter(None, [name, "Draft" if self.has_draft else ""]))


def found(choices: Iterable[Choice], typed: str) -> tuple[Choice, ...]:
    """What fits, best first: its beginning, then the beginning of a word in it, then anything in it, then its letters.

    `#` asks for channels alone and `@` for people alone. What is unread comes first among equals.
    """
    wanted = typed.strip()
    kinds = {"#": (False,), "@": (True,)}.get(wanted[:1], (False, True))
    wanted = wanted.lstrip("#@").casefold()
    ranked = [
        (rank, choice.unread == 0, number, choice)
        for number, choice in enumerate(choices)
        if choice.is_person in kinds and (rank := _best_rank(choice, wanted)) is not None
    ]
    ranked.sort(key=lambda each: each[:3])
    return tuple(choice for *_, choice in ranked[:MOST_FOUND])


def _best_rank(choice: Choice, wanted: str) -> int | None:
    ranks = (_rank(name.casefold(), wanted) for name in {choice.title, choice.also or choice.title})
    return min((rank for rank in ranks if rank is not None), default=None)


def _rank(title: str, wanted: str) -> int | None:
    """How well it fits; 0 is best, None not at all."""
    if title.startswith(wanted):
        return 0
    position = title.find(wanted)
    if position > 0:
        return 1 if not title[position - 1].isalnum() else 2
    letters = iter(title)
    return 3 if all(letter in letters for letter in wanted) else None
