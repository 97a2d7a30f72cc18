"""What the model says of what people tell of themselves and write down about each other."""

from typing import Any

from .grounds import Effect, No, logged, lower, need, nothing
from .model import World


def freely(_world: World, _me: int, _ask: Any) -> Effect:
    return nothing


def set_availability(world: World, me: int, ask: Any) -> Effect:
    return lambda _: setattr(world.people[me], "look", ask.availability.value)


def set_status(world: World, me: int, ask: Any) -> Effect:
    _speaks(world, me, ask.text)
    return lambda _: setattr(world.people[me], "status", ask.text)


def set_profile(world: World, me: int, ask: Any) -> Effect:
    _speaks(world, me, ask.display_name, ask.about)

    def happen(_result: Any) -> None:
        person = world.people[me]
        person.called = person.called if ask.display_name is None else ask.display_name
        person.about = person.about if ask.about is None else ask.about

    return happen


def _speaks(world: World, me: int, *texts: str | None) -> None:
    said = {text for text in texts if text}
    if said and (world.people[me].silenced or said & world.forbidden_words):
        raise No("forbidden")


def fetch_profile(world: World, me: int, ask: Any) -> Effect:
    _there(world, ask.user_id)

    def happen(result: Any) -> None:
        assert result.about == world.people[ask.user_id].about
        assert result.note == world.notes.get((me, ask.user_id), "")
        assert result.last_seen_at is None or not world.blocks(me, ask.user_id)

    return happen


def clear_profile(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "time_out_people")
    other = lower(world, me, ask.user_id)

    def happen(_result: Any) -> None:
        words = (other.called, other.about, other.status)
        if any(words):
            logged(world, me, None, *words)
        other.called = other.about = other.status = ""

    return happen


def set_note(world: World, me: int, ask: Any) -> Effect:
    _there(world, ask.user_id)

    def happen(_result: Any) -> None:
        world.notes[me, ask.user_id] = ask.text

    return happen


def _there(world: World, other: int) -> None:
    if other not in world.people:
        raise No("not_found")
