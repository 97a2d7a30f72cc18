"""Who is named in a message: under today's name, whatever was typed, and where that stands in the text."""

from collections.abc import Callable
from dataclasses import dataclass

from shared.entities import Mention
from shared.types import UserId


@dataclass(frozen=True, slots=True)
class Named:
    """A person, or everybody, in a text that is shown: `text[start:end]`, with the `@`."""

    start: int
    end: int
    user_id: UserId | None
    """None for everybody."""
    is_me: bool = False
    """Whether I am meant, alone or among all."""


def with_names(
    body: str, mentions: tuple[Mention, ...], name_of: Callable[[UserId], str], me: UserId
) -> tuple[str, tuple[Named, ...]]:
    """A message's text as it is shown, and who is named where in it. What fits no text is passed over."""
    parts: list[str] = []
    found: list[Named] = []
    end = length = 0
    for mention in mentions:
        if mention.start < end or not 0 < mention.length <= len(body) - mention.start:
            continue
        typed = body[mention.start : mention.start + mention.length]
        name = typed if mention.user_id is None else f"@{name_of(mention.user_id)}"
        parts += [body[end : mention.start], name]
        length += mention.start - end
        found.append(Named(length, length + len(name), mention.user_id, mention.user_id in (me, None)))
        length += len(name)
        end = mention.start + mention.length
    return "".join((*parts, body[end:])), tuple(found)
