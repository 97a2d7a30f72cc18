"""Lays out what a formatted message says: its blocks one below the other, each with its lines and its ornaments."""

from collections.abc import Callable
from typing import assert_never

from client_app.core.markdown import (
    Block,
    CodeBlock,
    Heading,
    Item,
    Listing,
    Paragraph,
    Quoted,
    Rule,
    Span,
    Table,
    Tree,
)
from client_app.core.timeline.timeline import Entry
from client_app.desktop.text import Breaker, Typesetter
from client_app.desktop.text.names import name_link

from .boxes import BoxMaker
from .code_lines import Colored
from .ornaments import Across, Bar, Box, Bullet, Ornament
from .row import Body, Placed
from .spans import Reader, Writer
from .views import Views

_HEADINGS = {1: "large_bold", 2: "title"}
"""Fonts, by level; the lower ones look like bold text."""
_QUOTE, _LIST, _GAP, _ACROSS = 14, 24, 6, 13
"""At 100 %: how far quotes and lists are moved in, what is between two blocks, how high a line across is."""
_NARROWEST = 80
"""No nesting takes more of the room than this leaves."""


class BodyMaker:
    """Lays out trees in the current look."""

    def __init__(
        self,
        typesetter: Typesetter,
        px: Callable[[float], int],
        label_of: Callable[[str], str],
        views: Views,
        colored: Colored,
    ) -> None:
        self._typesetter, self._px, self._label_of, self._views = typesetter, px, label_of, views
        self._colored = colored

    def lay_out(self, entry: Entry, tree: Tree, room: int, y: int) -> Body:
        """The blocks of a message, from `y` pixels below the row's top."""
        layout = self._layout(entry, tree)
        bottom = layout.blocks(tree.blocks, (0, y), room, self._px(_GAP))
        return Body(tuple(layout.placed), tuple(layout.ornaments), bottom)

    def lay_out_sentence(self, entry: Entry, tree: Tree, room: int, y: int, indent: int) -> Body:
        """A single paragraph in italics whose first line begins `indent` pixels to the right."""
        layout = self._layout(entry, tree)
        bottom = y
        for block in tree.blocks:
            assert isinstance(block, Paragraph)
            bottom = layout.text(block.spans, "body_italic", (0, bottom), room, indent)
        return Body(tuple(layout.placed), (), bottom)

    def _layout(self, entry: Entry, tree: Tree) -> "_Layout":
        names = {
            each.start: name_link(each.start, each.end, each.user_id, is_me=each.is_me and not entry.is_own).url
            for each in entry.named
        }
        key, source, views = entry.key, tree.source, self._views
        reader = Reader(source, names, self._label_of, lambda number: views.is_uncovered(key, source, number))
        boxes = BoxMaker(self._typesetter, self._px, self._colored, lambda number: views.scrolled(key, source, number))
        return _Layout(Writer(reader), boxes, self._typesetter, self._px)


class _Layout:
    """One message on its way."""

    def __init__(self, writer: Writer, boxes: BoxMaker, typesetter: Typesetter, px: Callable[[float], int]) -> None:
        self._writer, self._boxes, self._typesetter, self._px = writer, boxes, typesetter, px
        self.placed: list[Placed] = []
        self.ornaments: list[Ornament] = []

    def blocks(self, blocks: tuple[Block, ...], at: tuple[int, int], room: int, gap: int) -> int:
        """Put blocks below each other; where the next one would begin."""
        x, y = at
        for number, block in enumerate(blocks):
            y = self._block(block, (x, y + (gap if number else 0)), room)
        return y

    def text(self, spans: tuple[Span, ...], font: str, at: tuple[int, int], room: int, indent: int = 0) -> int:
        """Put lines of text there; where they end."""
        x, y = at
        breaker = Breaker(self._typesetter, font, room)
        for line in breaker.lines_of(self._writer.passages(spans, font), indent):
            self.placed.append(Placed(y, line, x, font))
            y += line.height
        return y

    def _block(self, block: Block, at: tuple[int, int], room: int) -> int:
        match block:
            case Paragraph(spans=spans):
                bottom = self.text(spans, "body", at, room)
            case Heading(level=level, spans=spans):
                bottom = self.text(spans, _HEADINGS.get(level, "body_bold"), at, room)
            case Quoted(blocks=blocks):
                bottom = self._quoted(blocks, at, room)
            case Listing():
                bottom = self._listing(block, at, room)
            case CodeBlock():
                bottom = self._add(*self._boxes.code(self._writer.source, block, at, room))
            case Table():
                bottom = self._add(*self._boxes.table(block, self._writer, at, room))
            case Rule():
                bottom = at[1] + self._px(_ACROSS)
                self.ornaments.append(Across(at[0], at[1] + self._px(_ACROSS) // 2, room))
            case _:
                assert_never(block)
        return bottom

    def _quoted(self, blocks: tuple[Block, ...], at: tuple[int, int], room: int) -> int:
        x, y = at
        step = self._step(_QUOTE, room)
        bottom = self.blocks(blocks, (x + step, y), room - step, self._px(_GAP))
        self.ornaments.append(Bar(x, y, bottom - y))
        return bottom

    def _add(self, box: Box, placed: list[Placed]) -> int:
        self.ornaments.append(box)
        self.placed += placed
        return box.y + box.height

    def _step(self, size: int, room: int) -> int:
        """How far to move in."""
        return min(self._px(size), max(room - self._px(_NARROWEST), 0))

    def _listing(self, listing: Listing, at: tuple[int, int], room: int) -> int:
        x, y = at
        signs = [_sign(listing, number) for number in range(len(listing.items))]
        widest = max(self._typesetter.text_width("body", sign) for sign in signs) + self._px(8)
        step = max(self._step(_LIST, room), widest)
        gap = self._px(2 if listing.is_tight else _GAP)
        for number, (item, sign) in enumerate(zip(listing.items, signs, strict=True)):
            y += gap if number else 0
            y = self._item(item, sign, (x, y), room, step)
        return y

    def _item(self, item: Item, sign: str, at: tuple[int, int], room: int, step: int) -> int:
        x, y = at
        width = self._typesetter.text_width("body", sign)
        self.ornaments.append(Bullet(x + step - width - self._px(8), y, sign))
        bottom = self.blocks(item.blocks, (x + step, y), max(room - step, 1), self._px(4))
        return max(bottom, y + self._typesetter.line_height("body"))


def _sign(listing: Listing, number: int) -> str:
    return "•" if listing.first is None else f"{listing.first + number}{listing.delimiter}"
