"""Pictures of people and of the house, and its emoji, in a real window on a real server."""

from pathlib import Path

import pytest
from PIL import Image, ImageTk

from client_app.core.actions import complete
from client_app.desktop.administration import emoji as emoji_page
from client_app.desktop.administration.emoji import EmojiDialog, EmojiPage
from client_app.desktop.administration.overview import OverviewPage
from client_app.desktop.administration.section import Administration
from client_app.desktop.dialogs.crop import CropDialog
from client_app.desktop.dialogs.profile import ProfileDialog
from client_app.desktop.emoji import EmojiImages
from client_app.desktop.emoji_picker.cells import HOUSE, RECENT, Section, sections
from client_app.desktop.message_list.hits import hit
from client_app.desktop.message_list.row import Row
from client_app.desktop.people.faces import Faces
from client_app.desktop.text.pieces import Kind
from client_app.desktop.widgets import picture_chooser
from server_app.app import App
from shared.requests import AddEmoji, GiveRole, RemoveEmoji, SetAvatar, SetBlock
from shared.rights import ADMIN
from shared.types import GENERAL, BlockKind, Permission, UserId
from tests.conftest import ConnectFactory
from tests.peer import Peer
from tests.pictures import moving, picture

from .conftest import OpenWindow
from .person import Person

RED, BLUE = (255, 0, 0), (0, 0, 255)


@pytest.fixture
def bob(server: App, connect: ConnectFactory) -> Peer:
    """The owner, so that alice may do what members may."""
    return connect().register("bob")


@pytest.fixture
def alice(bob: Peer, server: App, open_window: OpenWindow) -> Person:
    alice = open_window(server).come_in("alice")
    alice.until(lambda: alice.app.client.roster.named("bob"))
    return alice


def is_seen_as(person: Person, user_id: UserId, color: tuple[int, int, int]) -> bool:
    """Whether every disc of somebody that the window shows has this colour in its middle."""
    photos = [photo for face, photo in person.app.root.only(Faces)._photos.items() if face.user_id == user_id]
    return bool(photos) and all(_is_near(photo, color) for photo in photos)


