"""What is kept from whoever blocks somebody, event by event."""

from typing import get_args

import pytest
from msgspec.structs import replace as changed

from server_app.blocks import as_seen, whom_it_shows
from shared.codec import encode
from shared.entities import (
    Attachment,
    Block,
    Channel,
    ChannelLevel,
    Choices,
    CustomEmoji,
    Message,
    Override,
    Role,
    Status,
    User,
)
from shared.events import (
    EVENTS,
    AnyEvent,
    BlocksChanged,
    ChannelChanged,
    ChannelCreated,
    ChannelJoined,
    ChannelLeft,
    ChannelLevelChanged,
    ChannelRead,
    ChannelRemoved,
    ChannelRenamed,
    ChoicesChanged,
    EmojiAdded,
    EmojiRemoved,
    IconChanged,
    MentionChanged,
    MessageChanged,
    MessagePosted,
    MessageReported,
    NewcomerSettled,
    NewcomerWaiting,
    PersonTyping,
    PolicyChanged,
    PresenceChanged,
    ReactionChanged,
    ReceiptChanged,
    RoleChanged,
    RoleRemoved,
    SavedChanged,
    ServerStopping,
    SessionEnded,
    StatusSet,
    TopicChanged,
    UserChanged,
    UserRegistered,
)
from shared.moderation import Newcomer, Policy, Report
from shared.rights import MEMBER
from shared.types import (
    GENERAL,
    AttachmentId,
    BlockKind,
    ChannelId,
    ChannelKind,
    CustomEmojiId,
    Level,
    MessageId,
    MessageKind,
    Registration,
    ReportId,
    RoleId,
    UserId,
)

ALICE, BOB, CAROL = UserId(1), UserId(2), UserId(3)


def said_by(author_id: UserId, **fields: object) -> Message:
    plain = {"client_id": "client-id-1", "kind": MessageKind.ACTION, "body": "rubbish", "created_at": 5}
    said = Message(id=MessageId(9), channel_id=GENERAL, seq=3, author_id=author_id, **plain)  # type: ignore[arg-type]  # a test's shorthand
    return changed(said, **fields)


HIDDEN = said_by(BOB, kind=MessageKind.TEXT, body="", is_hidden=True)
EDITED, EDITED_HIDDEN = said_by(BOB, rev=7, edited_at=6), changed(HIDDEN, rev=7)
DELETED = said_by(BOB, rev=8, is_deleted=True, body="")
REACTED = ReactionChanged(GENERAL, seq=3, rev=9, emoji="👍", user_id=BOB, is_on=True)
PAPER = Attachment(AttachmentId(1), "rubbish.pdf", 5, "ab" * 32, "application/pdf")
ANNOUNCED = said_by(BOB, kind=MessageKind.ANNOUNCEMENT)
PERSON = User(id=BOB, name="bob", role_id=MEMBER, created_at=0, rev=2)
ROOM = Channel(
    id=ChannelId(5),
    kind=ChannelKind.GROUP,
    name="",
    topic="",
    created_by=BOB,
    created_at=0,
    last_seq=0,
    member_ids=(ALICE, BOB),
)
REPORT = Report(ReportId(1), ALICE, BOB, GENERAL, seq=3, body="rubbish", said_at=5, reason="", created_at=6)
BLOCKED = Block(user_id=BOB, kind=BlockKind.BLOCK)

