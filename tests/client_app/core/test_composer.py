"""What a typed line means, and how it goes on."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from client_app.core.writing.composer import (
    MOST_SHOWN,
    Command,
    Completion,
    Completions,
    Named,
    Noun,
    Speech,
    complete,
    parse,
    typed,
)
from shared.types import MessageKind

WORDS = [Completion("/me ", "/me"), Completion("/msg ", "/msg"), Completion("/topic ", "/topic")]
PEOPLE = ["Bob", "bert", "carol"]
NAMES = {
    Noun.PERSON: PEOPLE,
    Noun.CHANNEL: ["general", "plans"],
    Noun.ROLE: ["admin", "moderator"],
    Noun.BANNED: ["mallory"],
}
TAKES = {
    "msg": (Noun.PERSON,),
    "join": (Noun.CHANNEL,),
    "role": (Noun.PERSON, Noun.ROLE),
    "unban": (Noun.BANNED,),
    "group": (Noun.PERSON,) * 2,
}


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("hello", Speech("hello")),
        ("/me waves", Command("me", "waves")),
        ("/ME  waves ", Command("me", "waves")),
        ("/help", Command("help", "")),
        ("/msg bob one\ntwo", Command("msg", "bob one\ntwo")),
        ("//me is a command", Speech("/me is a command")),
        ("/", Speech("/")),
        ("/etc/passwd is a file", Speech("/etc/passwd is a file")),
        ("/usr\nis a folder", Speech("/usr\nis a folder")),
        ("a /me b", Speech("a /me b")),
        ("", Speech("")),
    ],
)
def test_commands_are_told_from_things_to_say(typed: str, meaning: Command | Speech) -> None:
    assert parse(typed) == meaning


@given(st.text(max_size=30))
def test_whatever_is_typed_has_a_meaning(typed: str) -> None:
    assert isinstance(parse(typed), Command | Speech)


def labels(completions: Completions) -> list[str]:
    return [item.label for item in completions.items]


def ways(text: str, cursor: int | None = None) -> Completions:
    return complete(text, len(text) if cursor is None else cursor, WORDS, TAKES, lambda noun: map(Named, NAMES[noun]))


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("/", ["/me", "/msg", "/topic"]),
        ("/M", ["/me", "/msg"]),
        ("say /m", []),
        ("/msg b", ["Bob", "bert"]),
        ("/msg @c", ["carol"]),
        ("/msg bob b", []),
        ("/join ", ["general", "plans"]),
        ("/join #p", ["plans"]),
        ("/role c", ["carol"]),
        ("/ROLE carol m", ["moderator"]),
        ("/role carol moderator m", []),
        ("/unban ", ["mallory"]),
        ("/group bob b", ["Bob", "bert"]),
        ("say /msg b", []),
        ("hello @B", ["Bob", "bert"]),
        ("look at #g", ["general"]),
        ("one\n@ca", ["carol"]),
        ("hello", []),
        ("", []),
    ],
)
def test_what_may_come_next_is_offered_where_it_makes_sense(typed: str, offered: list[str]) -> None:
    assert labels(ways(typed)) == offered


def test_a_completion_replaces_just_the_part_before_the_cursor() -> None:
    typed = "hi @ca and #pl"
    first = ways(typed, cursor=6)
    assert typed[: first.start] + first.items[0].text + typed[first.end :] == "hi @carol  and #pl"
    last = ways(typed)
    assert typed[: last.start] + last.items[0].text + typed[last.end :] == "hi @carol and #plans ".replace(
        "carol", "ca"
    )


def test_the_argument_of_msg_is_completed_to_a_name_and_of_join_to_a_channel() -> None:
    assert ways("/msg ca").items[0].text == "carol "
    assert ways("/join pl").items[0].text == "#plans"


def test_a_person_is_found_by_the_words_of_what_they_are_called_and_typed_by_name() -> None:
    people = [Named("bob", "Robert Smith"), Named("smilla"), Named("carol", "Carol S.")]
    found = complete("@smi", 4, WORDS, TAKES, lambda _: people).items
    assert [(item.text, item.label, item.detail) for item in found] == [
        ("@bob ", "bob", "Robert Smith"),
        ("@smilla ", "smilla", ""),
    ]


def test_a_long_list_is_cut() -> None:
    many = [Named(f"person{number}") for number in range(100)]
    assert len(complete("@", 1, WORDS, TAKES, lambda _: many).items) == MOST_SHOWN


def test_what_was_not_sent_becomes_what_was_typed() -> None:
    for text, kind, body in (
        ("hello", MessageKind.TEXT, "hello"),
        ("//etc", MessageKind.TEXT, "/etc"),
        ("/me waves", MessageKind.ACTION, "waves"),
        ("/announce at eight", MessageKind.ANNOUNCEMENT, "at eight"),
    ):
        assert typed(kind, body) == text
        said = parse(text)
        assert (said.argument if isinstance(said, Command) else said.text) == body