def _is_near(photo: ImageTk.PhotoImage, color: tuple[int, int, int]) -> bool:
    pixel = ImageTk.getimage(photo).convert("RGB").getpixel((photo.width() // 2, photo.height() // 2))
    assert isinstance(pixel, tuple)
    return all(abs(one - other) < 16 for one, other in zip(pixel, color, strict=True))


def test_people_are_seen_as_they_want_to_be_wherever_the_window_shows_them(alice: Person, bob: Peer) -> None:
    bob.say("hello")
    alice.until_last_is("hello")
    assert not is_seen_as(alice, bob.user_id, RED)
    bob.request(SetAvatar(attachment_id=bob.upload(picture("red"), "me.png").id))
    alice.until(lambda: is_seen_as(alice, bob.user_id, RED))
    bob.request(SetAvatar(attachment_id=bob.upload(picture("blue"), "me.png").id))
    alice.until(lambda: is_seen_as(alice, bob.user_id, BLUE))
    # Nothing of those whom one blocks, until one does so no more.
    alice.app.client.ask(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    alice.until(lambda: not is_seen_as(alice, bob.user_id, BLUE))
    alice.app.client.unblock(bob.user_id)
    alice.until(lambda: is_seen_as(alice, bob.user_id, BLUE))
    bob.request(SetAvatar())
    alice.until(lambda: not is_seen_as(alice, bob.user_id, BLUE))


def test_one_chooses_a_picture_of_oneself_and_takes_it_away(
    alice: Person, bob: Peer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    me = alice.app.client.me
    assert me is not None
    Image.new("RGB", (900, 500), "red").save(tmp_path / "me.jpg")
    (tmp_path / "drawing.png").write_text("<svg/>")
    chosen: list[Path | None] = [tmp_path / "gone.png", tmp_path / "drawing.png", tmp_path / "me.jpg"]
    monkeypatch.setattr(picture_chooser, "ask_for_picture", lambda *_: chosen.pop(0))
    alice.app.window.show_own_profile()
    dialog = alice.dialog()
    assert isinstance(dialog, ProfileDialog)
    assert not dialog.picture.remove.winfo_manager()
    for sentence in ("“gone.png” is not there any more", "“drawing.png” is no picture that can be shown"):
        dialog.picture.ask()
        alice.until(lambda sentence=sentence: sentence in str(dialog._error.cget("text")))  # type: ignore[misc]  # a lambda
    dialog.picture.ask()
    alice.until(lambda: isinstance(alice.dialog(), CropDialog))
    crop = alice.dialog()
    assert isinstance(crop, CropDialog)
    alice.until(lambda: crop.is_drawn)
    crop.confirm()
    alice.until(lambda: not crop.winfo_exists())
    assert dialog.picture.words == "On its way…"
    assert alice.app.root.grab_current() is dialog, "it is alone with the keyboard again"
    alice.until(lambda: dialog.picture.remove.winfo_manager() and is_seen_as(alice, me.id, RED))
    dialog.picture.remove.invoke()
    alice.until(lambda: not dialog.picture.remove.winfo_manager() and not is_seen_as(alice, me.id, RED))
    dialog.cancel()


def test_emoji_of_the_house_are_pictures_in_text_in_reactions_and_wherever_one_chooses(
    alice: Person, bob: Peer
) -> None:
    client, images = alice.app.client, alice.app.root.only(EmojiImages)
    bob.say("look :party_cat: there, and :party_dog: not, nor in `:party_cat:`")
    bob.say(":party_cat:")
    alice.until_last_is(":party_cat:")
    made = bob.request(AddEmoji(name="party_cat", attachment_id=bob.upload(moving(), "cat.gif").id))
    alice.until(lambda: pictures_in(alice) == [[":party_cat:"], [":party_cat:"]])
    assert (row_of(alice, 2).body[0].line.scale, row_of(alice, 1).body[0].line.scale) == (1, 2)
    messages = alice.app.window.conversation.messages
    painted = messages.painted[max(messages.painted)]
    at = (painted.row.text_x + 5, painted.y + painted.row.body[0].y + 5)
    assert hit(painted, *at, messages.typesetter, messages.painter).hint == ":party_cat:"
    seq = alice.entries[-1].seq
    assert seq is not None
    client.react(GENERAL, seq, ":party_cat:")
    alice.until(lambda: alice.entries[-1].reactions)
    assert images.has(":party_cat:")
    assert next(item.label for item in complete(client, "so :par", 7).items) == "party_cat"
    assert sections("", (), 0, client.pictures.names())[0] == Section(HOUSE, (":party_cat:",))
    assert sections("cat", (), 0, client.pictures.names())[0].emoji[0] == ":party_cat:"
    bob.request(RemoveEmoji(emoji_id=made.emoji_id))
    alice.until(lambda: pictures_in(alice) == [[], []])
    assert sections("", (":party_cat:",), 0, client.pictures.names())[0].title == RECENT


def row_of(person: Person, back: int) -> Row:
    painted = person.app.window.conversation.messages.painted
    return painted[sorted(painted)[-back]].row


def pictures_in(person: Person) -> list[list[str]]:
    """What is drawn as a picture in the texts of the last two messages."""
    return [
        [run.text for placed in row_of(person, back).body for run in placed.line.runs if run.kind is Kind.EMOJI]
        for back in (2, 1)
    ]


def test_those_who_keep_the_house_give_it_a_picture_and_emoji(
    bob: Peer, server: App, open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    carol = open_window(server, "carol").come_in("carol")
    me = carol.app.client.me
    assert me is not None
    bob.request(GiveRole(user_id=me.id, role_id=ADMIN))
    Image.new("RGB", (90, 50), "red").save(tmp_path / "Party Cat!.png")
    for module in (picture_chooser, emoji_page):
        monkeypatch.setattr(module, "ask_for_picture", lambda *_: tmp_path / "Party Cat!.png")
    carol.until(lambda: carol.app.client.may(Permission.MANAGE_EMOJI))
    carol.app.window.show_administration("overview")
    section = next(child for child in carol.app.root.winfo_children() if isinstance(child, Administration))
    overview = section.page
    assert isinstance(overview, OverviewPage)
    overview.picture.ask()
    carol.until(lambda: isinstance(carol.dialog(), CropDialog))
    crop = carol.dialog()
    assert crop is not None
    crop.confirm()
    carol.until(lambda: overview.outcome == "This server has a picture." and is_seen_as(carol, UserId(-1), RED))
    carol.until(overview.picture.remove.winfo_manager)
    section.show("emoji")
    page = section.page
    assert isinstance(page, EmojiPage)
    assert page.words.startswith("There are none yet.")
    dialog = page.ask()
    assert isinstance(dialog, EmojiDialog)
    assert dialog.name.get() == "party_cat"
    for name, sentence in (("../x", "made of the letters"), ("cat", "already")):
        dialog.name.set(name)
        dialog.confirm()
        assert sentence in str(dialog._error.cget("text"))
    dialog.name.set(":Party_Cat:")
    dialog.confirm()
    carol.until(lambda: page.outcome == "The emoji party_cat is there: everybody can use it.")
    carol.until(page.rows)
    page.choose(page.rows()[0].key)
    page.panel.buttons["Remove…"].invoke()
    asking = carol.dialog()
    assert asking is not None
    asking.confirm()
    carol.until(lambda: not page.rows())
    section.close()
    carol.until(carol.app.window.sidebar._icon.winfo_manager)
