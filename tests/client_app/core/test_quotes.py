"""Quotes: the originals of replies, had from what is here or in one request, and shown as they are now."""

from pathlib import Path

import msgspec
import pytest

from client_app.core.store import Reference, Reply, Store
from client_app.core.timeline.quote import Quote, QuoteState
from client_app.core.timeline.timeline import EntryKind, Outlook
from shared.entities import Message
from shared.errors import NotFound
from shared.requests import FetchMessages, Originals, SendMessage
from shared.requests import History as Page
from shared.types import GENERAL, Seq

from .pane import Pane
from .world import ALICE, BOB, changed, message


def reply(seq: int, to: int, **more: object) -> Message:
    return msgspec.structs.replace(message(seq, author_id=ALICE), reply_to=to, **more)


def pane_with(folder: Path, *replies: Message, last_seq: int = 200, **more: bool) -> Pane:
    """Somebody who looks at the newest page, in which these replies stand."""
    pane = Pane(folder, last_seq, **more)
    pane.history.open(GENERAL)
    by_seq = {each.seq: each for each in replies}
    found = tuple(by_seq.get(Seq(seq)) or message(seq) for seq in range(last_seq - 49, last_seq + 1))
    pane.wire.answer(Page(messages=found, more=True))
    return pane


def quote(pane: Pane, seq: int) -> Quote | None:
    timeline = pane.history.timeline(GENERAL)
    index = timeline.index_of(seq)
    assert index is not None
    return timeline.entries[index].quote


def test_what_is_in_the_page_is_quoted_at_once(tmp_path: Path) -> None:
    pane = pane_with(tmp_path, reply(190, to=180))
    assert quote(pane, 190) == Quote(180, QuoteState.SHOWN, BOB, "Bob", "message 180")
    assert not any(isinstance(each, FetchMessages) for each in pane.wire.requests)


def test_originals_that_are_far_up_are_asked_for_in_one_request(tmp_path: Path) -> None:
    pane = pane_with(tmp_path, reply(190, to=3), reply(191, to=5), reply(192, to=3), reply(193, to=7))
    assert quote(pane, 190) == Quote(3, QuoteState.LOADING)
    (asked,) = [each for each in pane.wire.requests if isinstance(each, FetchMessages)]
    assert asked.seqs == (3, 5, 7)
    pane.wire.answer(Originals(messages=(message(3), message(5)), more=False))
    assert quote(pane, 192) == quote(pane, 190) == Quote(3, QuoteState.SHOWN, BOB, "Bob", "message 3")
    assert quote(pane, 193) == Quote(7, QuoteState.MISSING)
    assert not any(isinstance(each, FetchMessages) for each in pane.wire.requests)


def test_what_had_no_room_in_the_answer_is_asked_for_again(tmp_path: Path) -> None:
    pane = pane_with(tmp_path, reply(190, to=3), reply(191, to=5))
    pane.wire.answer(Originals(messages=(message(3),), more=True))
    (asked,) = [each for each in pane.wire.requests if isinstance(each, FetchMessages)]
    assert asked.seqs == (5,)
    assert quote(pane, 191) == Quote(5, QuoteState.LOADING)


def test_a_quote_is_the_first_line(tmp_path: Path) -> None:
    pane = pane_with(tmp_path, reply(190, to=3))
    pane.wire.answer(Originals(messages=(message(3, "\none\ntwo"),), more=False))
    assert (shown := quote(pane, 190)) is not None
    assert shown.text == "one"


def test_a_quote_says_the_words_without_signs_and_nothing_that_is_covered(tmp_path: Path) -> None:
    pane = pane_with(tmp_path, reply(190, to=3))
    pane.wire.answer(Originals(messages=(message(3, "# It was ||the *butler*||, **all** along"),), more=False))
    assert (shown := quote(pane, 190)) is not None
    assert shown.text == "It was ▇▇▇, all along"


@pytest.mark.parametrize("to", [180, 3], ids=["in the page", "far up"])
def test_a_quote_follows_edits_and_the_deletion_of_its_original(tmp_path: Path, to: int) -> None:
    pane = pane_with(tmp_path, reply(190, to=to))
    if to == 3:
        pane.wire.answer(Originals(messages=(message(3),), more=False))
    pane.hear_change(changed(to, 1, "said better"))
    assert (shown := quote(pane, 190)) is not None
    assert shown.text == "said better"
    pane.hear_change(changed(to, 2, is_deleted=True))
    assert quote(pane, 190) == Quote(to, QuoteState.DELETED)


