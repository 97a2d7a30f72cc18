"""Signals reach their handlers, each kind of change once, and always in order."""

import contextlib

from client_app.core.session.telling import Telling
from client_app.core.signals import ChannelsChanged, Notice, RosterChanged, TimelineChanged
from client_app.core.timeline.timeline import Splice

from .world import GENERAL, PLANS

FIRST, SECOND, THIRD = (Splice(start, 0, ()) for start in range(3))


def test_a_handler_hears_only_what_it_asked_for() -> None:
    telling = Telling()
    heard: list[Notice] = []
    telling.on(Notice, heard.append)
    telling.emit(ChannelsChanged())
    telling.emit(Notice("hello"))
    telling.tell()
    telling.tell()
    assert heard == [Notice("hello")]


def test_many_changes_of_one_kind_are_told_once_but_each_notice_is_told() -> None:
    telling = Telling()
    heard: list[object] = []
    for kind in (ChannelsChanged, RosterChanged, Notice):
        telling.on(kind, heard.append)
    for _ in range(3):
        telling.emit(ChannelsChanged())
        telling.emit(RosterChanged())
        telling.emit(Notice("again"))
    telling.tell()
    assert sorted(type(signal).__name__ for signal in heard) == ["ChannelsChanged", *["Notice"] * 3, "RosterChanged"]


def test_the_splices_of_a_turn_come_together_and_before_the_rest() -> None:
    telling = Telling()
    heard: list[object] = []
    telling.on(TimelineChanged, heard.append)
    telling.on(Notice, heard.append)
    telling.emit(Notice("after"))
    telling.timeline_changed(GENERAL, (FIRST,))
    telling.timeline_changed(PLANS, (SECOND,))
    telling.timeline_changed(GENERAL, (THIRD,))
    telling.timeline_changed(PLANS, ())
    telling.tell()
    assert heard == [TimelineChanged(GENERAL, (FIRST, THIRD)), TimelineChanged(PLANS, (SECOND,)), Notice("after")]


def test_what_a_handler_causes_comes_after_what_waits_already() -> None:
    telling = Telling()
    heard: list[object] = []

    def cause(signal: TimelineChanged) -> None:
        heard.append(signal.channel_id)
        if signal.channel_id == GENERAL:
            telling.timeline_changed(PLANS, (SECOND,))
            telling.tell()

    telling.on(TimelineChanged, cause)
    telling.on(TimelineChanged, lambda signal: heard.append(signal.splices))
    telling.timeline_changed(GENERAL, (FIRST,))
    telling.timeline_changed(PLANS, (FIRST,))
    telling.tell()
    assert heard == [GENERAL, (FIRST,), PLANS, (FIRST,), PLANS, (SECOND,)]


def test_a_handler_that_fails_does_not_swallow_what_came_after() -> None:
    telling = Telling()
    heard: list[str] = []

    def fail_at_first(notice: Notice) -> None:
        if notice.text == "one":
            raise ZeroDivisionError
        heard.append(notice.text)

    telling.on(Notice, fail_at_first)
    for text in ("one", "two", "three"):
        telling.emit(Notice(text))
    with contextlib.suppress(ZeroDivisionError):
        telling.tell()
    telling.tell()
    assert heard == ["two", "three"]
