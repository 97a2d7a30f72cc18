"""What a person typed, made fit to be sent."""

from shared.errors import BadRequest
from shared.limits import MAX_BODY, MAX_REASON
from shared.names import is_unseen


def clean_text(text: str) -> str:
    """The text without what cannot be sent or shown. Raises `BadRequest` where nothing or too much is left.

    Line ends become line feeds; control characters and halves of surrogate pairs go, and so does space around.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(character for character in text if character in "\n\t" or _is_sendable(character))
    kept = kept.strip()
    if all(character.isspace() or is_unseen(character) for character in kept):
        raise BadRequest("There is nothing to send.")
    if len(kept) > MAX_BODY:
        raise BadRequest(f"A message has at most {MAX_BODY:,} characters; this one has {len(kept):,}.")
    return kept


def one_line(text: str) -> str:
    """A reason as it can be sent: one line. Raises `BadRequest` where it is too long."""
    kept = "".join(character for character in " ".join(text.split()) if _is_sendable(character))
    if len(kept) > MAX_REASON:
        raise BadRequest(f"A reason has at most {MAX_REASON} characters; this one has {len(kept)}.")
    return kept


def fitting(text: str, most: int, what: str, *, may_break: bool = False) -> str:
    """A text of at most so many characters, without what cannot be sent; on one line unless it `may_break`.

    Raises `BadRequest` where it is longer: “`what` has at most …”.
    """
    lines = text.splitlines() if may_break else [" ".join(text.split())]
    kept = "\n".join("".join(filter(_is_sendable, line)).rstrip() for line in lines).strip()
    if len(kept) > most:
        raise BadRequest(f"{what} has at most {most:,} characters; this one has {len(kept):,}.")
    return kept


def _is_sendable(character: str) -> bool:
    return character >= " " and character != "\x7f" and not "\ud800" <= character <= "\udfff"