def test_an_original_that_changes_while_it_is_on_its_way_is_shown_as_it_became(tmp_path: Path) -> None:
    pane = pane_with(tmp_path, reply(190, to=3))
    pane.hear_change(changed(3, 1, is_deleted=True))
    assert quote(pane, 190) == Quote(3, QuoteState.DELETED)
    pane.wire.answer(Originals(messages=(message(3),), more=False))
    assert quote(pane, 190) == Quote(3, QuoteState.DELETED)


def test_what_a_blocked_person_said_is_not_quoted_until_they_are_blocked_no_more(tmp_path: Path) -> None:
    pane = pane_with(tmp_path, reply(190, to=180), reply(191, to=3))
    hidden = msgspec.structs.replace(message(3), is_hidden=True, body="")
    pane.wire.answer(Originals(messages=(hidden,), more=False))
    pane.outlook = Outlook(frozenset({BOB}))
    pane.history.hidden.look_again()
    assert [quote(pane, seq) for seq in (190, 191)] == [Quote(seq, QuoteState.BLOCKED) for seq in (180, 3)]
    pane.outlook = Outlook()
    pane.history.hidden.hear_again()
    (asked,) = [each for each in pane.wire.requests if isinstance(each, FetchMessages)]
    assert asked.seqs == (3,)
    pane.wire.answer(Originals(messages=(message(3),), more=False))
    assert [getattr(quote(pane, seq), "text", "") for seq in (190, 191)] == ["message 180", "message 3"]


def test_originals_that_are_kept_are_quoted_without_a_connection(tmp_path: Path) -> None:
    pane = pane_with(tmp_path, reply(190, to=3), keeps_history=True)
    pane.wire.answer(Originals(messages=(message(3),), more=False))
    pane.store.close()
    later = Pane(tmp_path, 200, keeps_history=True, is_online=False)
    later.history.open(GENERAL)
    assert quote(later, 190) == Quote(3, QuoteState.SHOWN, BOB, "Bob", "message 3")


def test_what_could_not_be_asked_for_is_asked_for_when_the_connection_is_back(tmp_path: Path) -> None:
    pane = pane_with(tmp_path, reply(190, to=3))
    pane.history.dropped()
    pane.wire.asked.clear()
    pane.history.resumed(pane.state)
    assert [each.seqs for each in pane.wire.requests if isinstance(each, FetchMessages)] == [(3,)]


def test_a_reply_stands_below_nobody_elses_name(tmp_path: Path) -> None:
    pane = pane_with(tmp_path, reply(190, to=180), reply(191, to=180), last_seq=200)
    timeline = pane.history.timeline(GENERAL)
    rows = [entry for entry in timeline.entries if entry.kind is EntryKind.MESSAGE and entry.seq in (190, 191)]
    assert [row.is_grouped for row in rows] == [False, False]


# --- what is on its way -----------------------------------------------------------------------------------------------


def test_a_reply_on_its_way_has_its_quote_and_goes_out_with_it_after_a_restart(tmp_path: Path) -> None:
    pane = pane_with(tmp_path)
    pane.outbox.add(GENERAL, message(1).kind, "yes", Reference(reply_to=180, is_silent=True))
    assert (shown := pane.history.timeline(GENERAL).entries[-1].quote) is not None
    assert shown.text == "message 180"
    pane.store.close()
    later = Pane(tmp_path, 200)
    later.outbox.set_online(True)
    (sent,) = [each for each in later.wire.requests if isinstance(each, SendMessage)]
    assert (sent.reply_to, sent.is_silent_reply) == (180, True)


def test_a_reply_whose_original_was_deleted_stays_and_can_be_sent_without_the_quote(tmp_path: Path) -> None:
    pane = pane_with(tmp_path)
    pane.outbox.set_online(True)
    pane.outbox.add(GENERAL, message(1).kind, "yes", Reference(reply_to=180))
    pane.wire.answer(NotFound("The message that you answer was deleted. Send yours without the quote."))
    (client_id,) = pane.outbox.failed(GENERAL)
    pane.outbox.retry_without_quote(client_id)
    (sent,) = [each for each in pane.wire.requests if isinstance(each, SendMessage)]
    assert (sent.body, sent.reply_to, sent.client_id) == ("yes", None, client_id)
    pane.store.close()
    (kept,) = Store(tmp_path).of("alice").unsent.all()
    assert kept.reference == Reference()


def test_what_is_being_answered_is_kept_beside_the_draft(tmp_path: Path) -> None:
    store = Store(tmp_path)
    kept = store.of("alice").replies
    kept.put(GENERAL, Reply(3))
    kept.put(GENERAL, Reply(4, is_silent=True))
    store.close()
    again = Store(tmp_path)
    kept = again.of("alice").replies
    assert kept.all() == {GENERAL: Reply(4, is_silent=True)}
    kept.remove(GENERAL)
    again.finish(5)
    assert kept.all() == {}
