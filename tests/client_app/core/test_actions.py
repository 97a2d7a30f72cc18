"""What a person types and presses, against a real server."""

from typing import Any

import pytest

from client_app.core import actions
from client_app.core.actions import ACTIONS, BY_ID, BY_SLASH, complete, perform, submit
from client_app.core.client import Client
from client_app.core.signals import ChannelOpened, LoggedOut, MessageArrived, Notice, Phase
from client_app.core.timeline.timeline import SendState
from server_app.app import App
from shared.limits import MAX_BODY
from shared.types import GENERAL, ChannelId

from .conftest import DeviceFactory
from .headless import Headless, address_of
from .network import Relay, at


class Screen:
    """A user interface that writes down what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[Any, ...]] = []

    def __getattr__(self, name: str) -> Any:
        return lambda *arguments: self.asked.append((name, *arguments))


@pytest.fixture
def screen() -> Any:
    return Screen()


@pytest.fixture
def laptop(device: DeviceFactory) -> Headless:
    return device("laptop").register("alice").open()


@pytest.fixture
def bobs(laptop: Headless, device: DeviceFactory) -> Headless:
    bobs = device("bobs").register("bob").open()
    laptop.until(lambda: laptop.client.roster.named("bob"))
    return bobs


def refusal(laptop: Headless) -> str:
    notice = laptop.next(Notice)
    assert notice.is_error
    return notice.text


def test_text_is_said_and_a_doubled_slash_says_a_slash(laptop: Headless, screen: Any) -> None:
    assert submit(laptop.client, screen, "hello")
    assert submit(laptop.client, screen, "//me is how one says it")
    assert submit(laptop.client, screen, "/me waves")
    assert laptop.bodies() == ["hello", "/me is how one says it", "waves"]
    assert laptop.timeline().entries[-1].is_action


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("/dance", "no command /dance"),
        ("", "nothing to send"),
        ("x" * (MAX_BODY + 1), "at most"),
        ("/me", "Say what you do"),
        ("/msg nobody hello", "nobody named nobody"),
        ("/join nowhere", "no channel #nowhere"),
        ("/leave nowhere", "no channel #nowhere"),
        ("/leave general", "cannot be left"),
        ("/leave", "not possible here"),
        ("/create !!!", "letters, digits"),
    ],
)
def test_what_cannot_be_done_is_said_and_the_text_stays(
    laptop: Headless, screen: Any, typed: str, sentence: str
) -> None:
    assert not submit(laptop.client, screen, typed)
    assert sentence in refusal(laptop)
    assert laptop.client.phase is Phase.ONLINE


def test_a_message_to_one_person_opens_the_conversation_and_is_said_there(
    laptop: Headless, bobs: Headless, screen: Any
) -> None:
    assert submit(laptop.client, screen, "/msg @BOB two words")
    direct = laptop.next(ChannelOpened).channel_id
    arrived = bobs.next(MessageArrived)
    assert (arrived.message.body, arrived.is_direct) == ("two words", True)
    laptop.until(lambda: laptop.bodies(direct) == ["two words"])
    assert submit(laptop.client, screen, "/msg bob")
    assert laptop.next(ChannelOpened).channel_id == direct
    assert submit(laptop.client, screen, "/msg")
    assert screen.asked == [("ask_direct",)]


@pytest.mark.parametrize("text", ["x" * (MAX_BODY + 1), "\x07"], ids=["too long", "nothing"])
def test_a_message_to_one_person_that_cannot_be_sent_stays_in_the_composer(
    laptop: Headless, bobs: Headless, screen: Any, text: str
) -> None:
    assert not submit(laptop.client, screen, f"/msg bob {text}")
    assert refusal(laptop)


def test_without_a_connection_only_known_conversations_can_be_written_to(
    device: DeviceFactory, server: App, screen: Any
) -> None:
    with Relay(server.address) as relay:
        laptop = device("laptop", at(relay, address_of(server))).register("alice").open()
        device("carols").register("carol")
        laptop.until(lambda: laptop.client.roster.named("carol"))
        laptop.client.open_direct(laptop.client.me.id)  # type: ignore[union-attr]  # alice is logged in
        notes = laptop.next(ChannelOpened).channel_id
        relay.freeze()
        relay.cut()
        laptop.until(lambda: laptop.is_at(Phase.RECONNECTING))
        assert not submit(laptop.client, screen, "/msg carol are you there?")
        assert "no connection" in refusal(laptop)
        assert submit(laptop.client, screen, "/msg alice buy milk")
        assert laptop.bodies(notes) == ["buy milk"]
        relay.thaw()


def test_channels_are_made_named_left_and_joined_by_typing(laptop: Headless, screen: Any) -> None:
    assert submit(laptop.client, screen, "/create Plans")
    plans = laptop.next(ChannelOpened).channel_id
    assert submit(laptop.client, screen, "/topic where to go")
    assert submit(laptop.client, screen, "/rename holidays")
    laptop.until(lambda: (row := laptop.client.channels.row(plans)) and row.title == "holidays")
    row = laptop.client.channels.row(plans)
    assert row
    assert row.topic == "where to go"
    assert submit(laptop.client, screen, "/join general")
    assert laptop.client.open_channel_id == GENERAL
    assert submit(laptop.client, screen, "/leave holidays"), "another channel than the open one"
    laptop.until(laptop.client.channels.available)
    assert submit(laptop.client, screen, "/join #Holidays")
    laptop.until(lambda: laptop.client.open_channel_id == plans)
    assert submit(laptop.client, screen, "/leave")
    laptop.until(lambda: laptop.client.open_channel_id == GENERAL)


def test_refused_messages_are_deleted_or_sent_again_by_typing(laptop: Headless, screen: Any) -> None:
    client = laptop.client
    submit(client, screen, "/create plans")
    plans = laptop.next(ChannelOpened).channel_id
    submit(client, screen, "/leave")
    laptop.until(lambda: not joined(client, plans))
    client.open_channel(plans)
    client.send(plans, "unwanted")
    laptop.until(lambda: client.failed(plans))
    assert submit(client, screen, "/discard")
    assert client.failed(plans) == []
    client.send(plans, "wanted")
    laptop.until(lambda: client.failed(plans))
    client.join_channel(plans)
    laptop.until(lambda: joined(client, plans))
    assert submit(client, screen, "/retry")
    laptop.until(
        lambda: [(row.text, row.state) for row in client.timeline(plans).entries[-1:]] == [("wanted", SendState.SENT)]
    )
    assert not submit(client, screen, "/retry"), "there is nothing left to send again"


def joined(client: Client, channel_id: ChannelId) -> bool:
    row = client.channels.row(channel_id)
    return row is not None and row.is_joined


def test_words_without_an_argument_ask_for_it(laptop: Headless, screen: Any) -> None:
    for typed in ("/create", "/topic", "/rename", "/join", "/help", "/quit"):
        assert submit(laptop.client, screen, typed)
    assert screen.asked == [
        ("ask_new_channel",),
        ("ask_topic",),
        ("ask_rename",),
        ("show_join",),
        ("show_help",),
        ("quit",),
    ]


def test_whoever_may_not_change_a_topic_reads_it(laptop: Headless, bobs: Headless, screen: Any) -> None:
    laptop.client.set_topic(GENERAL, "weather")
    bobs.until(lambda: (row := bobs.client.channels.row(GENERAL)) and row.topic)
    assert not submit(bobs.client, screen, "/topic mine")
    assert "The topic is: weather" in refusal(bobs)
    assert not submit(bobs.client, screen, "/rename mine")
    assert "Only whoever made" in refusal(bobs)


def test_one_walks_through_the_channels_and_through_those_with_something_unread(
    laptop: Headless, bobs: Headless, screen: Any
) -> None:
    for name in ("apples", "pears"):
        laptop.client.create_channel(name)
        laptop.next(ChannelOpened)
    laptop.client.open_channel(GENERAL)
    walked = []
    for _ in range(4):
        perform(laptop.client, screen, BY_ID["next"])
        row = laptop.client.channels.row(laptop.client.open_channel_id or GENERAL)
        walked.append(row.title if row else "")
    assert walked == ["apples", "pears", "general", "apples"]
    perform(laptop.client, screen, BY_ID["previous"])
    assert laptop.client.open_channel_id == GENERAL
    pears = laptop.client.channels.named("pears")
    assert pears
    bobs.until(lambda: bobs.client.channels.named("pears"))
    bobs.client.send(pears.channel_id, "ripe")
    laptop.until(lambda: laptop.unread(pears.channel_id))
    perform(laptop.client, screen, BY_ID["next-unread"])
    assert laptop.client.open_channel_id == pears.channel_id
    perform(laptop.client, screen, BY_ID["mark-read"])
    assert laptop.unread(pears.channel_id) == 0
    perform(laptop.client, screen, BY_ID["previous-unread"])
    assert laptop.client.open_channel_id == pears.channel_id, "there is nothing more to read"


def test_the_rest_is_asked_of_the_surface(laptop: Headless, screen: Any) -> None:
    for action_id in ("switch", "page-up", "page-down", "end", "members", "settings", "zoom-in", "zoom-out"):
        assert perform(laptop.client, screen, BY_ID[action_id])
    assert perform(laptop.client, screen, BY_ID["zoom-reset"])
    assert [name for name, *_ in screen.asked] == [
        "show_switcher",
        "scroll_page",
        "scroll_page",
        "scroll_to_end",
        "toggle_members",
        "show_settings",
        "zoom",
        "zoom",
        "zoom",
    ]
    assert perform(laptop.client, screen, BY_ID["log-out"])
    laptop.next(LoggedOut)


def test_before_login_hardly_anything_is_possible(device: DeviceFactory, screen: Any) -> None:
    nobody = device()
    possible = [action.id for action in ACTIONS if action.is_available(nobody.client)]
    assert possible == ["quit"]
    for action in ACTIONS:
        if action.id != "quit":
            assert not perform(nobody.client, screen, action)
    assert not submit(nobody.client, screen, "hello")
    assert complete(nobody.client, "/", 1).items[0].label == "/quit"


def test_completion_knows_the_words_the_people_and_the_channels(laptop: Headless, bobs: Headless) -> None:
    def offered(text: str) -> list[str]:
        return [item.label for item in complete(laptop.client, text, len(text)).items]

    assert offered("/m") == ["/msg", "/me", "/mute", "/mutechannel"]
    assert offered("hi @") == ["bob", "channel", "here"], "nobody mentions themselves"
    assert offered("/join ") == ["general"]
    assert set(offered("/")) <= {f"/{word}" for word in BY_SLASH}


def test_the_table_is_found_by_id_and_by_slash_word() -> None:
    assert [BY_ID[action.id] for action in ACTIONS] == list(ACTIONS)
    assert actions.BY_SLASH["me"].id == "me"


def test_ones_own_last_message_is_what_is_edited_and_deleted(laptop: Headless, bobs: Headless, screen: Any) -> None:
    said = ((laptop, "first"), (bobs, "between"), (laptop, "last"), (bobs, "after"))
    for seq, (device, text) in enumerate(said, 1):
        assert submit(device.client, screen, text)
        laptop.until(lambda seq=seq: laptop.timeline().last_seq == seq)  # type: ignore[misc]  # a default binds it
    assert submit(laptop.client, screen, "/edit at last")
    assert submit(laptop.client, screen, "/delete")
    assert screen.asked == [("edit_message", 3, "at last"), ("ask_to_delete", 3)]
    for seq in (3, 1):
        laptop.client.delete(GENERAL, seq)
    laptop.until(lambda: laptop.bodies() == ["", "between", "", "after"])
    assert not BY_ID["edit"].is_available(laptop.client)
    assert not submit(laptop.client, screen, "/delete")
    assert "not possible here" in refusal(laptop)
