"""The network thread, against a server whose every word the test chooses."""

import queue
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest

from client_app.core.network import backoff
from client_app.core.network import connection as module
from client_app.core.network.connection import Connection
from client_app.core.network.inbox import Inbox
from client_app.core.network.incoming import (
    Answered,
    Dropped,
    Due,
    Ended,
    Incoming,
    Opened,
    OpeningFailed,
    Retrying,
    Told,
)
from client_app.core.network.known_servers import KnownServers
from shared.answers import Refused
from shared.codec import decode_request, done_payload, encode
from shared.entities import Snapshot
from shared.errors import Code, Refusal
from shared.events import ChannelRead, ServerStopping, SessionEnded
from shared.framing import FrameReader, frame
from shared.limits import MAX_FRAME
from shared.requests import AnyRequest, LoggedIn, Login, LogOut, Nothing, Ping, Resume, SetTopic
from shared.types import GENERAL

from .network import Listener, at
from .world import state

T = TypeVar("T")


class Voice:
    """The server's side of one connection."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._reader = FrameReader(MAX_FRAME)
        self._requests: list[AnyRequest] = []

    def hear(self) -> AnyRequest:
        """The next request that is no ping."""
        self._socket.settimeout(10)
        while True:
            while self._requests:
                request = self._requests.pop(0)
                if not isinstance(request, Ping):
                    return request
            data = self._socket.recv(65536)
            if not data:
                raise ConnectionError("the client hung up")
            self._requests += map(decode_request, self._reader.feed(data))

    def say(self, *payloads: bytes) -> None:
        """All of this in one piece."""
        self._socket.sendall(b"".join(map(frame, payloads)))

    def welcome(self, *more: bytes, idle_seconds: float = 60) -> AnyRequest:
        """Open the session that is asked for, and say more in the same breath."""
        request = self.hear()
        known = state()
        people, channels = tuple(known.users.values()), tuple(known.channels.values())
        snapshot = Snapshot(known.me, people, (), channels, (), idle_seconds)
        self.say(done_payload(request.id, LoggedIn(token="token", snapshot=snapshot)), *more)
        return request

    def refuse(self, refused: Refused) -> None:
        self.hear()
        self.say(encode(refused))


class Scene:
    """A client's network thread, and a server that plays one script for each connection."""

    def __init__(self, folder: Path, scripts: list[Callable[[Voice], Any]], *, goes_on: bool) -> None:
        self._scripts = iter(scripts)
        self.server = Listener(self._play)
        self._heard: queue.SimpleQueue[Incoming] = queue.SimpleQueue()
        inbox: Inbox[tuple[Connection, Incoming]] = Inbox(lambda: None)
        inbox.put = lambda item: self._heard.put(item[1])  # type: ignore[method-assign]  # read without a loop
        address = at(self.server)
        plain = type(address)(address.host, address.port, uses_tls=False)
        login = Login(name="alice", password="secret password")
        known = KnownServers(folder)
        self.connection = Connection(plain, lambda: login, known, inbox, lambda: 7, goes_on=goes_on)
        self.connection.start()

    def next(self, kind: type[T]) -> T:
        """What is told next, which must be of this kind."""
        incoming = self._heard.get(timeout=30)
        assert isinstance(incoming, kind), incoming
        return incoming

    def close(self) -> None:
        self.connection.close()
        self.connection.join(5)
        for thread in self.server._threads[1:]:
            thread.join(5)  # a script that is not over yet hears what was sent last
        self.server.__exit__(None, None, None)

    def _play(self, connected: socket.socket) -> None:
        with connected:
            if script := next(self._scripts, None):
                script(Voice(connected))


Play = Callable[..., Scene]


@pytest.fixture
def play(tmp_path: Path) -> Iterator[Play]:
    scenes: list[Scene] = []

    def begin(*scripts: Callable[[Voice], Any], goes_on: bool = False) -> Scene:
        scenes.append(Scene(tmp_path, list(scripts), goes_on=goes_on))
        return scenes[-1]

    yield begin
    for scene in scenes:
        scene.close()


@pytest.fixture(autouse=True)
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    """The waits of the real thing, at a tenth of their length."""
    monkeypatch.setattr(backoff, "LEAST_WAIT", 0.05)


def test_facts_that_come_in_one_breath_with_the_snapshot_are_not_lost(play: Play) -> None:
    fact = ChannelRead(GENERAL, 3)
    scene = play(lambda voice: (voice.welcome(encode(fact)), voice.hear()))
    opened = scene.next(Opened)
    assert (opened.logged_in.token, opened.is_resumed) == ("token", False)
    assert scene.next(Told).event == fact
    scene.connection.request(1, LogOut())


