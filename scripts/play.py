"""What the people of `make demo` and of the pictures say."""

from typing import NamedTuple

from shared.rights import ADMIN, MODERATOR


class Line(NamedTuple):
    """Somebody says something somewhere, after a pause in seconds."""

    pause: float
    speaker: str
    place: str
    """A channel, or `@name` for one person."""
    text: str


ROLES = (("bob", ADMIN), ("carol", MODERATOR))
"""Whoever keeps the house beside its owner."""

CHANNELS = (
    ("carol", "plans", "The picnic, and who brings what"),
    ("dave", "music", "What are you listening to?"),
    ("erin", "photos", ""),
)

EARLIER = (
    Line(0, "carol", "general", "Good morning, everybody! ☀️"),
    Line(0, "dave", "general", "Morning. Is the new server up?"),
    Line(0, "carol", "general", "You are talking on it."),
    Line(0, "dave", "general", "Oh! That was quick."),
    Line(0, "dave", "general", "/me looks around"),
    Line(0, "erin", "general", "One command, they said. I did not believe it until the window opened."),
    Line(0, "erin", "general", "How it works: https://en.wikipedia.org/wiki/Internet_Relay_Chat, more or less."),
    Line(0, "carol", "plans", "Saturday at noon, by the lake?"),
    Line(0, "erin", "plans", "Works for me. I bring bread and cheese 🧀"),
    Line(0, "dave", "plans", "And I bring the guitar."),
    Line(0, "dave", "music", "On repeat here: https://en.wikipedia.org/wiki/Cello_Suites_(Bach)"),
    Line(0, "erin", "music", "The first prelude, every time."),
)

NOW = (
    Line(2.5, "carol", "general", "Welcome, Alice and Bob! Say something: the rest of us hear it at once."),
    Line(2.0, "erin", "general", "Hello you two 👋"),
    Line(2.5, "dave", "@alice", "Psst. Did you get the present for Carol?"),
    Line(2.0, "carol", "plans", "The weather says sun. I believe it."),
    Line(1.5, "dave", "plans", "Who has a blanket?\nA large one, I mean."),
    Line(2.0, "erin", "@bob", "You still owe me a coffee ☕"),
    Line(2.5, "carol", "general", "If you pull the plug, everything that you type waits and goes out later, once."),
    Line(2.0, "dave", "general", "Καλημέρα, доброе утро, שלום: does it show?"),
    Line(1.5, "erin", "general", "It does. Even 🧑‍🚀 and 🏳️‍🌈."),
    Line(3.0, "carol", "general", "I leave you to it. Close both windows and all of this is gone."),
)
