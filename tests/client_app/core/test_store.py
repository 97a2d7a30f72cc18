"""What the client keeps on disk of its own: what is unsent, whatever file it finds."""

import contextlib
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from client_app.core.store import Kept, Reference, Reply, Store, Unsent, World, writing
from client_app.core.store.file import VERSION
from client_app.core.store.former import FILE_NAME
from shared.types import MessageKind

from .world import ALICE, GENERAL, NOON, PLANS, message, public, user

Open = Callable[[], Store]


@pytest.fixture
def open_store(tmp_path: Path) -> Iterator[Open]:
    """A function that opens the store, or opens it again as a program that is started again."""
    stores: list[Store] = []

    def start() -> Store:
        for each in stores:
            each.close()
        stores.append(Store(tmp_path))
        return stores[-1]

    yield start
    for each in stores:
        each.close()


def unsent(client_id: str, error: str = "") -> Unsent:
    return Unsent(client_id, GENERAL, MessageKind.ACTION, f"body of {client_id}", NOON, error)


def on_disk(store: Store, account: str = "alice") -> Kept:
    return store.of(account)


def test_unsent_messages_are_there_after_a_restart_in_the_order_in_which_they_were_written(open_store: Open) -> None:
    kept = open_store().of("alice").unsent
    for client_id in ("c", "a", "b"):
        kept.add(unsent(client_id))
    again = open_store()
    assert again.of("alice").unsent.all() == [unsent("c"), unsent("a"), unsent("b")]
    assert again.of("bob").unsent.all() == []


def test_a_refusal_is_kept_in_place_and_a_sent_message_is_forgotten(open_store: Open) -> None:
    store = open_store()
    kept = store.of("alice").unsent
    for client_id in ("a", "b", "c"):
        kept.add(unsent(client_id))
    kept.mark(unsent("a").failed("Too long."))
    kept.remove("b")
    assert on_disk(store).unsent.all() == [unsent("a", "Too long."), unsent("c")]


def test_what_one_process_sent_another_one_of_the_same_account_does_not_bring_back(open_store: Open) -> None:
    store = open_store()
    kept = store.of("alice").unsent
    kept.add(unsent("a"))
    kept.remove("a")
    kept.mark(unsent("a").failed("Refused to the other one."))
    assert on_disk(store).unsent.all() == []


def test_drafts_are_kept_by_account_and_channel_and_an_empty_one_is_forgotten(open_store: Open) -> None:
    store = open_store()
    drafts = store.of("alice").drafts
    drafts.put(GENERAL, "he")
    drafts.put(GENERAL, "hello")
    drafts.put(PLANS, "later")
    store.of("bob").drafts.put(GENERAL, "other")
    drafts.put(PLANS, "")
    assert open_store().of("alice").drafts.all() == {GENERAL: "hello"}


def test_text_that_no_database_takes_costs_only_itself(open_store: Open) -> None:
    store = open_store()
    drafts = store.of("alice").drafts
    drafts.put(GENERAL, "half a pair: \ud800")
    drafts.put(PLANS, "whole")
    assert on_disk(store).drafts.all() == {PLANS: "whole"}


def test_a_file_that_is_busy_for_long_costs_nothing_that_was_typed(
    open_store: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "RETRY_SECONDS", 0.01)
    store = open_store()
    kept = store.of("alice")
    kept.drafts.put(GENERAL, "before")
    assert store.finish(30)
    with contextlib.closing(sqlite3.connect(store.path("alice"), isolation_level=None)) as other:
        kept.unsent.all()
        store.in_order(lambda: kept._file.writer().execute("pragma busy_timeout = 1"))
        other.execute("begin immediate")
        kept.drafts.put(GENERAL, "typed meanwhile")
        kept.unsent.add(unsent("a"))
        assert not store.finish(0.2)
        assert kept.drafts.all() == {GENERAL: "before"}
        other.execute("rollback")
    assert on_disk(store).drafts.all() == {GENERAL: "typed meanwhile"}
    assert on_disk(store).unsent.all() == [unsent("a")]


