"""How what is typed into the search field may go on."""

from client_app.core.search.suggestions import RECENT, suggestions
from client_app.core.signals import Phase
from shared.types import GENERAL

from ..conftest import DeviceFactory


def test_filters_people_channels_days_and_earlier_searches_are_offered(device: DeviceFactory) -> None:
    alice = device("laptop").register("alice").open()
    bob = device("desktop").register("bob").open()
    bob.client.create_channel("plans")
    alice.until(lambda: alice.client.channels.named("plans") is not None and alice.client.phase is Phase.ONLINE)
    alice.client.open_channel(GENERAL)

    def offered(typed: str, cursor: int | None = None) -> list[str]:
        return [each.text for each in alice.client.suggest(typed, len(typed) if cursor is None else cursor)]

    assert offered("")[:3] == ["from:", "in:", "has:"]
    assert offered("f") == ["from:"]
    assert offered("some words m") == ["some words mentions:"]
    assert offered("from:") == ["from:me ", "from:alice ", "from:bob "]
    assert offered("x from:@b") == ["x from:bob "]
    assert offered("from:b and more", cursor=6) == ["from:bob and more"]
    assert offered("in:#pl") == ["in:#plans "]
    assert offered("in:bo") == ["in:@bob "]
    assert offered("has:i") == ["has:image "]
    assert offered("is:") == ["is:pinned "]
    assert offered("on:y") == ["on:yesterday "]
    assert offered("before:") == ["before:today ", "before:yesterday ", "before:"]
    assert offered("nothing like it") == []
    found = suggestions("app", 3, [], [], ("apple pie", "banana", "app"))
    assert [(each.text, each.detail) for each in found] == [("apple pie", RECENT)]
    for device_ in (alice, bob):
        device_.client.close()
