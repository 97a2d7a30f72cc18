"""The snapshot fits into one frame whatever the house holds."""

from server_app.descriptors import most_connections
from server_app.services.fitting import fit_channels
from shared.codec import encode
from shared.entities import Channel, Override
from shared.types import ChannelId, ChannelKind, Permission, RoleId, UserId

ME = UserId(1)


def public(number: int, **fields: object) -> Channel:
    return channel(number, ChannelKind.PUBLIC, **fields)


def direct(number: int, **fields: object) -> Channel:
    return channel(number, ChannelKind.DIRECT, member_ids=(ME, UserId(number)), **fields)


def channel(number: int, kind: ChannelKind, **fields: object) -> Channel:
    plain = {"name": "plans", "topic": "", "created_by": ME, "created_at": 0, "last_seq": 0}
    return Channel(id=ChannelId(number), kind=kind, **{**plain, **fields})  # type: ignore[arg-type]  # a test's shorthand


def size(channels: tuple[Channel, ...]) -> int:
    return len(encode(channels))


def test_what_fits_is_left_as_it_is() -> None:
    channels = (public(1, topic="all", left_ids=(ME, UserId(2))), direct(2))
    assert fit_channels(channels, ME, 10_000) is channels


def test_first_others_who_left_are_not_named() -> None:
    crowd = tuple(UserId(number) for number in range(1, 5000))
    channels = (public(1, left_ids=crowd), public(2, left_ids=crowd[1:]), direct(3))
    fitting = fit_channels(channels, ME, 2000)
    assert [each.left_ids for each in fitting] == [(ME,), (), ()]
    assert size(fitting) <= 2000


def test_then_the_direct_channels_that_say_least_are_left_out() -> None:
    directs = tuple(direct(number, last_seq=number % 2) for number in range(2, 2000))
    fitting = fit_channels((public(1), *directs), ME, 3000)
    assert fitting[0].id == 1
    assert all(each.last_seq for each in fitting[1:])
    assert fitting[-1].id == 1999
    assert list(fitting) == sorted(fitting, key=lambda each: each.id)
    assert 2000 < size(fitting) <= 3000


def private(number: int, **fields: object) -> Channel:
    return channel(number, ChannelKind.PRIVATE, **fields)


def group(number: int, **fields: object) -> Channel:
    return channel(number, ChannelKind.GROUP, member_ids=(ME, UserId(number)), **fields)


def test_private_channels_stay_and_groups_go_after_direct_ones() -> None:
    crowd = tuple(UserId(number) for number in range(1, 500))
    talks = tuple(kind(number, last_seq=1) for number in range(10, 30) for kind in (direct, group))
    every = (public(1), private(2, member_ids=crowd), private(3, member_ids=crowd), *talks)
    kinds = {budget: [each.kind for each in fit_channels(every, ME, budget)] for budget in (8000, 5000, 2000, 500)}
    for budget, found in kinds.items():
        assert size(fit_channels(every, ME, budget)) <= budget
        assert found.count(ChannelKind.PRIVATE) == 2
    assert [found.count(ChannelKind.GROUP) for found in kinds.values()] == [20, 20, 14, 1]
    assert [found.count(ChannelKind.DIRECT) for found in kinds.values()] == [14, 0, 0, 0]


def test_of_talks_the_one_that_was_silent_longest_goes_first() -> None:
    talks = (direct(2, last_seq=1, last_message_id=9), direct(3, last_seq=9, last_message_id=4), direct(4))
    assert [each.id for each in fit_channels(talks, ME, size(talks) - 50)] == [2, 3]


def test_what_channels_allow_and_deny_is_left_out_last() -> None:
    overrides = tuple(Override(RoleId(number), deny=(Permission.SEND_MESSAGES,)) for number in range(1, 50))
    (fitting,) = fit_channels((public(1, topic="x" * 250, overrides=overrides),), ME, 1000)
    assert (fitting.topic, fitting.overrides) == ("", ())


def test_last_of_all_topics_are_cut() -> None:
    channels = tuple(public(number, topic="x" * 250) for number in range(1, 10))
    fitting = fit_channels(channels, ME, 2500)
    assert len(fitting) == 9
    assert {each.topic for each in fitting} == {""}


def test_there_is_room_for_connections() -> None:
    assert most_connections() >= 1
