"""What people tell of themselves, what is taken away from them, and what others write down about them."""

import pytest

from server_app import housekeeper
from server_app.app import App
from server_app.clock import Clock, passing, wall
from server_app.directory import PEOPLE_BUDGET
from shared.codec import encode
from shared.entities import PersonStatus, Status
from shared.errors import Code
from shared.events import StatusSet, UserChanged
from shared.requests import (
    ClearProfile,
    FetchAudit,
    FetchProfile,
    GiveRole,
    Register,
    RemoveBlock,
    SetBlock,
    SetNote,
    SetPolicy,
    SetProfile,
    SetStatus,
    TimeOutPerson,
)
from shared.rights import MODERATOR
from shared.types import AuditAction, BlockKind, UserId

from ..conftest import ConnectFactory, ServerFactory
from ..peer import PASSWORD, Peer
from .rooms import FREE, refusal


@pytest.fixture
def server(start_server: ServerFactory) -> App:
    return start_server(limits=FREE)


# --- status -----------------------------------------------------------------------------------------------------------


def test_a_status_is_told_to_everybody_at_once_and_to_whoever_comes_later(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    bob.request(SetStatus(text="  🍽️ at   lunch ", seconds=60))
    told = alice.next_event(StatusSet)
    assert told.user_id == bob.user_id
    assert told.status is not None
    assert told.status.text == "🍽️ at lunch"
    assert told.status.until is not None
    assert connect().register("carol").snapshot.statuses == (PersonStatus(bob.user_id, told.status),)
    bob.request(SetStatus(text=""))
    assert alice.next_event(StatusSet) == StatusSet(bob.user_id)
    assert connect().register("dora").snapshot.statuses == ()


def test_a_status_ends_by_itself(
    monkeypatch: pytest.MonkeyPatch, start_server: ServerFactory, connect: ConnectFactory
) -> None:
    monkeypatch.setattr(housekeeper, "STATUSES_SECONDS", 0.05)
    passed = [0]
    monkeypatch.setattr(
        "server_app.app.Clock", lambda: Clock(lambda: wall() + passed[0], lambda: passing() + passed[0])
    )
    app = start_server()
    alice, bob = connect(app).register("alice"), connect(app).register("bob")
    bob.request(SetStatus(text="back in an hour", seconds=3600))
    assert alice.next_event(StatusSet).status is not None
    passed[0] = 3_601_000
    assert alice.next_event(StatusSet) == StatusSet(bob.user_id)


def test_a_status_of_ten_thousand_characters_is_refused_in_a_sentence(alice: Peer) -> None:
    refused = refusal(alice, SetStatus(text="x" * 10_000))
    assert refused == (Code.BAD_REQUEST, "“text” has at most 128 characters.")


def test_whoever_blocks_somebody_sees_no_status_of_theirs_until_that_is_over(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory
) -> None:
    bob.request(SetStatus(text="rubbish"))
    status = alice.next_event(StatusSet).status
    alice.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    assert alice.next_event(StatusSet) == StatusSet(bob.user_id), "what she was told is taken back"
    carol.request(SetStatus(text="fine"))
    assert alice.next_event(StatusSet).user_id == carol.user_id
    assert [each.user_id for each in connect().resume(alice.token).snapshot.statuses] == [carol.user_id]
    alice.request(RemoveBlock(user_id=bob.user_id))
    assert alice.next_event(StatusSet) == StatusSet(bob.user_id, status)
    assert len(connect().resume(alice.token).snapshot.statuses) == 2


def test_statuses_that_have_no_room_in_a_frame_are_left_out_and_everybody_comes_in(
    alice: Peer, server: App, connect: ConnectFactory
) -> None:
    many = [StatusSet(UserId(number), Status("x" * 128)) for number in range(10, 9000)]
    for each in many:
        server._directory._set_status(each.user_id, each.status)
    snapshot = connect().resume(alice.token).snapshot
    assert 0 < len(snapshot.statuses) < len(many)
    assert snapshot.statuses[-1].user_id == many[-1].user_id, "the newest are there"


# --- names ------------------------------------------------------------------------------------------------------------


def test_what_somebody_is_called_is_told_as_a_change_of_the_person(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    bob.request(SetProfile(display_name=" Bob   Smith ✓ ", pronouns="he/him", about="Likes\nboats."))
    told = alice.next_event(UserChanged).user
    assert (told.id, told.name, told.display_name, told.shown_name) == (
        bob.user_id,
        "bob",
        "Bob Smith ✓",
        "Bob Smith ✓",
    )
    profile = alice.request(FetchProfile(user_id=bob.user_id))
    assert (profile.pronouns, profile.about) == ("he/him", "Likes\nboats.")
    assert told in connect().register("carol").snapshot.users
    bob.request(SetProfile(about="Likes boats."))
    assert not alice.heard(UserChanged), "what is asked for is not told to everybody"
    assert alice.request(FetchProfile(user_id=bob.user_id)).pronouns == "he/him"


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("x" * 41, "A display name has at most 40 characters; this one has 41."),
        ("bob\u202egnp", "A display name is made of characters that can be seen."),
        ("b\u0000b", "A display name is made of characters that can be seen."),
        ("b\u200bob", "A display name is made of characters that can be seen."),
        ("!!!", "A display name needs at least one letter or digit."),
        ("Z" + "\u0301" * 6, "A display name may not pile up marks on one letter."),
        ("A L I C E", "“A L I C E” is somebody else’s name, or looks like it. Choose another."),
        ("аlice", "“аlice” is somebody else’s name, or looks like it. Choose another."),
    ],
)
def test_a_display_name_that_hides_something_or_poses_as_somebody_is_refused(
    alice: Peer, bob: Peer, name: str, sentence: str
) -> None:
    assert refusal(bob, SetProfile(display_name=name))[1] == sentence
    assert not alice.heard(UserChanged)


