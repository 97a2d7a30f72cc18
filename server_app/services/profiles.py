"""What people tell of themselves beyond their name, and what those may do about it who keep the peace."""

from msgspec.structs import replace

from server_app.audiences import Everyone
from server_app.context import Context
from server_app.storage import accounts, blocks, choices, notes, presence, profiles, statuses
from server_app.storage.profiles import About
from shared import names
from shared.entities import User
from shared.errors import Conflict, NotFound
from shared.events import UserChanged
from shared.requests import ClearProfile, FetchProfile, FullProfile, Nothing, SetProfile
from shared.types import AuditAction, Milliseconds, UserId

from .audit import note
from .pictures import show
from .statuses import tell_status
from .wording import require_speech


def fetch_profile(context: Context, request: FetchProfile, _value: None) -> FullProfile:
    """What a person tells of themselves, and what whoever asks wrote down about them."""
    database, other_id = context.connection, _person(context, request.user_id).id
    told = profiles.about(database, other_id)
    return FullProfile(
        pronouns=told.pronouns,
        about=told.about,
        last_seen_at=_last_seen(context, other_id),
        note=notes.note(database, context.me, other_id),
    )


def set_profile(context: Context, request: SetProfile, _value: None) -> Nothing:
    """Tell this of oneself, in place of what was told before."""
    me, known = _person(context, context.me), profiles.about(context.connection, context.me)
    name = me.display_name if request.display_name is None else names.display_name(request.display_name)
    told = About(_tidy(request.pronouns, known.pronouns), _tidy(request.about, known.about))
    said = [text for text, before in ((name, me.display_name), *zip(told, known, strict=True)) if text != before]
    if any(said):
        require_speech(context, *said)
    if name != me.display_name:
        keys = (names.name_key(name), names.loose_key(name))
        if name and profiles.is_somebody_elses(context.connection, me.id, keys):
            raise Conflict(f"“{name}” is somebody else’s name, or looks like it. Choose another.")
        _call(context, me, name)
    profiles.set_about(context.connection, me.id, told)
    return Nothing()


def clear_profile(context: Context, request: ClearProfile, _value: None) -> Nothing:
    """Take away what a person tells of themselves; the log keeps what everybody could read."""
    person, database = _person(context, request.user_id), context.connection
    told, status = profiles.about(database, person.id), statuses.status_of(database, person.id)
    taken = {
        "display name": person.display_name,
        "pronouns": told.pronouns,
        "about": told.about,
        "status": status.text if status else "",
        "picture": "taken away" if person.avatar else "",
    }
    if not any(taken.values()):
        return Nothing()
    if person.display_name:
        person = _call(context, person, "")
    if person.avatar:
        show(context, person, "")
    profiles.set_about(database, person.id, About("", ""))
    tell_status(context, person.id, None)
    detail = "; ".join(f"{what}: {' '.join(words.split())}" for what, words in taken.items() if words)
    note(context, AuditAction.PROFILE_CLEARED, user_id=person.id, detail=detail)
    return Nothing()


def _tidy(given: str | None, known: str) -> str:
    return known if given is None else names.without_turns(given).strip()


def _call(context: Context, person: User, name: str) -> User:
    """Everybody hears what somebody is called from now on; where that is nothing, by their name."""
    changed = accounts.change_user(context.connection, replace(person, display_name=name))
    profiles.set_display_key(context.connection, person.id, names.loose_key(name))
    context.emit(UserChanged(user=changed), Everyone())
    return changed


def _person(context: Context, user_id: UserId) -> User:
    person = accounts.user(context.connection, user_id)
    if person is None:
        raise NotFound("There is no such person.")
    return person


def _last_seen(context: Context, other_id: UserId) -> Milliseconds | None:
    """When they were here last, where both share it, and neither are they here nor does whoever asks block them."""
    database, house = context.connection, context.house
    share = (choices.choices_of(database, each).shares_last_seen for each in (context.me, other_id))
    if other_id in house.online_ids() or not all(share):
        return None
    if blocks.blocks(database, context.me, other_id, house.clock.steady()):
        return None
    return house.last_seen.of(other_id) or presence.last_seen_at(database, other_id)
