"""Who may be meant by a few letters behind an `@`: whoever spoke here last comes first."""

from itertools import islice

from client_app.core.client import Client
from client_app.core.panes.roster import RosterRow
from client_app.core.writing.composer import Completion
from shared.mentions import CHANNEL, HERE
from shared.types import Permission, UserId

MOST_LOOKED_AT = 200
"""Rows among which recent speakers are looked for: it is asked with every letter typed."""
EVERYBODY = ((CHANNEL, "everybody in this channel"), (HERE, "everybody here who is online"))
ELSEWHERE = "not in this channel"


def naming(client: Client, part: str) -> list[Completion]:
    """People whose name, or a word of it, begins so: recent speakers, who else is here, everybody else."""
    state, here = client.state, client.open_channel_id
    channel = state.channels.get(here) if state is not None and here is not None else None
    if channel is None:
        return []
    order = {user_id: number for number, user_id in enumerate(_recent_speakers(client))}
    found = [
        (order.get(row.user_id, len(order) + (not channel.has_member(row.user_id))), number, row)
        for number, row in enumerate(client.roster.everybody())
        if not row.is_me and _begins(row, part)
    ]
    found.sort(key=lambda each: each[:2])
    people = [_person(row, is_here=channel.has_member(row.user_id)) for *_, row in found]
    words = EVERYBODY if client.may(Permission.MENTION_EVERYBODY, channel.id) else ()
    return people + [Completion(f"@{word} ", word, what) for word, what in words if word.startswith(part.lower())]


def _recent_speakers(client: Client) -> list[UserId]:
    """The authors of the newest messages that are loaded, the latest first."""
    assert client.open_channel_id is not None
    newest = islice(reversed(client.timeline(client.open_channel_id).entries), MOST_LOOKED_AT)
    return list(dict.fromkeys(entry.author_id for entry in newest if entry.author_id is not None))


def _begins(row: RosterRow, part: str) -> bool:
    wanted = part.casefold()
    return any(each.startswith(wanted) for each in (row.handle.casefold(), *row.name.casefold().split()))


def _person(row: RosterRow, *, is_here: bool) -> Completion:
    details = ([f"@{row.handle}"] if row.name != row.handle else []) + ([] if is_here else [ELSEWHERE])
    return Completion(
        f"@{row.handle} ",
        row.name,
        " · ".join(details),
        user_id=row.user_id,
        presence=row.presence if is_here else None,
    )
