"""The worked example of `docs/protocol.md`: a short conversation, encoded by the code that speaks it."""

import msgspec

from shared import codec
from shared.answers import Refused
from shared.entities import Channel, Message, ReadPosition, Snapshot, User
from shared.errors import Code
from shared.events import MessagePosted
from shared.framing import frame
from shared.requests import LoggedIn, Posted, Register, SendMessage
from shared.rights import MEMBER, OWNER
from shared.types import GENERAL, ChannelKind, MessageId, MessageKind, UserId

ALICE, BOB = UserId(1), UserId(2)
MOMENT = 1_760_000_000_000
CLIENT_ID = "0b9c2f4e-7d1a-4c55-9a53-2f6f0c1d9e10"


def example() -> str:
    """What goes over the wire while bob makes an account and says something, as a block of Markdown."""
    steps = (
        ("Bob makes an account.", ">", Register(id=1, name="bob", password="correct horse", device="laptop")),
        ("He is in, and gets all that his window shows.", "<", codec.done_payload(1, _logged_in())),
        ("He says something.", ">", SendMessage(id=2, channel_id=GENERAL, client_id=CLIENT_ID, body="Hello, Alice!")),
        ("It is on disk.", "<", codec.done_payload(2, Posted(message_id=MessageId(91), seq=17))),
        ("Everybody in the channel hears it, Bob included.", "<", MessagePosted(message=_message())),
        ("Later he says too much at once.", "<", _refused()),
    )
    lines = [f"{note}\n\n```\n{arrow} {_json(step)}\n```" for note, arrow, step in steps]
    return "\n\n".join([*lines, _framed()])


def _json(step: bytes | msgspec.Struct) -> str:
    return (step if isinstance(step, bytes) else codec.encode(step)).decode()


def _framed() -> str:
    payload = b'{"type":"ping","id":3}'
    shown = frame(payload)[:4].hex(" ")
    return f"On the wire, `{payload.decode()}` is {len(payload)} bytes, and the four bytes `{shown}` come before it."


def _logged_in() -> LoggedIn:
    general = Channel(
        id=GENERAL,
        kind=ChannelKind.PUBLIC,
        name="general",
        topic="",
        created_by=None,
        created_at=MOMENT,
        last_seq=16,
    )
    alice = User(id=ALICE, name="alice", role_id=OWNER, created_at=MOMENT, rev=1)
    bob = User(id=BOB, name="bob", role_id=MEMBER, created_at=MOMENT, rev=2)
    snapshot = Snapshot(
        me=bob,
        users=(alice, bob),
        online_ids=(ALICE, BOB),
        channels=(general,),
        read_positions=(ReadPosition(channel_id=GENERAL, seq=16),),
        idle_seconds=1200,
    )
    return LoggedIn(token="cGxlYXNlIGRvIG5vdCBjb3B5IHRoaXMgdG9rZW4", snapshot=snapshot)


def _message() -> Message:
    return Message(
        id=MessageId(91),
        channel_id=GENERAL,
        seq=17,
        author_id=BOB,
        client_id=CLIENT_ID,
        kind=MessageKind.TEXT,
        body="Hello, Alice!",
        created_at=MOMENT,
    )


def _refused() -> Refused:
    return Refused(id=3, code=Code.RATE_LIMITED, message="Slow down: 5 messages a second.", retry_after=0.4)