def test_other_writing_is_done_in_order_on_the_same_thread(open_store: Open) -> None:
    store = open_store()
    ran: list[str] = []
    store.in_order(lambda: ran.append(threading.current_thread().name))

    def fail() -> None:
        raise OSError("the disk is full")

    store.in_order(fail)
    store.in_order(lambda: ran.append("after the failure"))
    store.close()
    assert ran == ["store", "after the failure"]


def test_nobody_else_may_read_what_is_kept(open_store: Open, tmp_path: Path) -> None:
    store = open_store()
    store.of("alice").unsent.add(unsent("a"))
    store.finish(30)
    files = list(store.path("alice").parent.iterdir())
    assert len(files) == 3
    assert {oct(file.stat().st_mode & 0o777) for file in files} == {"0o600"}
    assert not any("alice" in file.name for file in files)


def test_a_full_disk_costs_nothing_once_there_is_room_again(open_store: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "RETRY_SECONDS", 0.01)
    store = open_store()
    kept = store.of("alice")
    kept.unsent.add(unsent("before"))
    store.in_order(lambda: kept._file.writer().execute("pragma max_page_count = 1"))
    assert store.finish(30)
    kept.drafts.put(GENERAL, "x" * 50_000)
    kept.unsent.add(unsent("typed while it was full"))
    kept.unsent.remove("before")
    assert not store.finish(0.2)
    assert kept.unsent.all() == [unsent("before")], "half of it is never there"
    kept._file.writer().execute("pragma max_page_count = 1000000")
    assert store.finish(30)
    assert kept.unsent.all() == [unsent("typed while it was full")]
    assert kept.drafts.all() == {GENERAL: "x" * 50_000}


def test_where_there_can_be_no_file_nothing_is_kept_and_nothing_fails(
    open_store: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "RETRY_SECONDS", 0.01)
    store = open_store()
    store.path("alice").mkdir()
    kept = store.of("alice")
    kept.unsent.add(unsent("a"))
    kept.messages.put(GENERAL, [message(1)], 0)
    assert not store.finish(0.2)
    assert (kept.unsent.all(), kept.drafts.all(), kept.world.load(), kept.messages.marks()) == ([], {}, None, {})
    store.path("alice").rmdir()
    assert store.finish(30), "as soon as there is room, everything is written"
    assert kept.unsent.all() == [unsent("a")]


@pytest.mark.parametrize("size", [0, 3, 5000])
def test_a_file_that_is_none_is_put_aside_and_a_new_one_begun(open_store: Open, size: int) -> None:
    store = open_store()
    path = store.path("alice")
    path.write_bytes(b"\xff" * size)
    store.of("alice").unsent.add(unsent("a"))
    assert on_disk(store).unsent.all() == [unsent("a")]
    assert len(list(path.parent.glob("*.aside-*"))) == (size > 0)


def test_of_a_newer_clients_file_what_is_unsent_is_saved(open_store: Open) -> None:
    store = open_store()
    kept = store.of("alice")
    kept.unsent.add(unsent("a"))
    kept.drafts.put(PLANS, "later")
    store.close()
    with contextlib.closing(sqlite3.connect(store.path("alice"), isolation_level=None)) as newer:
        newer.execute(f"pragma user_version = {VERSION + 1}")
    again = open_store()
    assert again.of("alice").unsent.all() == [unsent("a")]
    assert again.of("alice").drafts.all() == {PLANS: "later"}
    (aside,) = again.path("alice").parent.glob("*.aside-1.db")
    assert aside.stat().st_size
    again.forget("alice")
    assert again.finish(30)
    assert list(aside.parent.iterdir()) == []


