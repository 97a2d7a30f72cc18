"""Who may send files, where, how large and how many; and who may get them."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from shared.entities import Override
from shared.errors import Code, Refusal
from shared.events import MessagePosted
from shared.limits import MEBIBYTE
from shared.requests import (
    AddMember,
    ArchiveChannel,
    BeginUpload,
    ChangeChannel,
    CreateChannel,
    FetchFile,
    Forward,
    LeaveChannel,
    ListReports,
    RemoveMember,
    ReportMessage,
    RevealMessage,
    SendMessage,
    SetBlock,
    SetPolicy,
    TimeOutPerson,
)
from shared.rights import MEMBER
from shared.types import GENERAL, BlockKind, ChannelId, Permission, Seq

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer


def refusal(ask: Callable[[], object]) -> Refusal:
    with pytest.raises(Refusal) as refused:
        ask()
    return refused.value


def begin(size: int, name: str = "notes.txt") -> BeginUpload:
    return BeginUpload(name=name, size=size, sha256=hashlib.sha256(name.encode()).hexdigest())


def passing_on(seq: Seq, to: ChannelId = GENERAL, source: ChannelId = GENERAL) -> SendMessage:
    forward = Forward(channel_id=source, seq=seq)
    return SendMessage(channel_id=to, client_id=f"client-id-{to}-{seq}", body="x", forward_of=forward)


def test_a_file_is_for_those_who_see_its_channel_at_that_moment(alice: Peer, bob: Peer, carol: Peer) -> None:
    channel_id = alice.request(CreateChannel(name="plans", private=True)).channel_id
    file = alice.upload(b"secret")
    seq = alice.say_with(file, channel_id=channel_id)
    elsewhere = alice.say("here").seq
    bob.request(LeaveChannel(channel_id=alice.request(CreateChannel(name="other")).channel_id))
    unknown = refusal(lambda: bob.fetch(seq, file.id, ChannelId(987654)))
    assert refusal(lambda: bob.fetch(seq, file.id, channel_id)).message == unknown.message
    assert refusal(lambda: bob.fetch(elsewhere, file.id)).code is Code.NOT_FOUND, "through another message"
    alice.request(AddMember(channel_id=channel_id, user_id=bob.user_id))
    assert bob.fetch(seq, file.id, channel_id) == b"secret"
    alice.request(RemoveMember(channel_id=channel_id, user_id=bob.user_id))
    assert refusal(lambda: bob.fetch(seq, file.id, channel_id)).message == unknown.message
    past_the_end = alice.request(FetchFile(channel_id=channel_id, seq=seq, attachment_id=file.id, offset=10**9))
    assert (past_the_end.data, past_the_end.size) == (b"", 6)


def test_what_a_blocked_person_sends_is_hidden_with_its_files_until_it_is_revealed(alice: Peer, bob: Peer) -> None:
    alice.request(SetBlock(user_id=bob.user_id, kind=BlockKind.BLOCK))
    file = bob.upload(b"spam", "spam.txt")
    seq = bob.say_with(file)
    told = alice.next_event(MessagePosted).message
    assert (told.is_hidden, told.attachments) == (True, ())
    assert alice.newest().attachments == ()
    assert alice.request(RevealMessage(channel_id=GENERAL, seq=seq)).message.attachments == (file,)
    assert alice.fetch(seq, file.id) == b"spam"


def test_a_channel_can_deny_files_to_a_role_and_whoever_may_not_write_sends_none(alice: Peer, bob: Peer) -> None:
    channel_id = alice.request(CreateChannel(name="words-only")).channel_id
    deny = (Override(MEMBER, deny=(Permission.ATTACH_FILES,)),)
    alice.request(ChangeChannel(channel_id=channel_id, overrides=deny))
    file = bob.upload(b"hello")
    assert "may not send files" in refusal(lambda: bob.say_with(file, channel_id=channel_id)).message
    bob.say("words", channel_id)
    seq = alice.say_with(alice.upload(b"hers"))
    assert refusal(lambda: bob.request(passing_on(seq, channel_id))).code is Code.FORBIDDEN
    alice.request(ChangeChannel(channel_id=channel_id, overrides=(), is_read_only=True))
    assert "read-only" in refusal(lambda: bob.say_with(file, channel_id=channel_id)).message
    alice.request(ChangeChannel(channel_id=channel_id, is_read_only=False))
    alice.request(ArchiveChannel(channel_id=channel_id))
    assert "archived" in refusal(lambda: bob.say_with(file, channel_id=channel_id)).message
    bob.say_with(file)


def test_whoever_is_timed_out_begins_and_finishes_nothing(alice: Peer, bob: Peer) -> None:
    upload_id = bob.begin_upload(b"hello")
    file = bob.upload(b"before")
    alice.request(TimeOutPerson(user_id=bob.user_id, seconds=3600))
    assert refusal(lambda: bob.request(begin(5))).code is Code.FORBIDDEN
    assert refusal(lambda: bob.send_chunks(upload_id, b"hello")).code is Code.FORBIDDEN
    assert refusal(lambda: bob.say_with(file)).code is Code.FORBIDDEN
    alice.request(TimeOutPerson(user_id=bob.user_id, seconds=0))
    bob.send_chunks(upload_id, b"hello")
    bob.say_with(file)


def test_a_word_that_may_not_be_said_may_not_name_a_file_either(alice: Peer, bob: Peer) -> None:
    alice.request(SetPolicy(filtered_words=("swearword",)))
    file = bob.upload(b"hello", "swearword.txt")
    assert "“swearword”" in refusal(lambda: bob.say_with(file)).message
    direct = bob.direct(alice.user_id)
    seq = bob.say_with(file, channel_id=direct)
    assert refusal(lambda: alice.request(passing_on(seq, source=direct))).code is Code.FORBIDDEN


def test_whoever_passes_a_message_on_passes_on_its_files_and_adds_none(alice: Peer, bob: Peer, carol: Peer) -> None:
    direct = alice.direct(bob.user_id)
    files = [alice.upload(b"%d" % number, f"{number}.txt") for number in range(2)]
    seq = alice.say_with(*files, body="both", channel_id=direct)
    there = bob.request(passing_on(seq, source=direct)).seq
    passed_on = carol.newest()
    assert (passed_on.body, passed_on.forwarded_from) == ("both", alice.user_id)
    assert [(each.name, each.sha256) for each in passed_on.attachments] == [(each.name, each.sha256) for each in files]
    assert [carol.fetch(there, each.id) for each in passed_on.attachments] == [b"0", b"1"]
    assert refusal(lambda: carol.fetch(there, files[0].id)).code is Code.NOT_FOUND, "the first ones are elsewhere"
    extra = alice.upload(b"extra")
    with_more = SendMessage(
        channel_id=GENERAL,
        client_id="client-id-more",
        body="x",
        forward_of=Forward(channel_id=direct, seq=seq),
        attachments=(extra.id,),
    )
    assert refusal(lambda: alice.request(with_more)).code is Code.BAD_REQUEST


def test_a_report_tells_which_files_a_message_held(alice: Peer, bob: Peer) -> None:
    bob.say_with(bob.upload(b"foul", "foul.txt"), bob.upload(b"more", "more.txt"), body="look")
    bob.say_with(bob.upload(b"foul", "only.txt"))
    bob.say_with(*(bob.upload(b"foul", f"{number}.txt".rjust(255, "x")) for number in range(10)), body="w" * 4000)
    for seq in (1, 2, 3):
        alice.request(ReportMessage(channel_id=GENERAL, seq=seq))
    last, second, first = alice.request(ListReports()).reports
    assert first.body == "look\n📎 foul.txt\n📎 more.txt"
    assert second.body == "📎 only.txt"
    assert (len(last.body), last.body.count("📎"), last.body[:1000]) == (4000, 10, "w" * 1000)


def test_what_is_too_large_or_empty_is_refused_before_a_byte_comes(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    alice = connect(start_server(tls=False, max_file_size=3 * MEBIBYTE)).register("alice")
    assert alice.snapshot.max_file_size == 3 * MEBIBYTE
    too_large = refusal(lambda: alice.request(begin(3 * MEBIBYTE + 1)))
    assert (too_large.code, "Files may have 3 MB here" in too_large.message) == (Code.BAD_REQUEST, True)
    assert "empty" in refusal(lambda: alice.request(begin(0))).message
    alice.request(begin(3 * MEBIBYTE))


def test_the_files_of_one_person_have_so_much_room_and_no_more(
    start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server(tls=False, quota=1000)
    alice, bob = connect(app).register("alice"), connect(app).register("bob")
    alice.say_with(alice.upload(bytes(600)))
    upload_id = alice.begin_upload(b"x" * 400)
    full = refusal(lambda: alice.request(begin(1)))
    assert (full.code, "have 600 bytes already" in full.message) == (Code.FORBIDDEN, True)
    alice.send_chunks(upload_id, b"x" * 400)
    assert refusal(lambda: alice.request(passing_on(1))).code is Code.FORBIDDEN, "it would be hers a second time"
    assert bob.request(passing_on(1)).seq == 2
    assert refusal(lambda: bob.request(begin(500))).code is Code.FORBIDDEN
    unlimited = connect(start_server(tls=False, quota=0, database=str(Path(app.settings.database).with_name("b.db"))))
    unlimited.register("alice").say_with(unlimited.upload(bytes(5000)))
