"""Who is named in a message, under today's name."""

from client_app.core.timeline.named import Named, with_names
from shared.entities import Mention

from .world import ALICE, BOB

NAMES = {ALICE: "alice", BOB: "Bob the Builder"}


def shown(body: str, *mentions: Mention) -> tuple[str, tuple[Named, ...]]:
    return with_names(body, mentions, NAMES.__getitem__, ALICE)


def test_a_person_has_the_name_of_today_wherever_they_are_named() -> None:
    text, named = shown("@bob and @alice, come", Mention(0, 4, BOB), Mention(9, 6, ALICE))
    assert text == "@Bob the Builder and @alice, come"
    assert [text[each.start : each.end] for each in named] == ["@Bob the Builder", "@alice"]
    assert [each.is_me for each in named] == [False, True]


def test_everybody_is_named_as_it_was_typed_and_i_am_among_them() -> None:
    text, named = shown("\U0001f600 @Channel!", Mention(2, 8))
    assert text == "\U0001f600 @Channel!"
    assert named == (Named(2, 10, None, is_me=True),)


def test_what_fits_no_text_is_passed_over() -> None:
    wrong = (Mention(0, 0, BOB), Mention(0, 4, BOB), Mention(2, 4, ALICE), Mention(90, 4, BOB), Mention(4, 900, BOB))
    assert shown("@bob", *wrong) == ("@Bob the Builder", (Named(0, 16, BOB),))
