"""The reactions below a message: pills with an emoji and a number, laid out before any is drawn."""

import tkinter
from dataclasses import dataclass

from PIL import ImageTk

from client_app.core.timeline.reaction_rows import Shown
from client_app.core.timeline.timeline import Entry
from client_app.desktop.drawing.shapes import Pill, Shapes
from client_app.desktop.drawing.signs import Signs
from client_app.desktop.text import Typesetter
from client_app.desktop.theme import mix
from client_app.desktop.toolkit import Look, Root
from shared.emoji import shortcode

from .events import MessageEvents

HEIGHT, EMOJI, GAP, PADDING, ABOVE = 26, 17, 5, 8, 4
"""Pixels at 100 %: a pill, its picture, between two pills and between picture and number, at its ends, over a line."""
ADD = "Add a reaction"
_MOST_COUNTED = 999


@dataclass(frozen=True, slots=True)
class PlacedReaction:
    """A pill, `x` and `y` pixels from the row's left and upper edge."""

    shown: Shown | None
    """None for the last one, which adds another."""
    x: int
    y: int
    width: int
    height: int

    @property
    def hint(self) -> str:
        """Who is behind it."""
        return f"{self.shown.words} reacted with {shortcode(self.shown.emoji)}" if self.shown is not None else ADD


def lay_out(
    entry: Entry, typesetter: Typesetter, look: Look, *, left: int, room: int, top: int
) -> tuple[PlacedReaction, ...]:
    """Side by side from `left` on, in as many lines as they need in a room so wide; the first `top` below the row's."""
    height, gap, y = look.px(HEIGHT), look.px(GAP), top + look.px(ABOVE)
    every = [*entry.reactions, *([None] if entry.reactions and entry.may_react else [])]
    placed: list[PlacedReaction] = []
    x = left
    for shown in every:
        width = _width(shown, typesetter, look)
        if x > left and x + width > left + room:
            x, y = left, y + height + gap
        placed.append(PlacedReaction(shown, x, y, width, height))
        x += width + gap
    return tuple(placed)


def reaction_at(placed: tuple[PlacedReaction, ...], x: int, y: int) -> PlacedReaction | None:
    """The pill at a point of its row."""
    return next(
        (each for each in placed if each.x <= x < each.x + each.width and each.y <= y < each.y + each.height), None
    )


def click(placed: PlacedReaction, entry: Entry, events: MessageEvents) -> None:
    """Join in, take one's own back, or choose another one."""
    if placed.shown is None:
        events.pick_reaction(entry)
    else:
        events.react(entry.seq, placed.shown.emoji, not placed.shown.is_mine)


class ReactionPainter:
    """Draws them in the current look."""

    def __init__(self, canvas: tkinter.Canvas, typesetter: Typesetter, shapes: Shapes, signs: Signs) -> None:
        self._canvas, self._typesetter, self._shapes, self._signs = canvas, typesetter, shapes, signs

    def paint(self, placed: tuple[PlacedReaction, ...], y: int, tag: str, look: Look) -> list[ImageTk.PhotoImage]:
        """Draw the pills of a row whose top is at `y`; the images must be kept as long as they are on the canvas."""
        return [image for each in placed for image in self._pill(each, y, tag, look)]

    def _pill(self, placed: PlacedReaction, y: int, tag: str, look: Look) -> list[ImageTk.PhotoImage]:
        palette, px = look.palette, look.px
        shown = placed.shown
        is_mine = shown is not None and shown.is_mine
        rim = palette.accent if is_mine else palette.border
        fill = mix(palette.surface, palette.accent, 0.16) if is_mine else palette.raised
        ground = self._shapes.image(Pill(placed.width, placed.height, fill, rim, max(px(1), 1)))
        top, middle = y + placed.y, y + placed.y + placed.height // 2
        self._canvas.create_image(placed.x, top, image=ground, anchor="nw", tags=tag)
        if shown is None:
            sign = self._signs.image("react", px(16), palette.text_muted)
            self._canvas.create_image(placed.x + placed.width // 2, middle, image=sign, tags=tag)
            return [ground, sign]
        color = palette.accent if is_mine else palette.text_muted
        font, x = Root.font_name("small_bold"), placed.x + px(PADDING)
        picture = self._typesetter.emoji_photo(shown.emoji, px(EMOJI))
        if picture is not None:
            self._canvas.create_image(x, middle, image=picture, anchor="w", tags=tag)
        else:
            name = shortcode(shown.emoji)
            self._canvas.create_text(x, middle, text=name, font=font, fill=color, anchor="w", tags=tag)
        x += _picture_width(shown, self._typesetter, look) + px(GAP)
        self._canvas.create_text(x, middle, text=_number(shown), font=font, fill=color, anchor="w", tags=tag)
        return [ground] if picture is None else [ground, picture]


def _width(shown: Shown | None, typesetter: Typesetter, look: Look) -> int:
    if shown is None:
        return look.px(HEIGHT + PADDING)
    number = typesetter.text_width("small_bold", _number(shown))
    return 2 * look.px(PADDING) + _picture_width(shown, typesetter, look) + look.px(GAP) + number


def _picture_width(shown: Shown, typesetter: Typesetter, look: Look) -> int:
    size = look.px(EMOJI)
    if typesetter.emoji_photo(shown.emoji, size) is not None:
        return size
    return typesetter.text_width("small_bold", shortcode(shown.emoji))


def _number(shown: Shown) -> str:
    count = len(shown.user_ids)
    return f"{count}" if count <= _MOST_COUNTED else f"{_MOST_COUNTED}+"
