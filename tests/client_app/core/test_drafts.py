"""What was begun and not sent: kept over a restart, told in the left pane, and never lost to another window."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from client_app.core.store import Store
from client_app.core.store.drafts import KeptDrafts
from server_app.app import App
from shared.types import GENERAL, ChannelId
from tests.conftest import ConnectFactory

from .conftest import DeviceFactory
from .headless import address_of

PLANS = ChannelId(2)
OpenDrafts = Callable[[], KeptDrafts]


@pytest.fixture
def window(tmp_path: Path) -> Iterator[OpenDrafts]:
    """A function that opens the drafts of one account as another process would, and knows what is on disk by then."""
    stores: list[Store] = []

    def open_one() -> KeptDrafts:
        for each in stores:
            assert each.finish(30)
        stores.append(Store(tmp_path))
        return stores[-1].of("alice").drafts

    yield open_one
    for each in stores:
        each.close()


def test_a_draft_is_there_for_the_next_window_and_gone_once_it_was_sent(window: OpenDrafts) -> None:
    first = window()
    first.put(GENERAL, "hel")
    first.put(GENERAL, "hello")
    first.put(PLANS, "a plan")
    second = window()
    assert second.all() == {GENERAL: "hello", PLANS: "a plan"}
    second.put(GENERAL, "")
    assert window().all() == {PLANS: "a plan"}


def test_two_windows_that_write_in_one_channel_lose_nothing(window: OpenDrafts) -> None:
    first, second = window(), window()
    first.all(), second.all()
    for text in ("o", "on", "one"):
        first.put(GENERAL, text)
    window()  # By now that is on disk.
    second.put(GENERAL, "another")
    window()
    first.put(GENERAL, "one thing")
    assert window().all() == {GENERAL: "one thing\nanother"}


def test_what_a_window_sent_does_not_take_away_what_another_writes(window: OpenDrafts) -> None:
    first, second = window(), window()
    first.put(GENERAL, "mine")
    second.put(GENERAL, "yours")
    first.put(GENERAL, "")
    assert window().all() == {GENERAL: "yours"}


def test_a_text_that_two_windows_go_on_with_is_kept_of_both(window: OpenDrafts) -> None:
    first = window()
    first.put(GENERAL, "hello")
    second = window()
    assert second.all() == {GENERAL: "hello"}
    second.put(GENERAL, "hello world")
    assert window().all() == {GENERAL: "hello world"}, "taken over"
    first.put(GENERAL, "hello there")
    assert window().all() == {GENERAL: "hello world\nhello there"}


def test_whoever_sends_what_both_had_begun_leaves_the_other_what_came_since(window: OpenDrafts) -> None:
    first = window()
    first.put(GENERAL, "hello")
    second = window()
    second.all()
    first.put(GENERAL, "hello there")
    assert window().all() == {GENERAL: "hello there"}, "on disk before the other sends"
    second.put(GENERAL, "")
    assert window().all() == {GENERAL: "hello there"}


def test_a_draft_of_an_earlier_client_is_found_and_goes_when_it_is_sent(window: OpenDrafts, tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.of("alice")
    store.in_order(lambda: None)
    kept = store.of("alice").drafts
    kept._file.writer().execute("insert into drafts (channel_id, body) values (?, ?)", (GENERAL, "from before"))
    store.close()
    newer = window()
    assert newer.all() == {GENERAL: "from before"}
    newer.put(GENERAL, "")
    assert window().all() == {}


def test_a_draft_is_told_in_the_left_pane_also_after_a_restart(
    device: DeviceFactory, generous: App, connect: ConnectFactory
) -> None:
    laptop = device("laptop", address_of(generous)).register("alice", remember=True).open()
    bob = connect(generous).register("bob")
    direct: list[ChannelId] = []
    laptop.client.open_direct(bob.user_id, direct.append)
    laptop.until(lambda: direct and laptop.client.channels.row(direct[0]))
    assert laptop.client.channels.directs() == (), "nothing was said"
    laptop.client.set_draft(direct[0], "dear bob")
    laptop.client.set_draft(GENERAL, "dear all")
    assert [row.channel_id for row in laptop.client.channels.in_order() if row.has_draft] == [GENERAL, direct[0]]
    laptop.close()
    again = device("laptop", laptop.address)
    assert again.client.resume_remembered()
    again.open()
    assert [row.channel_id for row in again.client.channels.in_order() if row.has_draft] == [GENERAL, direct[0]]
    assert again.client.draft(direct[0]) == "dear bob"
    again.client.set_draft(direct[0], "")
    assert again.client.channels.directs() == ()
