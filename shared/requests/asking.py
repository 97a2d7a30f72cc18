"""What every request is: a Struct in the imperative, answered by `done` with its result, or refused."""

from typing import Generic, TypeVar, get_args

from msgspec import Struct

from shared.types import RequestId, wire_name

R = TypeVar("R")


class Nothing(Struct, frozen=True):
    """The request was carried out; there is nothing to say about it."""


class Request(Struct, Generic[R], frozen=True, kw_only=True, tag=wire_name, tag_field="type"):
    """Asked by a client; gets exactly one reply with the same id."""

    id: RequestId = 0
    """Of the client's choosing; not one that is still waiting for its reply."""


def result_type(request: type[Request[R]]) -> type[R]:
    """The Struct that `done` carries for this kind of request."""
    (base,) = request.__orig_bases__  # type: ignore[attr-defined]
    (result,) = get_args(base)
    return result  # type: ignore[no-any-return]