Rule = tuple[AnyEvent, AnyEvent | None]
RULES: dict[type[AnyEvent], tuple[Rule, ...]] = {
    MessagePosted: (
        (MessagePosted(message=said_by(BOB)), MessagePosted(message=HIDDEN)),
        (MessagePosted(message=said_by(BOB, attachments=(PAPER,))), MessagePosted(message=HIDDEN)),
        (MessagePosted(message=said_by(CAROL)), MessagePosted(message=said_by(CAROL))),
        (MessagePosted(message=ANNOUNCED), MessagePosted(message=ANNOUNCED)),
    ),
    MessageChanged: (
        (MessageChanged(message=EDITED), MessageChanged(message=EDITED_HIDDEN)),
        (MessageChanged(message=DELETED), MessageChanged(message=changed(HIDDEN, rev=8, is_deleted=True))),
        (MessageChanged(message=said_by(CAROL, rev=7)), MessageChanged(message=said_by(CAROL, rev=7))),
    ),
    ReactionChanged: (
        (REACTED, changed(REACTED, emoji="", user_id=None, is_on=False)),
        (changed(REACTED, user_id=CAROL), changed(REACTED, user_id=CAROL)),
    ),
    ReceiptChanged: (
        (ReceiptChanged(GENERAL, BOB, 3), ReceiptChanged(GENERAL, BOB, None)),
        (ReceiptChanged(GENERAL, BOB, None), ReceiptChanged(GENERAL, BOB, None)),
        (ReceiptChanged(GENERAL, CAROL, 3), ReceiptChanged(GENERAL, CAROL, 3)),
    ),
    PersonTyping: (
        (PersonTyping(channel_id=GENERAL, user_id=BOB), None),
        (PersonTyping(channel_id=GENERAL, user_id=CAROL), PersonTyping(channel_id=GENERAL, user_id=CAROL)),
    ),
    PresenceChanged: (
        (PresenceChanged(online_ids=(BOB,)), None),
        (PresenceChanged(offline_ids=(BOB,)), None),
        (PresenceChanged(online_ids=(BOB,), offline_ids=(CAROL,)), PresenceChanged(offline_ids=(CAROL,))),
        (PresenceChanged(online_ids=(CAROL,)), PresenceChanged(online_ids=(CAROL,))),
        (PresenceChanged(idle_ids=(BOB,)), None),
        (PresenceChanged(idle_ids=(BOB, CAROL)), PresenceChanged(idle_ids=(CAROL,))),
        (PresenceChanged(do_not_disturb_ids=(BOB,)), None),
    ),
    StatusSet: (
        (StatusSet(user_id=BOB, status=Status("at lunch")), StatusSet(user_id=BOB)),
        (StatusSet(user_id=BOB), StatusSet(user_id=BOB)),
        (StatusSet(user_id=CAROL, status=Status("at lunch")), StatusSet(user_id=CAROL, status=Status("at lunch"))),
    ),
}
SEEN_BY_ALL: tuple[AnyEvent, ...] = (
    UserRegistered(user=PERSON),
    UserChanged(user=changed(PERSON, is_banned=True)),
    RoleChanged(role=Role(id=RoleId(9), name="friend", rank=30, permissions=())),
    RoleRemoved(role_id=RoleId(9)),
    ChoicesChanged(user_id=ALICE, choices=Choices(shares_last_seen=False)),
    ChannelCreated(channel=ROOM),
    ChannelRenamed(channel_id=GENERAL, name="plans", user_id=BOB),
    TopicChanged(channel_id=GENERAL, topic="soup", user_id=BOB),
    ChannelChanged(GENERAL, False, 0, False, (Override(role_id=MEMBER),), user_id=BOB),
    ChannelRemoved(channel_id=ROOM.id),
    ChannelJoined(channel_id=GENERAL, user_id=BOB),
    ChannelLeft(channel_id=GENERAL, user_id=BOB),
    ChannelRead(channel_id=GENERAL, seq=3),
    MentionChanged(channel_id=GENERAL, seq=3, is_on=True),
    SavedChanged(channel_id=GENERAL, seq=3, is_on=True),
    ChannelLevelChanged(level=ChannelLevel(GENERAL, Level.NONE)),
    BlocksChanged(user_id=ALICE, blocks=(BLOCKED,)),
    NewcomerWaiting(newcomer=Newcomer(user_id=BOB, name="bob", role_id=MEMBER, created_at=0)),
    NewcomerSettled(user_id=BOB),
    MessageReported(report=REPORT),
    PolicyChanged(policy=Policy(registration=Registration.OPEN)),
    SessionEnded(message="Over."),
    IconChanged(icon="ab" * 32),
    EmojiAdded(emoji=CustomEmoji(id=CustomEmojiId(1), name="old_pier", picture="ab" * 32)),
    EmojiRemoved(emoji_id=CustomEmojiId(1)),
    ServerStopping(retry_after=1.0),
)
RULES |= {type(event): ((event, event),) for event in SEEN_BY_ALL}
EVERY_RULE = [rule for rules in RULES.values() for rule in rules]


def test_there_is_a_rule_for_every_kind_of_event() -> None:
    assert set(RULES) == set(EVENTS) == set(get_args(AnyEvent))


@pytest.mark.parametrize(("event", "seen"), EVERY_RULE, ids=lambda each: type(each).__name__)
def test_whoever_blocks_somebody_gets_of_each_event_what_the_rule_says(event: AnyEvent, seen: AnyEvent | None) -> None:
    assert as_seen(event, {BOB}) == seen
    assert as_seen(event, ()) == event, "who blocks nobody gets all"
    assert as_seen(event, {ALICE, UserId(99)}) == event
    assert seen == event or BOB in whom_it_shows(event), "so the hub knows whom it has to ask"


def test_nothing_is_left_of_what_a_blocked_person_said_but_its_place() -> None:
    for event in (MessagePosted(message=said_by(BOB)), MessageChanged(message=EDITED)):
        seen = as_seen(event, {BOB})
        assert isinstance(seen, MessagePosted | MessageChanged)
        assert (seen.message.id, seen.message.seq, seen.message.author_id) == (9, 3, BOB)
        assert seen.message.rev == event.message.rev
        assert b"rubbish" not in encode(seen)
        assert b"edited" not in encode(seen)
