"""Search: all that one may read is found, by its words and by what else is asked, and nothing else."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from server_app.app import App
from server_app.context import Context
from server_app.limits import Limits
from server_app.services.channel_rules import remove_leftovers
from server_app.services.search import index_messages, search, tidy_index
from server_app.storage.roles import standings
from server_app.storage.search import walk
from shared.entities import Override
from shared.errors import Code, Refusal
from shared.requests import (
    AddMember,
    ChangeChannel,
    CreateChannel,
    DeleteChannel,
    DeleteMessage,
    EditMessage,
    Found,
    PurgeMessages,
    RemoveMember,
    Search,
    SearchOrder,
    SetBlock,
    SetPin,
)
from shared.rights import MEMBER
from shared.types import GENERAL, BlockKind, ChannelId, Permission

from ..conftest import ConnectFactory, ServerFactory
from ..peer import Peer


def find(peer: Peer, query: str, channel_id: ChannelId | None = None, **more: object) -> Found:
    return peer.request(Search(query=query, channel_id=channel_id, **more))  # type: ignore[arg-type]  # as Search has it


def bodies(peer: Peer, query: str, channel_id: ChannelId | None = None, **more: object) -> list[str]:
    return [hit.message.body for hit in find(peer, query, channel_id, **more).hits]


def index(app: App) -> None:
    """Have all that was said in the index."""
    while app.run_errand("index", index_messages):
        pass


@pytest.fixture
def server(start_server: ServerFactory) -> App:
    """One whose index is filled by the tests alone, and that may be asked much."""
    app = start_server(limits=Limits().without_rates_and_caps())
    app._housekeeper.stop(5)
    return app


@pytest.fixture(params=["in the index", "not in the index yet"])
def settled(request: pytest.FixtureRequest, server: App) -> Callable[[], None]:
    """Whether the index has what was said or not, everything is found alike."""
    return (lambda: index(server)) if request.param == "in the index" else (lambda: None)


def test_words_are_found_by_their_beginning_whatever_case_and_accents(
    alice: Peer, bob: Peer, settled: Callable[[], None]
) -> None:
    said = [
        "Die Straße nach Łódź",
        "un CAFÉ noir",
        "来週東京都へ",
        "한국어로 말해요",
        "हिन्दी किताब",
        "yay🎉!",
        "the quick, fox",
    ]
    for text in said:
        alice.say(text)
    settled()
    for query, number in {
        "strasse": 0,
        "LODZ stras": 0,
        "cafe": 1,
        "café noi": 1,
        "東京": 2,
        "京": 2,
        "都へ": 2,
        "국어": 3,
        "किताब": 4,
        "🎉": 5,
        '"quick fox"': 6,
        "QUICK-FOX": 6,
        "qui the": 6,
    }.items():
        assert bodies(bob, query) == [said[number]], query
    for query in ("trasse", '"quick fo"', '"fox quick"', "東都", "caf noir road", "q"):
        assert bodies(bob, query) == [], query
    hit = find(bob, "quick the").hits[0]
    assert hit.marks == ((0, 3), (4, 5))
    assert find(bob, "strasse").hits[0].marks == ((4, 6),)


def test_filters_say_who_where_when_and_what_else(alice: Peer, bob: Peer, settled: Callable[[], None]) -> None:
    plans = alice.request(CreateChannel(name="plans", topic="")).channel_id
    alice.say("the plan is here", plans)
    bob.say("my plan: https://example.org", plans)
    bob.say("plan of @alice in general")
    alice.request(SetPin(channel_id=plans, seq=1, is_on=True))
    direct = alice.direct(bob.user_id)
    alice.say("plan between us", direct)
    settled()
    for query, expected in {
        "plan": ["plan between us", "plan of @alice in general", "my plan: https://example.org", "the plan is here"],
        "plan from:bob": ["plan of @alice in general", "my plan: https://example.org"],
        "from:ME plan": ["plan between us", "the plan is here"],
        "from:bob from:@alice in:#plans plan": ["my plan: https://example.org", "the plan is here"],
        "in:plans": ["my plan: https://example.org", "the plan is here"],
        "in:@bob plan": ["plan between us"],
        "has:link": ["my plan: https://example.org"],
        "is:pinned": ["the plan is here"],
        "mentions:alice": ["plan of @alice in general"],
        "plan on:today in:general": ["plan of @alice in general"],
        "plan before:today": [],
        "plan after:today": [],
        "in:plans after:2020-01-31 before:2999": ["my plan: https://example.org", "the plan is here"],
        "plan on:1999-12": [],
    }.items():
        assert bodies(alice, query) == expected, query
    assert bodies(alice, "plan", plans) == ["my plan: https://example.org", "the plan is here"]
    assert bodies(bob, "from:me between") == []


def test_files_are_found_by_name_and_by_kind(alice: Peer, bob: Peer, settled: Callable[[], None]) -> None:
    notes = alice.upload(b"hello", "Minutes of März.txt")
    alice.say_with(notes)
    alice.say("no file here")
    settled()
    assert [hit.message.seq for hit in find(bob, "has:file").hits] == [1]
    hit = find(bob, "marz minutes").hits[0]
    assert hit.message.attachments[0].name == "Minutes of März.txt"
    assert hit.marks == ()
    assert find(bob, "has:image").hits == ()
    assert find(bob, '"minutes of" has:file from:alice').hits == (hit,)
    alice.request(DeleteMessage(channel_id=GENERAL, seq=1))
    assert find(bob, "has:file").hits == find(bob, "marz").hits == ()


def test_what_makes_no_sense_is_told_or_is_words(alice: Peer, settled: Callable[[], None]) -> None:
    alice.say("NEAR me: foo:bar and “it’s”; drop table messages")
    settled()
    for query in (
        "NEAR",
        "foo:bar",
        '"it\'s"',
        "'; DROP TABLE messages; --",
        "near (foo bar)",
        "AND (bar) OR"[:9],
        "me*",
    ):
        assert len(find(alice, query).hits) == 1, query
    for query in ('"', "*", "(", "", "   ", "^-:", '""', "from:", "in:  "):
        found = find(alice, query)
        assert (found.hits, found.sentence) == (
            (),
            "Type a word, or the beginning of one. Signs alone are not searched for.",
        )
    for query, sentence in {
        "from:nobody": "There is nobody named “nobody” here.",
        "in:#nowhere": "There is no channel “nowhere” here that you can search.",
        "has:fish": "“has:fish” is not known. Try has:file, has:image or has:link.",
        "is:blue": "“is:blue” is not known. Try is:pinned.",
        "on:2026-02-30": "“2026-02-30” is no day. Try on:2026-03-21, on:2026-03 or on:today.",
    }.items():
        assert find(alice, query).sentence == sentence
    with pytest.raises(Refusal) as refused:
        find(alice, "x" * 4000)
    assert refused.value.message == "Search for at most 512 characters at once; these are 4,000."
    assert find(alice, "a b " * 128).hits == ()
    assert find(alice, "x" * 512).hits == ()


def test_what_changes_is_found_as_it_is_now(alice: Peer, bob: Peer, server: App) -> None:
    bob.request(Search(query="x"))
    alice.say("apple banana")
    alice.say("apple cherry")
    index(server)
    alice.request(EditMessage(channel_id=GENERAL, seq=1, body="avocado banana"))
    alice.request(DeleteMessage(channel_id=GENERAL, seq=2))

    def is_right() -> None:
        assert bodies(bob, "apple") == []
        assert bodies(bob, "cherry") == []
        assert bodies(bob, "avocado") == ["avocado banana"]
        assert bodies(bob, "banana") == ["avocado banana"]

    is_right()
    index(server)
    is_right()
    assert not terms(server) & {"apple", "cherry"}
    assert {"avocado", "banana"} <= terms(server)
    bob.say("damson")
    index(server)
    alice.request(PurgeMessages(user_id=bob.user_id, hours=1))
    assert bodies(bob, "damson") == []
    index(server)
    assert "damson" not in terms(server)


def terms(app: App) -> set[str]:
    """The words that the index knows of anything, as SQLite tells them."""
    with sqlite3.connect(app.settings.database) as database:
        database.execute("CREATE VIRTUAL TABLE temp.known USING fts5vocab (main, search_index, instance)")
        return {term.rpartition(".")[2] for (term,) in database.execute("SELECT term FROM temp.known")}


def test_words_that_are_gone_are_gone_from_the_file(alice: Peer, server: App) -> None:
    for word in ("apple", "zqpomegranatex", "banana"):
        alice.say(word)
        index(server)
    alice.request(DeleteMessage(channel_id=GENERAL, seq=2))
    index(server)
    server.run_errand("tidy", lambda context: tidy_index(context, is_beginning=True))
    while server.run_errand("tidy", lambda context: tidy_index(context, is_beginning=False)):
        pass
    assert bodies(alice, "apple") == ["apple"]
    database = Path(server.settings.database)
    server.stop()
    assert b"pomegranate" not in database.read_bytes()


def test_what_was_said_before_there_was_an_index_comes_into_it_meanwhile(
    start_server: ServerFactory, connect: ConnectFactory, wait_until: Callable[[Callable[[], object]], None]
) -> None:
    app = start_server(limits=Limits().without_rates_and_caps())
    alice = connect(app).register("alice")
    for number in range(30):
        alice.say(f"apple {number}")
    wait_until(lambda: "apple" in terms(app))
    app.stop()
    with sqlite3.connect(app.settings.database) as database:
        # As the version before numbered its rows, which this one would take for others.
        database.execute("INSERT INTO search_index (rowid, words) VALUES (1 << 28, '1.0.quince')")
        database.execute("UPDATE alembic_version SET version_num = '0007'")
    again = start_server(limits=Limits().without_rates_and_caps(), database=app.settings.database)
    alice = connect(again).log_in("alice")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(walk, "PREPARED", 5)
        wait_until(lambda: find(alice, "apple").is_prepared)
    assert len(bodies(alice, "apple", limit=100)) == 30
    assert "apple" in terms(again)
    assert "quince" not in terms(again)


def test_nothing_is_left_of_a_deleted_channel(alice: Peer, server: App) -> None:
    plans = alice.request(CreateChannel(name="plans", topic="")).channel_id
    alice.say("apple", plans)
    alice.say("banana")
    index(server)
    alice.request(DeleteChannel(channel_id=plans))
    assert bodies(alice, "apple") == []
    server.run_errand("leftovers", remove_leftovers)
    server.run_errand("leftovers", remove_leftovers)
    index(server)
    assert not terms(server) & {"apple"}
    with sqlite3.connect(server.settings.database) as database:
        assert database.execute("SELECT count(*) FROM search_shards WHERE channel_id = ?", (plans,)).fetchone() == (0,)


def test_only_what_one_may_read_is_found(
    alice: Peer, bob: Peer, carol: Peer, settled: Callable[[], None], server: App
) -> None:
    private = alice.request(CreateChannel(name="secret", private=True)).channel_id
    public = alice.request(CreateChannel(name="plans")).channel_id
    alice.request(AddMember(channel_id=private, user_id=bob.user_id))
    for channel_id in (private, public, GENERAL):
        alice.say("apple", channel_id)
    settled()
    assert len(bodies(bob, "apple")) == 3
    assert len(bodies(carol, "apple")) == 2
    assert find(carol, "in:secret apple").sentence == find(carol, "in:secret2 apple").sentence.replace(
        "secret2", "secret"
    )
    for channel_id in (private, ChannelId(999)):
        with pytest.raises(Refusal) as refused:
            find(carol, "apple", channel_id)
        assert refused.value.code is Code.NOT_FOUND
    alice.request(RemoveMember(channel_id=private, user_id=bob.user_id))
    hidden = (Override(MEMBER, deny=(Permission.VIEW_CHANNELS,)),)
    alice.request(ChangeChannel(channel_id=public, overrides=hidden))
    assert len(bodies(bob, "apple")) == len(bodies(bob, "from:alice")) == 1
    bob.request(SetBlock(user_id=alice.user_id, kind=BlockKind.BLOCK))
    assert bodies(bob, "apple") == bodies(bob, "from:alice") == bodies(bob, "on:today") == []


def test_pages_follow_each_other_without_a_gap(alice: Peer, server: App) -> None:
    plans = alice.request(CreateChannel(name="plans")).channel_id
    for number in range(60):
        alice.say(f"apple {number}", plans if number % 3 else GENERAL)
    index(server)
    for number in range(60, 70):
        alice.say(f"apple {number}", plans)
    for order in SearchOrder:
        listed: list[str] = []
        following = None
        while True:
            found = find(alice, "apple", order=order, limit=16, following=following)
            listed += [hit.message.body for hit in found.hits]
            following = found.following
            if following is None:
                break
        if order is SearchOrder.NEWEST:
            assert listed == [f"apple {number}" for number in reversed(range(70))]
        assert sorted(listed) == sorted(f"apple {number}" for number in range(70))


def test_the_best_are_those_that_say_most_of_it(alice: Peer, settled: Callable[[], None]) -> None:
    for text in ("apple pie", "apples are in a long sentence about many other things besides", "I like an apple"):
        alice.say(text)
    settled()
    assert bodies(alice, "apple", order=SearchOrder.BEST)[0] == "apple pie"
    assert bodies(alice, "apple")[0] == "I like an apple"


def test_a_search_takes_only_so_long_and_goes_on_where_it_ended(
    alice: Peer, server: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "MOST_BLOCKS", 4)
    alice.say("rare")
    for number in range(30):
        alice.say(f"common {number}")
    found = find(alice, "rare")
    assert found.is_partial
    assert found.hits == ()
    pages = 1
    while found.following is not None and not found.hits:
        found = find(alice, "rare", following=found.following)
        pages += 1
    assert [hit.message.body for hit in found.hits] == ["rare"]
    assert pages == 2
    index(server)
    assert bodies(alice, "rare") == ["rare"]


def test_a_search_that_takes_long_ends_and_says_so(
    alice: Peer, settled: Callable[[], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    alice.say("apple")
    settled()
    monkeypatch.setattr(walk, "MOST_SECONDS", 0.0)
    found = find(alice, "apple")
    assert (found.hits, found.is_partial, found.following) == ((), True, 2)


def test_what_is_said_elsewhere_makes_no_difference_to_the_work(
    alice: Peer, bob: Peer, server: App, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Counted in steps of the database’s own machine, since time would tell less."""
    private = alice.request(CreateChannel(name="secret", private=True)).channel_id
    bob.say("apple")
    bob.say("banana")
    alice.say("x", private)
    index(server)
    tidy(server)
    before = {query: steps(server, bob, query) for query in ("apple", "app", "nothing", "from:bob", "on:today")}
    for number in range(300):
        alice.say(f"apple appendix nothing {number}", private)
    index(server)
    tidy(server)
    alice.say("apple nothing, not in the index", private)
    assert {query: steps(server, bob, query) for query in before} == before


def tidy(app: App) -> None:
    """Have the index in one piece: in how many it is depends on how often anything was said, and each is looked at."""
    statement = "INSERT INTO search_index (search_index) VALUES ('optimize')"
    app.run_errand("tidy", lambda context: context.connection.exec_driver_sql(statement))


def steps(app: App, peer: Peer, query: str) -> int:
    """How many instructions the database carries out for a search."""
    count = 0

    def step() -> int:
        nonlocal count
        count += 1
        return 0

    with app._reading.connect() as connection:
        standing = standings(connection, {peer.user_id}, 0)[peer.user_id]
        driver = connection.connection.dbapi_connection
        assert driver is not None
        context = Context(app._house, peer.user_id, None, connection, admitted=standing)
        # Once before it counts: a connection that was not used for a while reads the shape of the index again.
        search(context, Search(query=query), None)
        driver.set_progress_handler(step, 1)
        search(context, Search(query=query), None)
        driver.set_progress_handler(None, 1)
    return count
