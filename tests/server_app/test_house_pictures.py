"""Pictures of people and of the house, and its own emoji: on a real server, from the upload to what others see."""

import io

import pytest
from PIL import Image

from shared.entities import CustomEmoji
from shared.errors import Code, Refusal
from shared.events import EmojiAdded, EmojiRemoved, IconChanged, ReactionChanged, UserChanged
from shared.requests import (
    AddEmoji,
    ClearProfile,
    FetchAudit,
    FetchPicture,
    GiveRole,
    RemoveEmoji,
    SendMessage,
    SetAvatar,
    SetIcon,
    SetReaction,
    TimeOutPerson,
)
from shared.rights import ADMIN
from shared.types import GENERAL, AttachmentId, AuditAction, CustomEmojiId, PictureId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer
from ..pictures import moving, picture


def fetched(peer: Peer, found: PictureId) -> Image.Image:
    part = peer.request(FetchPicture(picture=found))
    assert part.size == len(part.data)
    return Image.open(io.BytesIO(part.data))


def test_everybody_sees_what_somebody_wants_to_look_like(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    bob.request(SetAvatar(attachment_id=bob.upload(picture(), "me.png").id))
    heard = alice.next_event(UserChanged)
    assert heard.user.avatar
    shown = fetched(alice, heard.user.avatar)
    assert (shown.format, shown.size) == ("WEBP", (256, 256))
    carol = connect().register("carol")
    assert next(user.avatar for user in carol.snapshot.users if user.name == "bob") == heard.user.avatar
    # The same again, and then none: what nobody shows any more is not given out either.
    bob.request(SetAvatar())
    assert alice.next_event(UserChanged).user.avatar == ""
    with pytest.raises(Refusal, match="no such picture"):
        fetched(carol, heard.user.avatar)


def test_what_is_no_picture_or_not_ones_own_becomes_none(alice: Peer, bob: Peer) -> None:
    text = bob.upload(b"<svg/>", "drawing.png")
    assert (text.width, text.media_type) == (0, "application/octet-stream")
    with pytest.raises(Refusal, match=r"“drawing.png” is no picture that can be shown\. Choose a JPEG"):
        bob.request(SetAvatar(attachment_id=text.id))
    for attachment_id in (alice.upload(picture()).id, AttachmentId(999)):
        with pytest.raises(Refusal, match="no such upload"):
            bob.request(SetAvatar(attachment_id=attachment_id))
    used = bob.upload(picture())
    bob.request(SetAvatar(attachment_id=used.id))
    with pytest.raises(Refusal):
        bob.request(SendMessage(channel_id=GENERAL, client_id="used-already", body="", attachments=(used.id,)))


def test_who_is_timed_out_can_take_their_picture_away_and_no_more(alice: Peer, bob: Peer) -> None:
    mine = bob.upload(picture())
    bob.request(SetAvatar(attachment_id=mine.id))
    other = bob.upload(picture("blue"))
    alice.request(TimeOutPerson(user_id=bob.user_id, seconds=60))
    with pytest.raises(Refusal, match="timed out"):
        bob.request(SetAvatar(attachment_id=other.id))
    bob.request(SetAvatar())


def test_a_picture_that_does_not_fit_the_house_is_taken_away_with_the_profile(alice: Peer, bob: Peer) -> None:
    bob.request(SetAvatar(attachment_id=bob.upload(picture()).id))
    alice.request(ClearProfile(user_id=bob.user_id))
    changes = [alice.next_event(UserChanged).user.avatar for _ in range(2)]
    assert [bool(each) for each in changes] == [True, False]
    assert "picture: taken away" in alice.request(FetchAudit()).entries[0].detail


def test_the_house_has_a_picture_and_the_log_says_who_chose_it(alice: Peer, bob: Peer, connect: ConnectFactory) -> None:
    with pytest.raises(Refusal) as refused:
        bob.request(SetIcon(attachment_id=bob.upload(picture()).id))
    assert refused.value.code is Code.FORBIDDEN
    alice.request(SetIcon(attachment_id=alice.upload(picture()).id))
    heard = bob.next_event(IconChanged)
    assert fetched(bob, heard.icon).size == (256, 256)
    assert connect().register("carol").snapshot.icon == heard.icon
    assert alice.request(FetchAudit()).entries[0].action is AuditAction.ICON_CHANGED
    alice.request(SetIcon())
    assert bob.next_event(IconChanged).icon == ""


def test_an_emoji_of_the_house_is_there_for_all_also_under_messages(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    with pytest.raises(Refusal) as refused:
        bob.request(AddEmoji(name="party", attachment_id=bob.upload(moving()).id))
    assert refused.value.code is Code.FORBIDDEN
    made = alice.request(AddEmoji(name=":Party_Cat:", attachment_id=alice.upload(moving(), "cat.gif").id))
    added = bob.next_event(EmojiAdded).emoji
    assert added == CustomEmoji(made.emoji_id, "party_cat", added.picture, alice.user_id, is_animated=True)
    shown = fetched(bob, added.picture)
    assert (shown.size, getattr(shown, "n_frames", 1)) == ((128, 128), 2)
    seq = alice.say("look :party_cat:").seq
    bob.request(SetReaction(channel_id=GENERAL, seq=seq, emoji=":party_cat:"))
    assert alice.next_event(ReactionChanged).emoji == ":party_cat:"
    with pytest.raises(Refusal, match="no emoji that Hearth knows"):
        bob.request(SetReaction(channel_id=GENERAL, seq=seq, emoji=":party_dog:"))
    carol = connect().register("carol")
    assert carol.snapshot.custom_emoji == (added,)
    # When it goes, what was said with it stays, and can be taken back.
    alice.request(RemoveEmoji(emoji_id=made.emoji_id))
    assert bob.next_event(EmojiRemoved).emoji_id == made.emoji_id
    with pytest.raises(Refusal, match="no emoji that Hearth knows"):
        carol.request(SetReaction(channel_id=GENERAL, seq=seq, emoji=":party_cat:"))
    bob.request(SetReaction(channel_id=GENERAL, seq=seq, emoji=":party_cat:", is_on=False))
    assert not alice.next_event(ReactionChanged).is_on
    alice.request(RemoveEmoji(emoji_id=CustomEmojiId(999)))
    actions = [entry.action for entry in alice.request(FetchAudit()).entries]
    assert actions == [AuditAction.EMOJI_REMOVED, AuditAction.EMOJI_ADDED]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("../x", "made of the letters a–z"),
        ("x", "2 to 32 characters"),
        ("x" * 33, "2 to 32 characters"),
        ("_cat_", "made of the letters a–z"),
        ("дом", "made of the letters a–z"),
        ("thumbsup", ":thumbsup: is 👍 already"),
        ("cat\u202egnp", "made of the letters a–z"),
        ("cat", ":cat: is 🐱 already"),
    ],
)
def test_what_an_emoji_cannot_be_called(alice: Peer, name: str, sentence: str) -> None:
    upload = alice.upload(picture())
    with pytest.raises(Refusal, match=sentence):
        alice.request(AddEmoji(name=name, attachment_id=upload.id))
    # Nothing is lost by it.
    alice.request(AddEmoji(name="house_cat", attachment_id=upload.id))
    with pytest.raises(Refusal, match="There is an emoji :house_cat: already"):
        alice.request(AddEmoji(name="house_cat", attachment_id=alice.upload(picture("blue")).id))


def test_pictures_outlive_a_restart_and_what_is_not_shown_does_not(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    house = start_server()
    alice = connect(house).register("alice")
    bob = connect(house).register("bob")
    alice.request(GiveRole(user_id=bob.user_id, role_id=ADMIN))
    alice.request(SetIcon(attachment_id=alice.upload(picture("green")).id))
    bob.request(AddEmoji(name="party", attachment_id=bob.upload(moving()).id))
    bob.request(SetAvatar(attachment_id=bob.upload(picture("blue")).id))
    again = connect(house).log_in("bob").snapshot
    shown = (again.icon, again.me.avatar, *(each.picture for each in again.custom_emoji))
    assert all(shown)
    house.stop()
    back = connect(start_server()).log_in("bob")
    assert (back.snapshot.icon, back.snapshot.me.avatar, *(e.picture for e in back.snapshot.custom_emoji)) == shown
    for each in shown:
        assert fetched(back, each).format == "WEBP"