def test_answers_carry_the_tickets_of_their_questions(play: Play) -> None:
    def script(voice: Voice) -> None:
        voice.welcome()
        first, second = voice.hear(), voice.hear()
        voice.say(
            encode(Refused(id=second.id, code=Code.FORBIDDEN, message="No.")),
            done_payload(first.id, Nothing()),
            done_payload(first.id, Nothing()),
        )
        voice.hear()

    scene = play(script)
    scene.next(Opened)
    scene.connection.request(70, SetTopic(channel_id=GENERAL, topic="a"))
    scene.connection.request(71, SetTopic(channel_id=GENERAL, topic="b"))
    refused, done = scene.next(Answered), scene.next(Answered)
    assert (refused.ticket, refused.result.message, refused.result.code) == (71, "No.", Code.FORBIDDEN)
    assert (done.ticket, done.result) == (70, Nothing())
    scene.connection.request(72, LogOut())


def test_a_refused_login_ends_the_thread_and_says_why(play: Play) -> None:
    refusal = Refused(id=1, code=Code.RATE_LIMITED, message="Slow down.", retry_after=3.0)
    scene = play(lambda voice: voice.refuse(refusal))
    failed = scene.next(OpeningFailed)
    assert failed.refusal
    assert (failed.reason, failed.refusal.code, failed.refusal.retry_after) == ("Slow down.", Code.RATE_LIMITED, 3.0)
    scene.connection.join(5)
    assert not scene.connection._thread.is_alive()


@pytest.mark.parametrize("nonsense", [b"{", b"[]", b'{"type":"done","id":1,"result":{"token":5}}'])
def test_nonsense_instead_of_a_session_is_said_to_be_that(play: Play, nonsense: bytes) -> None:
    scene = play(lambda voice: (voice.hear(), voice.say(nonsense)))
    assert "not Hearth’s protocol" in scene.next(OpeningFailed).reason


def test_a_server_that_hangs_up_instead_of_answering_is_said_to(play: Play) -> None:
    scene = play(lambda voice: voice.hear())
    assert "closed the connection" in scene.next(OpeningFailed).reason


def test_a_server_that_never_answers_a_login_is_given_up(play: Play, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "OPENING_SECONDS", 0.1)
    silence = threading.Event()
    scene = play(lambda voice: silence.wait(10))
    assert "does not answer" in scene.next(OpeningFailed).reason
    silence.set()


def test_a_server_that_never_answers_who_comes_back_is_tried_again_soon(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "RESUMING_SECONDS", 0.1)
    silence = threading.Event()
    scene = play(lambda voice: voice.welcome(), lambda voice: silence.wait(10), lambda voice: voice.welcome())
    scene.next(Opened)
    scene.next(Dropped)
    scene.next(Retrying)
    assert "does not answer" in scene.next(Dropped).reason
    scene.next(Retrying)
    assert scene.next(Opened).is_resumed
    silence.set()


def test_facts_of_a_newer_server_are_passed_over(play: Play) -> None:
    fact = ChannelRead(GENERAL, 3)
    scene = play(lambda voice: (voice.welcome(b'{"type":"reaction_added","emoji":"x"}', encode(fact)), voice.hear()))
    scene.next(Opened)
    assert scene.next(Told).event == fact
    scene.connection.request(1, LogOut())


def test_what_waits_for_an_answer_is_refused_when_the_line_breaks_and_the_session_resumed(
    play: Play, wait_until: Callable[..., None]
) -> None:
    resumed: list[AnyRequest] = []

    def come_back(voice: Voice) -> None:
        resumed.append(voice.welcome())
        voice.hear()

    scene = play(lambda voice: (voice.welcome(), voice.hear()), come_back)
    scene.next(Opened)
    scene.connection.request(5, SetTopic(channel_id=GENERAL, topic="x"))
    answer = scene.next(Answered)
    assert answer.ticket == 5
    assert isinstance(answer.result, Refusal)
    assert answer.result.code is Code.UNAVAILABLE
    assert 0 < scene.next(Dropped).retry_in <= 0.05
    scene.next(Retrying)
    assert scene.next(Opened).is_resumed
    wait_until(lambda: bool(resumed))
    assert isinstance(resumed[0], Resume)
    scene.connection.request(6, LogOut())


def test_attempts_to_come_back_follow_the_time_away_and_stop_waiting_when_asked(
    play: Play, monkeypatch: pytest.MonkeyPatch
) -> None:
    times_away: list[float] = []

    def told(away: float, _hint: float | None) -> float:
        times_away.append(away)
        return 0.01 if len(times_away) < 3 else 60.0

    monkeypatch.setattr(module, "delay", told)
    scene = play(lambda voice: voice.welcome(), *[lambda voice: voice.hear()] * 3, lambda voice: voice.welcome())
    scene.next(Opened)
    for _ in range(4):
        scene.next(Dropped)
        scene.connection.retry_now()
        scene.next(Retrying)
    scene.next(Opened)
    assert times_away[0] < times_away[1] < times_away[2] < times_away[3]