def test_what_unsent_messages_answer_is_saved_from_a_newer_clients_file_too(open_store: Open) -> None:
    store = open_store()
    kept = store.of("alice")
    reply = replace(unsent("a"), reference=Reference(reply_to=3, is_silent=True))
    kept.unsent.add(reply)
    kept.replies.put(PLANS, Reply(7))
    store.close()
    with contextlib.closing(sqlite3.connect(store.path("alice"), isolation_level=None)) as newer:
        newer.execute(f"pragma user_version = {VERSION + 1}")
    again = open_store().of("alice")
    assert again.unsent.all() == [reply]
    assert again.replies.all() == {PLANS: Reply(7)}


def test_a_file_from_before_there_were_replies_is_used_as_it_is(open_store: Open) -> None:
    store = open_store()
    store.of("alice").unsent.add(unsent("a"))
    store.close()
    with contextlib.closing(sqlite3.connect(store.path("alice"), isolation_level=None)) as older:
        older.execute('drop table "references"')
        older.execute("drop table replies")
    again = open_store()
    kept, reply = again.of("alice").unsent, replace(unsent("b"), reference=Reference(reply_to=3))
    assert kept.all() == [unsent("a")]
    kept.add(reply)
    assert again.finish(30)
    assert kept.all() == [unsent("a"), reply]


def test_a_file_that_breaks_while_it_is_used_costs_no_more_than_what_was_said(open_store: Open) -> None:
    store = open_store()
    kept = store.of("alice")
    for number in range(60):
        kept.messages.put(GENERAL, [message(seq, "x" * 3000) for seq in range(number * 5 + 1, number * 5 + 6)], 0)
    kept.unsent.add(unsent("a"))
    store.close()
    path = store.path("alice")
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (page,) = connection.execute("select rootpage from sqlite_master where name = 'messages'").fetchone()
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    again = open_store()
    kept = again.of("alice")
    assert kept.messages.newest(GENERAL, 50) == []
    kept.messages.put(GENERAL, [message(301)], 0)
    again.finish(30)
    assert [each.seq for each in kept.messages.all(GENERAL)] == [301]
    assert kept.unsent.all() == [unsent("a")]


def test_the_world_is_there_after_a_restart_and_one_that_makes_no_sense_is_none(open_store: Open) -> None:
    alice = user(ALICE, "alice")
    world = World(alice, (alice,), (public(GENERAL, "general", last_seq=3),), {GENERAL: 2}, GENERAL)
    open_store().of("alice").world.put(lambda: world)
    store = open_store()
    assert store.of("alice").world.load() == world
    with contextlib.closing(sqlite3.connect(store.path("alice"), isolation_level=None)) as connection:
        connection.execute("update world set payload = ?", (b'{"me": 3}',))
    assert store.of("alice").world.load() is None


def former(folder: Path) -> sqlite3.Connection:
    """The one file of all accounts, as earlier clients made it."""
    connection = sqlite3.connect(folder / FILE_NAME)
    connection.executescript(
        "create table outbox (position integer primary key, account text not null, client_id text not null unique,"
        " channel_id integer not null, kind text not null, body text not null, created_at integer not null,"
        " error text not null default '');"
        "create table drafts (account text not null, channel_id integer not null, body text not null,"
        " primary key (account, channel_id));"
    )
    return connection


def test_what_an_earlier_client_kept_is_carried_over_account_by_account(open_store: Open, tmp_path: Path) -> None:
    columns = "insert into outbox (account, client_id, channel_id, kind, body, created_at, error)"
    with contextlib.closing(former(tmp_path)) as old, old:
        for account, client_id in (("alice", "b"), ("bob", "x"), ("alice", "a")):
            row = (account, client_id, GENERAL, "action", f"body of {client_id}", NOON, "")
            old.execute(f"{columns} values (?, ?, ?, ?, ?, ?, ?)", row)
        old.execute("insert into drafts values ('alice', ?, 'half a')", (PLANS,))
    store = open_store()
    for _ in range(2):
        assert store.of("alice").unsent.all() == [unsent("b"), unsent("a")]
        assert store.of("alice").drafts.all() == {PLANS: "half a"}
    assert (tmp_path / FILE_NAME).exists()
    assert store.of("bob").unsent.all() == [unsent("x")]
    assert not (tmp_path / FILE_NAME).exists()
