"""Naughty strings in everything else that takes a text: a window shows what it becomes, and goes on."""

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

from client_app.core.signals import MessageArrived
from client_app.desktop.notifications.note import MAX_LINE, escaped, harmless, note_of
from client_app.desktop.text import display_text, plain_text
from server_app.app import App
from shared.entities import Message
from shared.errors import Refusal
from shared.requests import BeginUpload, Request, Search, SetProfile, SetStatus, SetTopic
from shared.types import GENERAL, ChannelId, MessageId, MessageKind, Seq, UserId
from tests.client_app.desktop.window.conftest import OpenWindow
from tests.client_app.desktop.window.person import Person
from tests.peer import Peer

from .strings import STRINGS

SENDABLE = [text for text in STRINGS if not any("\ud800" <= each <= "\udfff" for each in text)]
TURNS = "\u202a\u202b\u202d\u202e\u2066\u2067\u2068\u2069"
AT_ONCE = 60


def batches(requests: Iterable[Request[Any]]) -> Iterable[Sequence[Request[Any]]]:
    left = iter(requests)
    while batch := list(islice(left, AT_ONCE)):
        yield batch


def ask_all(peer: Peer, requests: Iterable[Request[Any]], window: Person, shown: set[str]) -> tuple[int, set[str]]:
    """How many were taken, and why the others were not; what the window shows meanwhile is added to `shown`."""
    taken, sentences = 0, set[str]()
    for batch in batches(requests):
        for request_id in [peer.ask(request) for request in batch]:
            try:
                peer.done(request_id)
                taken += 1
            except Refusal as refusal:
                sentences.add(refusal.message)
        window.app.root.update()
        row = window.app.client.channels.row(GENERAL)
        shown.add(row.topic if row is not None else "")
        people = [person for group in window.app.client.roster.groups() for person in group.rows]
        shown |= {words for each in people for words in (each.name, each.status.text if each.status else "")}
    return taken, sentences


def test_everything_that_takes_a_text_takes_or_refuses_them_and_a_window_shows_what_they_become(
    server: App, open_window: OpenWindow
) -> None:
    alice = open_window(server).come_in("alice")
    shown: set[str] = set()
    with Peer(server.address).register("bob") as bob, Peer(server.address).log_in("alice") as owner:
        every: list[tuple[Peer, list[Request[Any]], int]] = [
            (bob, [SetProfile(display_name=text) for text in SENDABLE], 150),
            (bob, [SetProfile(about=text, pronouns=text) for text in SENDABLE], 300),
            (bob, [SetStatus(text=text) for text in SENDABLE], 300),
            (owner, [SetTopic(channel_id=GENERAL, topic=text) for text in SENDABLE], 300),
            (bob, [Search(query=text) for text in SENDABLE], 500),
            (bob, [BeginUpload(name=text, size=5, sha256=f"{len(text) % 5:064x}") for text in SENDABLE], 500),
        ]
        for peer, requests, least in every:
            taken, sentences = ask_all(peer, requests, alice, shown)
            assert taken >= least, type(requests[0])
            assert all(sentence.endswith((".", "…")) for sentence in sentences), sentences
        bob.say("still here")
        alice.until_last_is("still here")
    assert len(shown) > 10
    assert not any(turn in text for text in shown for turn in TURNS)


def test_a_window_shows_them_in_notices_and_in_its_title(server: App, open_window: OpenWindow) -> None:
    alice = open_window(server).come_in("alice")
    for text in STRINGS:
        alice.app.window.toast.show(display_text(text)[:300], title=display_text(text)[:80])
        alice.app.root.title(plain_text(text))
    alice.app.root.update()
    assert alice.app.window.toast.text == display_text(STRINGS[-1])


def test_notifications_are_of_one_line_and_no_markup_option_or_quote(server: App, open_window: OpenWindow) -> None:
    alice = open_window(server).come_in("alice")
    author = alice.app.client.me
    assert author is not None
    for text in STRINGS:
        message = Message(
            id=MessageId(1), channel_id=ChannelId(1), seq=Seq(1), author_id=UserId(1), client_id="x", body=text,
            kind=MessageKind.TEXT, created_at=0,
        )  # fmt: skip
        note = note_of(MessageArrived(message, author, is_direct=False), "general", hides_text=False)
        assert len(note.body.encode("utf-16-le", "surrogatepass")) <= 2 * MAX_LINE
        assert "\n" not in note.body
        assert "<" not in escaped(note.body)
        assert not harmless(note.body).startswith("-")
        assert not set("'\\\0") & set(harmless(note.body))
