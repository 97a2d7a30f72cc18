"""What was looked for of late, so that it can be looked for again."""

MOST_RECENT = 10


def with_recent(recent: tuple[str, ...], query: str) -> tuple[str, ...]:
    """With this one first; once each, and without what was only the beginning of it."""
    words = " ".join(query.split())
    if not words:
        return recent
    others = (each for each in recent if each.casefold() != words.casefold())
    return (words, *others)[:MOST_RECENT]
