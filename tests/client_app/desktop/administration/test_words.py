"""What the section says: words for every permission and every deed of the log; moments as people say them."""

import datetime

import pytest

from client_app.desktop.administration.words import (
    PERMISSIONS,
    audit_detail,
    audit_sentence,
    limit_name,
    limit_value,
    rank_sentence,
)
from client_app.desktop.words.moments import end, short_moment, span
from scripts.protocol_docs import notes_of
from shared.moderation import AuditEntry, LimitRow
from shared.rights import BUILTIN
from shared.types import AuditAction, AuditId, ChannelId, Permission, UserId

NOW = 1_790_000_000_000
HOUR, DAY = 3_600_000, 24 * 3_600_000


def entry(action: AuditAction, detail: str = "", user_id: int | None = 2) -> AuditEntry:
    to_whom = None if user_id is None else UserId(user_id)
    return AuditEntry(AuditId(1), NOW, action, UserId(1), to_whom, ChannelId(1), detail)


def sentence_of(told: AuditEntry) -> str:
    return audit_sentence(told, lambda user_id: {1: "alice", 2: "bob"}[user_id], lambda _channel_id: "#general")


def test_every_permission_is_told_with_the_sentence_that_defines_it() -> None:
    told = {each: words.sentence for group in PERMISSIONS.values() for each, words in group.items()}
    notes = notes_of(Permission)
    assert told.keys() == set(Permission)
    for permission in Permission:
        assert notes[permission.name] == told[permission]


def test_labels_of_permissions_are_told_apart() -> None:
    labels = [words.label for group in PERMISSIONS.values() for words in group.values()]
    assert len(labels) == len(set(labels))


@pytest.mark.parametrize("action", list(AuditAction))
def test_every_deed_is_a_sentence_about_who_did_it(action: AuditAction) -> None:
    sentence = sentence_of(entry(action))
    assert sentence.startswith("alice ")
    assert "{" not in sentence


@pytest.mark.parametrize(
    ("told", "expected"),
    [
        (entry(AuditAction.PERSON_BANNED), "alice banned bob"),
        (entry(AuditAction.PERSON_BANNED, "the address 203.0.113.7", None), "alice banned an address"),
        (entry(AuditAction.PERSON_TIMED_OUT, "1 hour: calm down"), "alice timed bob out"),
        (entry(AuditAction.PERSON_TIMED_OUT, "no longer"), "alice let bob write again"),
        (entry(AuditAction.MESSAGE_DELETED), "alice deleted a message of bob in #general"),
    ],
)
def test_deeds_are_told_as_they_were(told: AuditEntry, expected: str) -> None:
    assert sentence_of(told) == expected


def test_the_command_line_is_the_operator() -> None:
    told = AuditEntry(AuditId(1), NOW, AuditAction.PASSWORD_RESET, None, UserId(2))
    assert sentence_of(told) == "The operator set a new password for bob"


def test_permissions_in_the_log_have_the_names_that_people_know() -> None:
    told = entry(AuditAction.ROLE_CREATED, "organiser, rank 40: view_channels announce")
    assert audit_detail(told) == "organiser, rank 40: “See channels” “Announce”"


@pytest.mark.parametrize(
    ("rank", "expected"),
    [
        (5, "Below owner, admin, moderator, member and guest."),
        (20, "Above guest; level with member; below owner, admin and moderator."),
        (90, "Above admin, moderator, member and guest; below owner."),
    ],
)
def test_a_rank_is_told_by_its_neighbours(rank: int, expected: str) -> None:
    assert rank_sentence(rank, [builtin.role for builtin in BUILTIN]) == expected


@pytest.mark.parametrize(
    ("name", "value", "per", "expected"),
    [
        ("messages_per_second", 5, "account", ("Messages", "5 a second per account")),
        ("messages_burst", 10, "account", ("Messages at once", "10 per account")),
        ("idle_seconds", 1200, "connection", ("Idle time", "1,200 seconds per connection")),
        ("bytes_per_second", 262144, "connection", ("Bytes", "256 KiB a second per connection")),
        ("connections", None, "server", ("Connections", "no limit")),
        ("channels_per_second", 0.1, "account", ("Channels", "0.1 a second per account")),
    ],
)
def test_limits_read_as_a_person_would_say_them(
    name: str, value: float | None, per: str, expected: tuple[str, str]
) -> None:
    row = LimitRow(name, value, per, "")
    assert (limit_name(row), limit_value(row)) == expected


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (1, "1 second"),
        (90, "2 minutes"),
        (3600, "1 hour"),
        (86_399, "1 day"),
        (7 * 86_400 - 5, "1 week"),
        (0.2, "a moment"),
    ],
)
def test_spans_are_rounded_to_what_people_say(seconds: float, expected: str) -> None:
    assert span(seconds) == expected


def test_an_end_is_told_as_what_is_left() -> None:
    assert end(None, NOW) == "for ever"
    assert end(NOW + 2 * DAY, NOW) == "for 2 days"
    assert end(NOW, NOW) == "over"


def test_a_moment_is_as_short_as_it_can_be() -> None:
    local = datetime.datetime.fromtimestamp(NOW / 1000, datetime.UTC).astimezone()
    assert short_moment(NOW, NOW) == f"{local:%H:%M}"
    assert short_moment(NOW - 400 * DAY, NOW).endswith(str((local - datetime.timedelta(days=400)).year))
