"""What a notification says, also when somebody writes it to do harm."""

from client_app.core.signals import MessageArrived
from client_app.desktop.notifications.note import (
    PLYER_BODY,
    PLYER_TITLE,
    clip,
    escaped,
    harmless,
    note_of,
)
from shared.entities import Message, User
from shared.rights import MEMBER
from shared.types import ChannelId, MessageId, MessageKind, UserId

ALICE = User(UserId(2), "alice", MEMBER, 0, 2)


def arrived(body: str, *, direct: bool = False, kind: MessageKind = MessageKind.TEXT) -> MessageArrived:
    message = Message(MessageId(9), ChannelId(1), 4, ALICE.id, "0123456789", kind, body, 0)
    return MessageArrived(message, ALICE, direct)


def test_a_channels_note_names_the_author_and_the_channel() -> None:
    note = note_of(arrived("two\nlines"), "general", hides_text=False)
    assert (note.title, note.body) == ("alice (#general)", "two lines")


def test_a_direct_note_names_the_author_alone() -> None:
    assert note_of(arrived("hi", direct=True), "alice", hides_text=False).title == "alice"


def test_an_action_reads_as_a_sentence() -> None:
    assert note_of(arrived("waves", kind=MessageKind.ACTION), "general", hides_text=False).body == "alice waves"


def test_formatting_is_words_and_what_is_covered_stays_so() -> None:
    note = note_of(arrived("> **so**\n- `code`, ||secret||"), "general", hides_text=False)
    assert note.body == "> so • code, ▇▇▇"
    action = arrived("# waves **hands**", kind=MessageKind.ACTION)
    assert note_of(action, "general", hides_text=False).body == "alice # waves hands"


def test_hidden_text_is_nowhere_in_the_note() -> None:
    note = note_of(arrived("secret"), "general", hides_text=True)
    assert "secret" not in note.title + note.body


def test_a_long_body_is_clipped_to_what_a_desktop_shows() -> None:
    assert len(note_of(arrived("x" * 4000), "general", hides_text=False).body) == 200


def test_clipping_counts_utf16_units_and_never_halves_an_emoji() -> None:
    clipped = clip("😀" * 100, PLYER_TITLE)
    assert len(clipped.encode("utf-16-le")) // 2 <= PLYER_TITLE
    assert clipped == "😀" * 31 + "…"
    assert clip("a" * PLYER_BODY, PLYER_BODY) == "a" * PLYER_BODY


def test_markup_is_shown_and_not_obeyed() -> None:
    assert escaped('<b>hi</b> & "bye"') == '&lt;b&gt;hi&lt;/b&gt; &amp; "bye"'


def test_text_that_looks_like_an_option_reaches_notify_send_as_text() -> None:
    assert not harmless("--help").startswith("-")
    assert "'" not in harmless("it's <'x'>")
    assert "\\" not in harmless("a\\'b")
