"""Text as people write it, in every script and with emoji: safe for Tk, broken into lines, drawn on canvases."""

from .display import display_text, plain_text
from .ink import Ink
from .line import Line, Run
from .lines import Breaker
from .links import Link, find_links, with_labels
from .typesetter import Typesetter

__all__ = [
    "Breaker",
    "Ink",
    "Line",
    "Link",
    "Run",
    "Typesetter",
    "display_text",
    "find_links",
    "plain_text",
    "with_labels",
]