def test_one_may_look_like_oneself_and_nobody_can_take_the_name_that_one_is_called_by(
    alice: Peer, bob: Peer, connect: ConnectFactory
) -> None:
    alice.request(SetProfile(display_name="Alice"))
    bob.request(SetProfile(display_name="Robert Smith"))
    assert refusal(alice, SetProfile(display_name="robert-smith"))[0] is Code.CONFLICT
    taken = Register(name="robertsmith", password=PASSWORD, device="test")
    assert refusal(connect(), taken)[0] is Code.CONFLICT
    bob.request(SetProfile(display_name=""))
    alice.request(SetProfile(display_name="robert-smith"))


def test_people_whose_names_have_no_room_in_a_frame_come_by_the_others(
    alice: Peer, server: App, connect: ConnectFactory
) -> None:
    everybody = server._directory._users
    me = everybody[alice.user_id]
    for number in range(10, 4500):
        everybody[UserId(number)] = type(me)(
            id=UserId(number), name=f"p{number}", role_id=me.role_id, created_at=0, rev=0, display_name="𝔛" * 40
        )
    server._directory._encoded_users = None
    users = connect().log_in("alice").snapshot.users
    assert len(users) > 4000
    assert len(encode(users)) < PEOPLE_BUDGET


# --- what is not welcome ----------------------------------------------------------------------------------------------


def test_whoever_is_timed_out_can_only_take_away_what_they_tell(alice: Peer, bob: Peer) -> None:
    bob.request(SetStatus(text="fine"))
    alice.request(TimeOutPerson(user_id=bob.user_id, seconds=60))
    for request in (SetStatus(text="rubbish"), SetProfile(display_name="rubbish"), SetProfile(about="rubbish")):
        assert refusal(bob, request)[0] is Code.FORBIDDEN
    bob.request(SetStatus(text=""))


def test_the_word_filter_holds_for_what_people_tell_of_themselves(alice: Peer, bob: Peer) -> None:
    alice.request(SetPolicy(filtered_words=("rubbish",)))
    for request in (SetStatus(text="such rubbish"), SetProfile(display_name="Rubbish"), SetProfile(about="rubbish!")):
        assert refusal(bob, request)[0] is Code.FORBIDDEN


def test_a_profile_is_cleared_by_who_may_time_people_out_and_the_log_keeps_what_it_said(
    alice: Peer, bob: Peer, carol: Peer
) -> None:
    bob.request(SetProfile(display_name="Rude", pronouns="rude", about="rude\nwords"))
    bob.request(SetStatus(text="rude, too"))
    assert refusal(carol, ClearProfile(user_id=bob.user_id))[0] is Code.FORBIDDEN
    alice.request(GiveRole(user_id=carol.user_id, role_id=MODERATOR))
    carol.request(ClearProfile(user_id=bob.user_id))
    assert [each.user.display_name for each in alice.heard(UserChanged) if each.user.id == bob.user_id][-1] == ""
    assert alice.heard(StatusSet)[-1] == StatusSet(bob.user_id)
    profile = alice.request(FetchProfile(user_id=bob.user_id))
    assert (profile.pronouns, profile.about) == ("", "")
    entry = alice.request(FetchAudit()).entries[0]
    assert (entry.action, entry.actor_id, entry.user_id) == (AuditAction.PROFILE_CLEARED, carol.user_id, bob.user_id)
    assert entry.detail == "display name: Rude; pronouns: rude; about: rude words; status: rude, too"
    carol.request(ClearProfile(user_id=bob.user_id))
    assert alice.request(FetchAudit()).entries[0].id == entry.id, "where nothing was, nothing was taken away"


# --- notes ------------------------------------------------------------------------------------------------------------


def test_a_note_is_for_whoever_wrote_it_on_all_of_their_devices(
    alice: Peer, bob: Peer, carol: Peer, connect: ConnectFactory
) -> None:
    alice.request(SetNote(user_id=bob.user_id, text=" owes me a coffee\n"))
    ask = FetchProfile(user_id=bob.user_id)
    assert alice.request(ask).note == connect().log_in("alice").request(ask).note == "owes me a coffee"
    assert bob.request(ask).note == carol.request(ask).note == ""
    alice.request(SetNote(user_id=bob.user_id, text=""))
    assert alice.request(ask).note == ""


def test_there_is_no_note_and_no_profile_of_nobody(alice: Peer) -> None:
    for request in (SetNote(user_id=UserId(99), text="x"), FetchProfile(user_id=UserId(99))):
        assert refusal(alice, request)[1] == "There is no such person."
