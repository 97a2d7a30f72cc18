"""What the window shows of people, and how one tells of oneself in it."""

from functools import partial

import pytest

from client_app.core.world.presence import Presence
from client_app.desktop import input_watch
from client_app.desktop.dialogs.profile import ProfileDialog
from client_app.desktop.dialogs.settings import SettingsDialog
from client_app.desktop.dialogs.status import TODAY, StatusDialog
from client_app.desktop.lists import ItemRow
from client_app.desktop.notifications import Note
from client_app.desktop.window.menus import own_menu
from client_app.desktop.window.roster import roster_rows
from server_app.app import App
from shared.requests import FetchProfile, SetAvailability, SetNote, SetProfile, SetStatus
from shared.types import Availability
from tests.conftest import ConnectFactory
from tests.peer import Peer

from .conftest import OpenWindow
from .person import Person


@pytest.fixture
def bob(server: App, connect: ConnectFactory) -> Peer:
    """The owner, so that alice may do what members may."""
    return connect().register("bob")


@pytest.fixture
def alice(bob: Peer, server: App, open_window: OpenWindow) -> Person:
    alice = open_window(server).come_in("alice")
    alice.until(lambda: alice.app.client.roster.named("bob"))
    return alice


def row_of(person: Person, other: Peer) -> ItemRow | None:
    """Somebody as the right pane shows them."""
    rows = roster_rows(person.app.client.roster.groups())
    return next((row for row in rows if isinstance(row, ItemRow) and row.key == str(other.user_id)), None)


def test_the_members_list_shows_how_people_look_and_what_they_are_up_to(alice: Person, bob: Peer) -> None:
    bob.request(SetStatus(text="🎧 Focusing", seconds=60))
    bob.request(SetAvailability(availability=Availability.DO_NOT_DISTURB))
    bob.request(SetProfile(display_name="Robert Smith"))

    def shown() -> bool:
        row = row_of(alice, bob)
        wanted = ("Robert Smith", "🎧 Focusing", Presence.DO_NOT_DISTURB)
        return row is not None and (row.title, row.detail, row.presence) == wanted

    alice.until(shown)


def test_a_card_shows_all_that_somebody_tells_and_keeps_what_is_written_down_about_them(
    alice: Person, bob: Peer, connect: ConnectFactory
) -> None:
    bob.request(SetProfile(display_name="Robert Smith", pronouns="he/him", about="Boats.\nAnd tea."))
    bob.request(SetStatus(text="🎧 Focusing"))
    alice.until(lambda: alice.app.client.roster.named("Robert Smith") and alice.app.client.state.statuses)  # type: ignore[union-attr]  # she is in
    card, told = alice.app.window.card, alice.app.window.card.told
    alice.app.window.show_person(bob.user_id)
    alice.until(lambda: card.user_id == bob.user_id and told._about.text)
    assert (told._who.text, told._about.text, told._status.text) == ("Robert Smith", "Boats.\nAnd tea.", "🎧 Focusing")
    assert told._names.cget("text") == "@bob · he/him"
    card.note.box.set("owes me a coffee")
    card.close()
    phone = connect().log_in("alice")
    alice.until(lambda: phone.request(FetchProfile(user_id=bob.user_id)).note == "owes me a coffee")
    alice.app.window.show_person(bob.user_id)
    alice.until(lambda: card.user_id == bob.user_id and card.note.box.get() == "owes me a coffee")


def test_a_note_that_was_begun_about_one_person_is_not_taken_for_the_next(alice: Person, bob: Peer) -> None:
    card = alice.app.window.card
    alice.app.window.show_person(bob.user_id)
    alice.until(card.note._parts.winfo_manager)
    card.note.box.set("about bob")
    me = alice.app.client.me
    assert me is not None
    alice.app.window.show_person(me.id)
    alice.until(lambda: card.user_id == me.id)
    assert card.note.box.get() == ""
    assert not card.note._parts.winfo_manager() or card._known is None, "there is none about oneself"


def test_a_status_is_taken_from_what_people_often_say_and_set(alice: Person, bob: Peer) -> None:
    alice.app.window.ask_status()
    dialog = alice.dialog()
    assert isinstance(dialog, StatusDialog)
    dialog.text.set("lunch ")
    dialog.emoji.button.invoke()
    alice.until(lambda: dialog.emoji.picker.is_open)
    alice.press("Escape", dialog.emoji.picker.entry._entry)
    assert alice.dialog() is dialog
    dialog.emoji.open()
    alice.until(lambda: dialog.emoji.picker.is_open)
    dialog.emoji.picker.choose("🎉")
    assert dialog.text.get() == "lunch 🎉"
    assert not dialog.emoji.picker.is_open
    dialog.take("🏠 Working from home")
    assert dialog.span.get() == TODAY
    dialog.confirm()
    alice.until(lambda: alice.dialog() is None and alice.app.client.status_of_mine)
    assert alice.app.window.sidebar._own_words.text == "🏠 Working from home"
    labels = [item.label for item in own_menu(alice.app.window, alice.app.client) if item is not None]
    assert "Take the status away" in labels


def test_a_status_that_is_too_long_stays_in_the_dialog_with_a_sentence(alice: Person) -> None:
    alice.app.window.ask_status()
    dialog = alice.dialog()
    assert isinstance(dialog, StatusDialog)
    dialog.text.set("x" * 10_000)
    dialog.confirm()
    assert dialog.text.complaint == "A status has at most 128 characters; this one has 10,000."
    assert dialog.text.get() == "x" * 10_000
    dialog.cancel()


