"""What the pane says about a search, in sentences. Pure."""

from client_app.core.search.found import Progress, Results

HINT = (
    "Type a word, or the beginning of one; all words must be there. “Quotes” find neighbours, and whole words.\n\n"
    "Narrow it down with from:, in:, has:, mentions:, before:, after:, on: and is:pinned."
)
SEARCHING = "Searching…"
OFFLINE = "Search needs the server. It goes on as soon as the connection is back."
UNPREPARED = "The server is still reading what was said long ago: more may be found in a while."


def status_of(results: Results) -> str:
    """How much was found, beside the order; empty where there is nothing to count."""
    if results.progress is Progress.SEARCHING:
        return SEARCHING
    if not results.messages:
        return ""
    count = results.count
    return "1 message" if count == "1" else f"{count} messages"


def sentence_of(results: Results, place: str) -> str:
    """What stands instead of messages; empty where there are some. `place` is the channel that is searched, if one."""
    if results.messages:
        return ""
    match results.progress:
        case Progress.IDLE:
            return HINT
        case Progress.OFFLINE:
            return OFFLINE
        case Progress.SEARCHING | Progress.MORE:
            return SEARCHING
        case Progress.FAILED | Progress.DONE:
            return results.sentence or _none(results, place)


def _none(results: Results, place: str) -> str:
    where = f" in {place}" if place else ""
    return f"No messages match “{results.wish.query.strip()}”{where}."
