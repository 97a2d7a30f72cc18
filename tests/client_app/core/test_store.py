"""What the client keeps on disk of its own."""

import sqlite3
import threading
from pathlib import Path

from client_app.core.store import FILE_NAME, Store, Unsent
from shared.types import MessageKind

from .world import GENERAL, NOON, PLANS


def unsent(client_id: str, error: str = "") -> Unsent:
    return Unsent(client_id, GENERAL, MessageKind.ACTION, f"body of {client_id}", NOON, error)


def test_unsent_messages_are_there_after_a_restart_in_the_order_in_which_they_were_written(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for client_id in ("c", "a", "b"):
        store.put_unsent("alice", unsent(client_id))
    store.close()
    again = Store(tmp_path)
    assert again.unsent("alice") == [unsent("c"), unsent("a"), unsent("b")]
    assert again.unsent("bob") == []
    again.close()


def test_a_refusal_is_kept_in_place_and_a_sent_message_is_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for client_id in ("a", "b", "c"):
        store.put_unsent("alice", unsent(client_id))
    store.put_unsent("alice", unsent("a").failed("Too long."))
    store.remove_unsent("b")
    assert store.unsent("alice") == [unsent("a", "Too long."), unsent("c")]
    store.close()


def test_drafts_are_kept_by_account_and_channel_and_an_empty_one_is_forgotten(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put_draft("alice", GENERAL, "he")
    store.put_draft("alice", GENERAL, "hello")
    store.put_draft("alice", PLANS, "later")
    store.put_draft("bob", GENERAL, "other")
    store.put_draft("alice", PLANS, "")
    store.close()
    again = Store(tmp_path)
    assert again.drafts("alice") == {GENERAL: "hello"}
    again.close()


def test_what_was_written_can_be_read_at_once(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number in range(200):
        store.put_unsent("alice", unsent(f"{number}"))
        if number % 50 == 0:
            assert len(store.unsent("alice")) == number + 1
    store.close()


def test_text_that_no_database_takes_costs_only_itself(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.put_draft("alice", GENERAL, "half a pair: \ud800")
    store.put_draft("alice", PLANS, "whole")
    assert store.drafts("alice") == {PLANS: "whole"}
    store.close()


def test_a_file_that_is_busy_for_a_while_costs_nothing_that_was_typed(tmp_path: Path) -> None:
    store = Store(tmp_path)
    other = sqlite3.connect(tmp_path / FILE_NAME, isolation_level=None)
    other.execute("begin immediate")
    store.put_draft("alice", GENERAL, "typed meanwhile")
    other.execute("rollback")
    other.close()
    assert store.drafts("alice") == {GENERAL: "typed meanwhile"}
    store.close()


def test_other_writing_is_done_in_order_on_the_same_thread(tmp_path: Path) -> None:
    store = Store(tmp_path)
    ran: list[str] = []
    store.in_order(lambda: ran.append(threading.current_thread().name))

    def fail() -> None:
        raise OSError("the disk is full")

    store.in_order(fail)
    store.in_order(lambda: ran.append("after the failure"))
    store.close()
    assert ran == ["store", "after the failure"]
