"""Messages with files are answered, passed on and told of like any other."""

from pathlib import Path

from client_app.core.actions import offers
from client_app.core.actions.picking import transcript
from client_app.core.signals import MessageArrived
from client_app.core.timeline.file_words import files_words
from client_app.core.timeline.transcript import quoted
from client_app.desktop.notifications.note import note_of
from server_app.app import App
from shared.entities import Attachment
from shared.types import GENERAL, AttachmentId
from tests.client_app.core.conftest import DeviceFactory
from tests.client_app.core.headless import address_of


def test_a_message_of_nothing_but_files_is_forwarded_quoted_and_notified_of(
    generous: App, device: DeviceFactory, tmp_path: Path
) -> None:
    alice = device("alice", address_of(generous)).register("alice").open()
    bob = device("bob", address_of(generous)).register("bob").open()
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(name)
    bob.client.attach(GENERAL, [tmp_path / "a.txt", tmp_path / "b.txt"])
    bob.client.send(GENERAL, " ")
    alice.until(lambda: any(each.attachments for each in alice.timeline().entries))
    arrived = alice.next(MessageArrived)
    assert note_of(arrived, "general", hides_text=False).body == "sent 2 files"
    entry = alice.timeline().entries[-1]
    assert transcript([entry]) == f"[{entry.time:%H:%M}] bob: 📎 a.txt, b.txt"
    assert quoted(entry) == "📎 2 files"
    assert "copy-message" not in [action.id for action in offers(alice.client, entry)], "there is no text"
    alice.client.begin_reply(GENERAL, entry.seq)
    alice.client.send(GENERAL, "thank you")
    alice.until(lambda: bob.bodies()[-1] == "thank you")
    assert bob.timeline().entries[-1].quote.text == "📎 2 files"
    alice.client.create_channel("plans")
    alice.until(lambda: alice.client.channels.named("plans"))
    plans = alice.client.channels.named("plans").channel_id  # type: ignore[union-attr]  # it is there
    alice.client.forward(GENERAL, [entry.seq], [plans])
    alice.open(plans)
    alice.until(lambda: [each.attachments for each in alice.timeline(plans).entries if each.seq])
    (forwarded,) = [each for each in alice.timeline(plans).entries if each.seq]
    assert [each.name for each in forwarded.attachments] == ["a.txt", "b.txt"]
    assert forwarded.forwarded == "bob"


def test_files_are_told_of_by_name_kind_and_number() -> None:
    text = Attachment(AttachmentId(1), "a\u202e.txt", 1, "0" * 64, "text/plain")
    picture = Attachment(AttachmentId(2), "b.png", 1, "0" * 64, "image/png", 30, 20)
    assert files_words(()) == ""
    assert files_words((text,)) == "a.txt"
    assert files_words((picture, picture)) == "2 pictures"
    assert files_words((picture, text, picture)) == "3 files"