def test_a_profile_is_filled_in_changed_and_refused_with_what_was_typed_left_there(alice: Person, bob: Peer) -> None:
    alice.app.window.show_own_profile()
    dialog = alice.dialog()
    assert isinstance(dialog, ProfileDialog)
    alice.until(lambda: dialog._known is not None)
    dialog.name.set("B.o.b")
    dialog.about.set("New here.")
    dialog.shares.deselect()
    dialog.confirm()
    alice.until(lambda: "somebody else’s name" in str(dialog._error.cget("text")))
    assert (dialog.name.get(), dialog.about.get()) == ("B.o.b", "New here.")
    dialog.name.set("Alice Smith")
    dialog.confirm()
    alice.until(lambda: alice.dialog() is None)
    alice.until(lambda: alice.app.window.sidebar._own_name.text == "Alice Smith")
    alice.until(lambda: alice.app.client.state and not alice.app.client.state.choices.shares_last_seen)
    assert alice.app.client.me is not None
    assert bob.request(FetchProfile(user_id=alice.app.client.me.id)).about == "New here."


def test_the_own_menu_shows_and_chooses_how_one_looks(alice: Person) -> None:
    def chosen() -> list[str]:
        items = own_menu(alice.app.window, alice.app.client)
        return [item.label for item in items if item is not None and item.keys == "✓"]

    def choose(label: str) -> None:
        next(item for item in own_menu(alice.app.window, alice.app.client) if item and item.label == label).run()

    def is_so(label: str, presence: Presence) -> bool:
        return chosen() == [label] and alice.app.client.presence_of_mine is presence

    assert chosen() == ["Online"]
    looks = {
        "Do not disturb": Presence.DO_NOT_DISTURB,
        "Invisible": Presence.INVISIBLE,
        "Online": Presence.ONLINE,
        "Idle": Presence.IDLE,
    }
    for label, presence in looks.items():
        choose(label)
        alice.until(partial(is_so, label, presence))
        assert alice.app.window.sidebar._own_words.text == label


def test_nobody_is_idle_who_types_and_whoever_does_not_is_after_five_minutes(alice: Person) -> None:
    watch = alice.app.input_watch
    passed = [0.0]
    watch._clock = lambda: passed[0]
    alice.press("KeyPress-a", alice.composer.text)
    passed[0] = input_watch.IDLE_SECONDS - 1
    watch.look()
    assert alice.app.client.presence_of_mine is Presence.ONLINE
    passed[0] = input_watch.IDLE_SECONDS + 1
    watch.look()
    alice.until(lambda: alice.app.client.presence_of_mine is Presence.IDLE)
    alice.press("KeyPress-b", alice.composer.text)
    alice.until(lambda: alice.app.client.presence_of_mine is Presence.ONLINE)


def test_a_note_is_written_down_by_another_device_meanwhile(alice: Person, bob: Peer, connect: ConnectFactory) -> None:
    phone = connect().log_in("alice")
    phone.request(SetNote(user_id=bob.user_id, text="from the phone"))
    alice.app.window.show_person(bob.user_id)
    alice.until(lambda: alice.app.window.card.note.box.get() == "from the phone")


def test_whoever_wants_to_be_left_in_peace_is_notified_of_nothing(
    alice: Person, bob: Peer, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    monkeypatch.setattr(alice.app.notifier, "_deliverer", lambda: Deliverer(shown))
    client = alice.app.client
    assert client.me is not None
    channel_id = bob.direct(client.me.id)
    bob.say("one", channel_id)
    alice.until(lambda: shown == ["one"])
    client.profiles.set_availability(Availability.DO_NOT_DISTURB)
    alice.until(lambda: client.is_left_in_peace)
    bob.say("two", channel_id)
    alice.until(lambda: [row.unread for row in client.channels.directs()] == [2])
    client.profiles.set_availability(Availability.AUTOMATIC)
    alice.until(lambda: not client.is_left_in_peace)
    bob.say("three", channel_id)
    alice.until(lambda: shown == ["one", "three"])


def test_the_header_of_a_conversation_says_who_it_is_with_and_what_they_are_up_to(alice: Person, bob: Peer) -> None:
    bob.request(SetProfile(display_name="Bob 🎸"))
    bob.request(SetStatus(text="🎧 Focusing"))
    alice.app.client.open_direct(bob.user_id)
    header = alice.app.window.conversation.header
    alice.until(lambda: header.name.text == "Bob 🎸" and header._topic.text == "Online · 🎧 Focusing")


def test_the_settings_lead_to_the_profile(alice: Person) -> None:
    alice.app.window.show_settings()
    dialog = alice.dialog()
    assert isinstance(dialog, SettingsDialog)
    dialog._show_profile()
    alice.until(lambda: isinstance(alice.dialog(), ProfileDialog))


class Deliverer:
    """Notes what would be shown."""

    def __init__(self, shown: list[str]) -> None:
        self._shown = shown

    def show(self, note: Note) -> None:
        self._shown.append(note.body)

    def withdraw(self, _channel_id: object) -> None:
        """Nothing is on the screen."""

    def close(self) -> None:
        """Likewise."""
