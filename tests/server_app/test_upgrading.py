"""Upgrading is stop, replace, start: today's server on the data of the first release."""

import hashlib
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config

from server_app.storage.engine import database_url, writing_engine
from server_app.storage.upgrade import MIGRATIONS
from shared.requests import EditMessage, FetchHistory
from shared.types import GENERAL, ChannelId, Rev, Seq, Token, UserId

from ..conftest import ConnectFactory, ServerFactory

ALICE, BOB = UserId(1), UserId(2)
PLANS, DIRECT = ChannelId(2), ChannelId(3)
TOKENS = {ALICE: Token("the-token-of-alice-from-before"), BOB: Token("the-token-of-bob-from-before")}
LONG_AGO, FAR_AHEAD = 1_700_000_000_000, 4_000_000_000_000
"""Milliseconds. A session that was in use far ahead is none that has expired."""

FIRST_HOUSE = f"""
INSERT INTO users (id, name, name_key, role, password_hash, created_at) VALUES
    ({ALICE}, 'alice', 'alice', 'owner', '', {LONG_AGO}), ({BOB}, 'bob', 'bob', 'member', '', {LONG_AGO});
INSERT INTO sessions (user_id, token_hash, device, created_at, last_seen_at) VALUES
    ({ALICE}, '{{alice}}', 'laptop', {LONG_AGO}, {FAR_AHEAD}), ({BOB}, '{{bob}}', '', {LONG_AGO}, {FAR_AHEAD});
INSERT INTO channels (id, kind, name, name_key, pair_key, topic, created_by, created_at, last_seq) VALUES
    ({PLANS}, 'public', 'plans', 'plans', NULL, 'what we will do', {ALICE}, {LONG_AGO}, 2),
    ({DIRECT}, 'direct', '', NULL, '{ALICE}:{BOB}', '', {BOB}, {LONG_AGO}, 1);
INSERT INTO memberships (channel_id, user_id, "left", read_seq) VALUES
    ({PLANS}, {ALICE}, 0, 2), ({PLANS}, {BOB}, 1, 1), ({DIRECT}, {ALICE}, 0, 0), ({DIRECT}, {BOB}, 0, 1);
INSERT INTO messages (channel_id, seq, author_id, client_id, kind, body, created_at) VALUES
    ({PLANS}, 1, {ALICE}, 'client-id-1', 'text', 'first', {LONG_AGO}),
    ({PLANS}, 2, {ALICE}, 'client-id-2', 'text', 'second', {LONG_AGO}),
    ({DIRECT}, 1, {BOB}, 'client-id-1', 'text', 'between us', {LONG_AGO});
"""


@pytest.fixture
def database(tmp_path: Path) -> Path:
    """A database as the first release left it, with something of everything in it."""
    file = tmp_path / "hearth.db"
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    engine = writing_engine(database_url(str(file)))
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.commit()
    engine.dispose()
    with closing(sqlite3.connect(file)) as filling:
        hashes = {
            name: hashlib.sha256(TOKENS[user].encode()).hexdigest() for name, user in (("alice", ALICE), ("bob", BOB))
        }
        filling.executescript(FIRST_HOUSE.format(**hashes))
    return file


def test_a_house_of_the_first_release_goes_on_as_if_nothing_had_happened(
    database: Path, start_server: ServerFactory, connect: ConnectFactory
) -> None:
    app = start_server()
    alice, bob = (connect(app).resume(TOKENS[user]) for user in (ALICE, BOB))
    assert [(user.name, user.rev) for user in alice.snapshot.users] == [("alice", 1), ("bob", 2)]
    assert [(channel.id, channel.last_seq, channel.last_rev) for channel in alice.snapshot.channels] == [
        (GENERAL, 0, 0),
        (PLANS, 2, 0),
        (DIRECT, 1, 0),
    ]
    plans, direct = alice.snapshot.channels[1:]
    assert (plans.name, plans.topic, plans.left_ids, direct.member_ids) == (
        "plans",
        "what we will do",
        (BOB,),
        (ALICE, BOB),
    )
    assert {(read.channel_id, read.seq) for read in bob.snapshot.read_positions} == {(PLANS, 1), (DIRECT, 1)}
    messages = alice.request(FetchHistory(channel_id=PLANS)).messages
    assert [(message.body, message.rev, message.edited_at, message.is_deleted) for message in messages] == [
        ("first", 0, None, False),
        ("second", 0, None, False),
    ]
    assert bob.bodies(DIRECT) == ["between us"]
    # And it goes on: old messages can be edited, new ones follow, newcomers get the next revision.
    alice.request(EditMessage(channel_id=PLANS, seq=Seq(1), body="first of all"))
    assert alice.say("third", PLANS).seq == 3
    assert alice.say("second", PLANS, client_id="client-id-2").seq == 2
    assert connect(app).register("carol").snapshot.me.rev == Rev(3)


def test_the_database_of_before_is_kept_as_it_was(database: Path, start_server: ServerFactory) -> None:
    app = start_server()
    app.stop(5)
    start_server()
    (copy,) = database.parent.glob("*.copy")
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [("0001",)]
        assert connection.execute("SELECT body FROM messages ORDER BY id").fetchall() == [
            ("first",),
            ("second",),
            ("between us",),
        ]
