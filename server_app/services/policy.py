"""The rules of the house, and its limits for those who keep it."""

import dataclasses
import math
from collections.abc import Iterable, Iterator
from typing import Any

from msgspec.structs import replace

from server_app.audiences import ToPermitted
from server_app.context import Context
from server_app.limits import Limits
from server_app.storage import policy
from shared.errors import BadRequest
from shared.events import PolicyChanged
from shared.moderation import LimitRow, Policy
from shared.requests import FetchPolicy, LimitTable, ListLimits, Nothing, Rules, SetPolicy
from shared.types import AuditAction, Permission

from .audit import note


def rules(context: Context) -> Policy:
    """The rules as they stand in this transaction."""
    return policy.policy(context.connection, context.house.settings.registration_in_force)


def fetch_policy(context: Context, _request: FetchPolicy, _value: None) -> Rules:
    """Read the rules."""
    return Rules(policy=rules(context))


def set_policy(context: Context, request: SetPolicy, _value: None) -> Nothing:
    """Set what is given of the rules, and tell those who may set them."""
    before = rules(context)
    given: dict[str, Any] = {
        name: value for name in SetPolicy.__struct_fields__ if (value := getattr(request, name)) is not None
    }
    given.pop("id")
    if request.filtered_words is not None:
        given["filtered_words"] = _normal(request.filtered_words)
        most = context.house.settings.limits.filtered_words
        if len(given["filtered_words"]) > most:
            raise BadRequest(f"The word filter takes at most {most:.0f} words.")
    after = replace(before, **given)
    if after != before:
        policy.set_policy(context.connection, after)
        context.emit(PolicyChanged(policy=after), ToPermitted(Permission.MANAGE_SERVER))
        note(context, AuditAction.POLICY_CHANGED, detail="; ".join(_differences(before, after)))
    return Nothing()


def list_limits(context: Context, _request: ListLimits, _value: None) -> LimitTable:
    """Every limit with the value that is in force."""
    limits = context.house.settings.limits
    return LimitTable(
        limits=tuple(
            LimitRow(
                name=each.name,
                value=None if math.isinf(value := getattr(limits, each.name)) else value,
                per=each.metadata["per"],
                reason=each.metadata["reason"],
            )
            for each in dataclasses.fields(Limits)
        )
    )


def _normal(words: Iterable[str]) -> tuple[str, ...]:
    """Each once, in the order in which they were given, whatever their case and the spaces around them."""
    spaced = (" ".join(word.casefold().split()) for word in words)
    return tuple(dict.fromkeys(word for word in spaced if word))


def _differences(before: Policy, after: Policy) -> Iterator[str]:
    """In words, for the audit log."""
    if after.needs_approval is not before.needs_approval:
        yield "newcomers wait for approval" if after.needs_approval else "newcomers need no approval"
    if after.is_raided is not before.is_raided:
        yield "raid switch on: nobody new joins" if after.is_raided else "raid switch off"
    old, new = set(before.filtered_words), set(after.filtered_words)
    if old != new:
        yield f"word filter: {len(new - old):,} added, {len(old - new):,} removed, {len(new):,} in all"
