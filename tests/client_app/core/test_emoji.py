"""Finding emoji by a few letters, and typing them."""

from typing import Any

import pytest

from client_app.core.actions import complete, submit
from client_app.core.signals import Notice
from client_app.core.writing.emoji import (
    MOST_FOUND,
    MOST_RECENT,
    complete_emoji,
    find,
    named,
    offered,
    used,
    with_emoji,
)
from server_app.app import App
from shared.errors import BadRequest
from shared.types import GENERAL

from .conftest import DeviceFactory
from .headless import Headless


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("heart", "heart"),
        ("thumbs", "+1"),
        ("+1", "+1"),
        ("-1", "-1"),
        (":tada:", "tada"),
        ("TADA", "tada"),
        ("germany", "de"),
        ("tears joy", "joy"),
        ("face with monocle", "face_with_monocle"),
    ],
)
def test_the_nearest_emoji_comes_first(words: str, first: str) -> None:
    assert find(words)[0].shortcodes[0] == first


def test_nothing_is_found_for_nothing_and_for_what_there_is_not() -> None:
    assert find("") == find("  ") == find("qqqq") == []


@pytest.mark.parametrize(
    ("before", "offers"),
    [
        (":hear", True),
        ("what a :hear", True),
        ("(:hear", True),
        ("line\n:hear", True),
        ("/react :hear", True),
        (":h", False),
        (":D", False),
        (":)", False),
        ("at 10:30", False),
        ("http://heart", False),
        (":heart:", False),
        (":heart eyes", False),
        ("heart", False),
    ],
)
def test_a_shortcode_is_completed_where_one_begins(before: str, offers: bool) -> None:
    found = complete_emoji(before)
    assert bool(found.items) is offers
    if offers:
        assert before[found.start : found.end] == ":hear"
        assert (found.items[0].text, found.items[0].label) == ("❤️ ", ":heart:")
        assert len(found.items) <= MOST_FOUND


def test_completion_uses_the_colour_of_skin_that_was_chosen() -> None:
    assert complete_emoji(":thumbsu", 5).items[0].emoji == "👍🏿"


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("nice :smile:", "nice 😄"),
        (":tada::tada: (:+1:)!", "🎉🎉 (👍)!"),
        ("`:smile:` and :smile:", "`:smile:` and 😄"),
        ("```\n:smile:\n```", "```\n:smile:\n```"),
        ("```\n:smile:", "```\n:smile:"),
        (":nope: stays", ":nope: stays"),
        ("https://example.org/:smile:/x :smile:", "https://example.org/:smile:/x 😄"),
        ("at 12:100:30", "at 12:100:30"),
        ("in 12:100: yes", "in 12:100: yes"),
        ("std::heart::beat", "std::heart::beat"),
        (":)", ":)"),
        ("a ` b :smile:", "a ` b 😄"),
    ],
)
def test_a_shortcode_becomes_the_emoji_but_not_in_code(typed: str, sent: str) -> None:
    assert with_emoji(typed) == sent


def test_an_emoji_is_named_by_itself_or_by_its_shortcode() -> None:
    assert [named(words) for words in ("👍", ":+1:", "thumbsup", " ❤ ")] == ["👍", "👍", "👍", "❤️"]
    with pytest.raises(BadRequest, match=r"There is no emoji called :thumbsu:\. There is :\+1:\."):
        named(":thumbsu:")
    with pytest.raises(BadRequest, match=r"There is no emoji called qqqq\.$"):
        named("qqqq")


def test_those_used_of_late_come_first_each_once_and_not_too_many() -> None:
    recent: tuple[str, ...] = ()
    for number in [*range(40), 20]:
        recent = used(recent, chr(0x1F600 + number))
    assert len(recent) == MOST_RECENT
    assert recent[0] == chr(0x1F600 + 20)
    assert len(set(recent)) == MOST_RECENT
    assert offered(()) == offered(())[:8] != ()
    assert offered(("🐻",))[0] == "🐻"


class Screen:
    """A surface that notes what it is asked for."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments: self.calls.append((name, *arguments))


# --- with a real server -----------------------------------------------------------------------------------------------


@pytest.fixture
def laptop(device: DeviceFactory, server: App) -> Headless:
    return device("laptop").register("alice").open()


def test_shortcodes_are_sent_as_emoji_also_in_what_is_edited(laptop: Headless) -> None:
    laptop.client.send(GENERAL, "hello :wave:")
    laptop.until(lambda: laptop.timeline().last_seq == 1)
    assert laptop.bodies() == ["hello 👋"]
    laptop.client.edit(GENERAL, 1, "bye :wave:")
    laptop.until(lambda: laptop.bodies() == ["bye 👋"])


def test_the_command_reacts_to_what_was_said_last(laptop: Headless) -> None:
    surface: Any = Screen()
    assert not submit(laptop.client, surface, "/react :tada:"), "nothing was said yet"
    laptop.client.send(GENERAL, "hello")
    laptop.until(lambda: laptop.timeline().last_seq == 1)
    assert submit(laptop.client, surface, "/react :tada:")
    laptop.until(lambda: [each.emoji for each in laptop.timeline().entries[-1].reactions] == ["🎉"])
    assert submit(laptop.client, surface, "/react tada"), "said again, it is taken back"
    laptop.until(lambda: not laptop.timeline().entries[-1].reactions)
    assert submit(laptop.client, surface, "/react")
    assert [name for name, *_ in surface.calls] == ["pick_reaction"]
    laptop.signals.clear()
    assert not submit(laptop.client, surface, "/react :tadaa:")
    assert laptop.next(Notice).text == "There is no emoji called :tadaa:."


@pytest.mark.parametrize(
    ("typed", "first", "text"),
    [
        ("/react :tada:", "🎉", ":tada:"),
        ("/react tada", "🎉", "tada"),
        ("/react :tad", "🎉", "🎉"),
        ("/react tad", "🎉", "🎉"),
        ("/REACT tad", "🎉", "🎉"),
        ("/react ", "🐻", "🐻"),
        ("/react :", "🐻", "🐻"),
    ],
)
def test_behind_the_command_emoji_are_offered(laptop: Headless, typed: str, first: str, text: str) -> None:
    laptop.client.remember_emoji("🐻")
    found = complete(laptop.client, typed, len(typed))
    assert (found.items[0].emoji, found.items[0].text) == (first, text)
    assert typed[: found.start].lower() == "/react "
    assert complete(laptop.client, "/react tada x", 13).items == ()