def test_whoever_has_a_session_to_come_back_to_goes_on_after_the_first_failure(play: Play) -> None:
    away = Refused(id=1, code=Code.UNAVAILABLE, message="Not now.", retry_after=0.01)
    scene = play(
        lambda voice: voice.hear(), lambda voice: voice.refuse(away), lambda voice: voice.welcome(), goes_on=True
    )
    assert "closed the connection" in scene.next(Dropped).reason
    scene.next(Retrying)
    assert scene.next(Dropped).reason == "Not now."
    scene.next(Retrying)
    assert scene.next(Opened).is_resumed


def test_a_void_token_ends_the_session_that_was_to_be_come_back_to(play: Play) -> None:
    over = Refused(id=1, code=Code.UNAUTHORIZED, message="Log in again.")
    scene = play(lambda voice: voice.refuse(over), goes_on=True)
    assert scene.next(Ended).message == "Log in again."


def test_coming_back_says_which_people_are_known(play: Play, wait_until: Callable[..., None]) -> None:
    resumed: list[AnyRequest] = []
    scene = play(lambda voice: voice.welcome(), lambda voice: resumed.append(voice.welcome()))
    scene.next(Opened)
    wait_until(lambda: bool(resumed))
    (request,) = resumed
    assert isinstance(request, Resume)
    assert (request.token, request.users_rev) == ("token", 7)


def test_a_server_that_turns_clients_away_is_asked_again_when_it_says(play: Play) -> None:
    full = Refused(id=None, code=Code.TOO_MANY_CONNECTIONS, message="Full.", retry_after=7.0)
    scene = play(lambda voice: voice.welcome(), lambda voice: voice.refuse(full))
    scene.next(Opened)
    scene.next(Dropped)
    scene.next(Retrying)
    dropped = scene.next(Dropped)
    assert dropped.reason == "Full."
    assert 7.0 <= dropped.retry_in <= 10.5


def test_a_server_that_stops_says_when_to_come_back(play: Play) -> None:
    scene = play(lambda voice: voice.welcome(encode(ServerStopping(retry_after=9.0))))
    scene.next(Opened)
    assert 9.0 <= scene.next(Dropped).retry_in <= 13.5


def test_a_last_word_without_an_id_becomes_the_reason(play: Play) -> None:
    word = Refused(id=None, code=Code.SLOW_CONSUMER, message="You read too slowly.")
    scene = play(lambda voice: voice.welcome(encode(word)))
    scene.next(Opened)
    assert scene.next(Dropped).reason == "You read too slowly."


def test_a_session_that_is_over_is_not_tried_again(play: Play) -> None:
    scene = play(lambda voice: voice.welcome(encode(SessionEnded("Your password was changed."))))
    scene.next(Opened)
    assert scene.next(Ended).message == "Your password was changed."
    scene.connection.join(5)
    assert not scene.connection._thread.is_alive()


def test_a_token_that_opens_nothing_any_more_ends_the_session(play: Play) -> None:
    over = Refused(id=2, code=Code.UNAUTHORIZED, message="Log in again.")
    scene = play(lambda voice: voice.welcome(), lambda voice: voice.refuse(over))
    scene.next(Opened)
    scene.next(Dropped)
    scene.next(Retrying)
    assert scene.next(Ended).message == "Log in again."


def test_reminders_come_in_the_order_of_their_time_with_or_without_a_connection(play: Play) -> None:
    scene = play(lambda voice: (voice.welcome(), voice.hear()))
    scene.next(Opened)
    scene.connection.remind(2, 0.1)
    scene.connection.remind(1, 0.01)
    assert [scene.next(Due).ticket, scene.next(Due).ticket] == [1, 2]
    scene.connection.request(1, LogOut())


def test_what_was_asked_before_closing_still_goes_out(play: Play, wait_until: Callable[..., None]) -> None:
    heard: list[AnyRequest] = []

    def script(voice: Voice) -> None:
        voice.welcome()
        heard.append(voice.hear())

    scene = play(script)
    scene.next(Opened)
    scene.connection.request(1, LogOut())
    scene.connection.close()
    wait_until(lambda: bool(heard))
    assert [type(request) for request in heard] == [LogOut]


def test_an_idle_client_shows_that_it_is_there(play: Play) -> None:
    def script(voice: Voice) -> None:
        voice.welcome(idle_seconds=0.4)
        while not any(isinstance(each, Ping) for each in voice._requests):
            voice._requests += map(decode_request, voice._reader.feed(voice._socket.recv(65536)))
        pinged.set()

    pinged = threading.Event()
    scene = play(script, lambda voice: voice.welcome())
    scene.next(Opened)
    assert pinged.wait(5)
