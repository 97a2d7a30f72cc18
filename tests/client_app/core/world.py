"""Small things to build a world of: alice, bob and carol, general and plans, and a sender that only records."""

from collections.abc import Callable
from typing import Any

from msgspec.structs import replace

from client_app.core.world.state import State
from shared.entities import Channel, Message, User
from shared.errors import Refusal
from shared.requests import Request
from shared.rights import BUILTIN, MEMBER, OWNER
from shared.types import ChannelId, ChannelKind, MessageId, MessageKind, Milliseconds, RoleId, UserId

ALICE, BOB, CAROL = UserId(1), UserId(2), UserId(3)
GENERAL, PLANS, BOB_AND_ALICE, NOTES = ChannelId(1), ChannelId(2), ChannelId(3), ChannelId(4)
ROLES = {each.role.id: each.role for each in BUILTIN}
NOON: Milliseconds = 1_800_000_000_000


def user(user_id: UserId, name: str, role_id: RoleId = MEMBER) -> User:
    return User(id=user_id, name=name, role_id=role_id, created_at=NOON, rev=user_id)


def public(channel_id: ChannelId, name: str, **more: Any) -> Channel:
    settled = {"topic": "", "created_by": None, "created_at": NOON, "last_seq": 0, **more}
    return Channel(id=channel_id, kind=ChannelKind.PUBLIC, name=name, **settled)


def direct(channel_id: ChannelId, *members: UserId, **more: Any) -> Channel:
    settled = {"topic": "", "created_by": members[0], "created_at": NOON, "last_seq": 0, **more}
    return Channel(id=channel_id, kind=ChannelKind.DIRECT, name="", member_ids=members, **settled)


def message(
    seq: int,
    body: str = "",
    author_id: UserId = BOB,
    channel_id: ChannelId = GENERAL,
    *,
    created_at: Milliseconds | None = None,
    kind: MessageKind = MessageKind.TEXT,
    client_id: str | None = None,
) -> Message:
    return Message(
        id=MessageId(1000 * channel_id + seq),
        channel_id=channel_id,
        seq=seq,
        author_id=author_id,
        client_id=client_id or f"message-{seq}",
        kind=kind,
        body=body or f"message {seq}",
        created_at=NOON + seq * 1000 if created_at is None else created_at,
    )


def changed(seq: int, rev: int, body: str = "", *, is_deleted: bool = False, **more: Any) -> Message:
    """A message after it was edited or deleted."""
    edited_at = None if is_deleted else NOON + 10**9 + rev
    text = "" if is_deleted else body or f"message {seq} as of {rev}"
    return replace(message(seq, **more), body=text, rev=rev, edited_at=edited_at, is_deleted=is_deleted)


def state(*channels: Channel, me: UserId = ALICE, read: dict[ChannelId, int] | None = None) -> State:
    """The state of alice, who owns the server; bob is online, carol is not."""
    users = {each.id: each for each in (user(ALICE, "alice", OWNER), user(BOB, "Bob"), user(CAROL, "carol"))}
    found = channels or (public(GENERAL, "general"),)
    return State(users[me], users, frozenset({ALICE, BOB}), {each.id: each for each in found}, read or {}, ROLES, {})


class Recorder:
    """Asks nobody: keeps what was asked, for the test to answer, and what was to be called later, for it to call."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, Callable[[Any], None], Callable[[Refusal], None]]] = []
        self.due: list[tuple[float, Callable[[], None]]] = []

    def ask(self, request: Request[Any], done: Callable[[Any], None], refused: Callable[[Refusal], None]) -> None:
        self.asked.append((request, done, refused))

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        self.due.append((seconds, call))

    @property
    def requests(self) -> list[Any]:
        return [request for request, _, _ in self.asked]

    def answer(self, result: Any) -> None:
        """Answer the oldest request that waits; a `Refusal` refuses it."""
        _, done, refused = self.asked.pop(0)
        (refused if isinstance(result, Refusal) else done)(result)
