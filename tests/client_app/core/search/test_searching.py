"""One search at a time, and what becomes of what it found."""

from collections.abc import Callable
from typing import Any

import pytest

from client_app.core.search.found import Progress, Wish
from client_app.core.search.recent import with_recent
from client_app.core.search.searching import Searching
from shared.entities import Block, Message
from shared.errors import BadRequest, RateLimited, Refusal
from shared.events import BlocksChanged, ChannelRemoved, MessageChanged
from shared.requests import Found, Hit, Request, SearchOrder
from shared.types import BlockKind, ChannelId, MessageId, MessageKind, UserId


class Server:
    """Holds what is asked until the test answers."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, Callable[[Any], None], Callable[[Refusal], None]]] = []
        self.reminders: list[tuple[float, Callable[[], None]]] = []

    def ask(self, request: Request[Any], done: Callable[[Any], None], refused: Callable[[Refusal], None]) -> None:
        self.asked.append((request, done, refused))

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        self.reminders.append((seconds, call))

    def answer(self, *numbers: int, at: int = -1, **more: Any) -> None:
        self.asked[at][1](Found(hits=tuple(Hit(message(number), ()) for number in numbers), **more))


def message(number: int, body: str = "apple", channel: int = 1, rev: int = 0, **more: Any) -> Message:
    return Message(
        id=MessageId(number),
        channel_id=ChannelId(channel),
        seq=number,
        author_id=UserId(2),
        client_id=f"client-{number}",
        kind=MessageKind.TEXT,
        body=body,
        created_at=0,
        rev=rev,
        **more,
    )


class Desk:
    """A search with its server, and how often it told that something changed."""

    def __init__(self) -> None:
        self.server = Server()
        self.is_online = True
        self.told = 0
        self.searching = Searching(self.server, lambda: self.is_online, self._tell)

    def _tell(self) -> None:
        self.told += 1

    @property
    def ids(self) -> list[int]:
        return [each.id for each in self.searching.results.messages]

    @property
    def progress(self) -> Progress:
        return self.searching.results.progress


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_only_the_newest_search_counts_and_pages_follow(desk: Desk) -> None:
    desk.searching.search(Wish("app"))
    desk.searching.search(Wish("apple", ChannelId(1), SearchOrder.BEST))
    desk.server.answer(1, at=0)
    assert desk.ids == []
    request = desk.server.asked[1][0]
    assert (request.query, request.channel_id, request.order) == ("apple", 1, SearchOrder.BEST)
    desk.server.answer(9, 8, following=8)
    assert (desk.ids, desk.progress, desk.searching.results.count) == ([9, 8], Progress.DONE, "2+")
    desk.searching.more()
    desk.searching.more()
    assert len(desk.server.asked) == 3
    assert desk.server.asked[2][0].following == 8
    desk.server.answer(8, 7)
    assert (desk.ids, desk.searching.results.count) == ([9, 8, 7], "3")
    desk.searching.more()
    assert len(desk.server.asked) == 3
    desk.searching.search(Wish("  "))
    assert desk.progress is Progress.IDLE


def test_where_a_search_ends_early_and_found_little_it_goes_on_by_itself(desk: Desk) -> None:
    desk.searching.search(Wish("rare"))
    desk.server.answer(is_partial=True, following=500)
    assert desk.server.asked[-1][0].following == 500
    desk.server.answer(3)
    assert (desk.ids, desk.progress) == ([3], Progress.DONE)


def test_refusals_are_told_and_asked_again_where_that_helps(desk: Desk) -> None:
    desk.searching.search(Wish("apple"))
    desk.server.asked[0][2](RateLimited("Slow down.", retry_after=0.5))
    ((seconds, again),) = desk.server.reminders
    assert seconds == 0.5
    again()
    assert len(desk.server.asked) == 2
    desk.server.asked[1][2](BadRequest("No."))
    assert (desk.progress, desk.searching.results.sentence) == (Progress.FAILED, "No.")
    again()
    assert len(desk.server.asked) == 3, "still what is looked for"


def test_what_was_found_is_followed(desk: Desk) -> None:
    desk.searching.search(Wish("apple", ChannelId(1)))
    desk.server.answer(3, 2, 1)
    desk.searching.heard(MessageChanged(message=message(2, "pear", rev=1)))
    assert [each.body for each in desk.searching.results.messages] == ["apple", "pear", "apple"]
    told = desk.told
    desk.searching.heard(MessageChanged(message=message(2, "older", rev=1)))
    desk.searching.heard(MessageChanged(message=message(77, rev=2)))
    assert desk.told == told
    desk.searching.heard(MessageChanged(message=message(2, "", rev=2, is_deleted=True)))
    assert desk.ids == [3, 1]
    blocks = (Block(UserId(2), BlockKind.BLOCK),)
    desk.searching.heard(BlocksChanged(user_id=UserId(1), blocks=blocks))
    desk.server.answer()
    assert desk.ids == []
    desk.searching.heard(ChannelRemoved(channel_id=ChannelId(1)))
    assert desk.server.asked[-1][0].channel_id is None


def test_without_a_connection_it_waits_for_one(desk: Desk) -> None:
    desk.searching.search(Wish("apple"))
    desk.is_online = False
    desk.searching.went_offline()
    assert desk.progress is Progress.OFFLINE
    desk.server.answer(1)
    assert desk.ids == []
    desk.searching.search(Wish("pear"))
    assert desk.progress is Progress.OFFLINE
    desk.is_online = True
    desk.searching.came_online()
    desk.server.answer(4)
    assert (desk.ids, desk.server.asked[-1][0].query) == ([4], "pear")
    desk.searching.logged_out()
    assert (desk.ids, desk.progress) == ([], Progress.IDLE)


def test_what_was_looked_for_is_kept_once() -> None:
    assert with_recent(("b", "A"), " a  ") == ("a", "b")
    assert with_recent(("b",), " ") == ("b",)
    assert len(with_recent(tuple("abcdefghij"), "k")) == 10
