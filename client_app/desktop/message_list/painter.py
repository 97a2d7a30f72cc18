"""Puts laid-out rows onto the canvas, one tag for each, and takes them away again."""

import tkinter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Literal

from client_app.core.timeline.timeline import EntryKind, SendState
from client_app.desktop.drawing.shapes import Shapes
from client_app.desktop.drawing.signs import Signs
from client_app.desktop.people.avatars import Avatars, author_color
from client_app.desktop.pictures import PictureSupply
from client_app.desktop.text import Ink, Typesetter
from client_app.desktop.text.places import spans
from client_app.desktop.theme import mix, unsent_text
from client_app.desktop.toolkit import Look, Root
from shared.search import Matcher

from .attachment_painter import AttachmentPainter
from .attachments import FileNews
from .forwards import ForwardPainter
from .found_words import paint_found
from .landmarks import LandmarkPainter
from .mentions import paint_band, paint_plates
from .ornaments import OrnamentPainter, code_ground, cover
from .painted import Painted
from .picture_painter import PicturePainter
from .pins import paint_pin
from .quotes import QuotePainter
from .reactions import ReactionPainter
from .row import ANNOUNCEMENT, AVATAR, DISCARD, EDITED, RIGHT_MARGIN, Row
from .seen import SeenPainter
from .selection import Selection

Anchor = Literal["nw", "center", "e"]
ABOVE = 36
"""The height of the margin above the first row while there is more before it."""
_ACTION_GAP = 16


class Painter:
    """Draws rows in the current look."""

    def __init__(
        self,
        canvas: tkinter.Canvas,
        typesetter: Typesetter,
        avatars: Avatars,
        news: FileNews | None = None,
        pictures: PictureSupply | None = None,
    ) -> None:
        self._canvas = canvas
        self._typesetter = typesetter
        self._avatars = avatars
        self._shapes, self._signs = Shapes(canvas), Signs(canvas)
        self._reactions = ReactionPainter(canvas, typesetter, self._shapes, self._signs)
        self._quotes = QuotePainter(canvas, typesetter, avatars)
        self._forwards = ForwardPainter(canvas, typesetter)
        self._ornaments = OrnamentPainter(canvas, typesetter)
        self._landmarks = LandmarkPainter(canvas, typesetter, avatars, self._shapes, self._signs)
        self.files = AttachmentPainter(canvas, typesetter, self._shapes, news or FileNews())
        self.pictures = PicturePainter(canvas, typesetter, self._shapes, pictures, news or FileNews())
        self.seen = SeenPainter(canvas, avatars)
        self.sought: Matcher | None = None
        """What a search looked for: it is marked in what is drawn from now on."""
        self._look: Look | None = None
        self._serial = 0

    @property
    def look(self) -> Look:
        """The current look."""
        assert self._look is not None
        return self._look

    def look_changed(self, look: Look) -> None:
        """Draw in this one from now on."""
        self._look = look

    def paint(self, row: Row, y: int, width: int) -> Painted:
        """Draw a row with its top at y."""
        self._serial += 1
        painted = Painted(row, y, f"r{self._serial}")
        if row.entry.is_hidden:
            self._hidden(painted)
        elif row.entry.kind is EntryKind.MESSAGE:
            self._message(painted, width)
        else:
            self._landmarks.paint(painted, width, self.look)
        return painted

    def paint_selection(self, painted: Painted, index: int, selection: Selection | None) -> None:
        """Draw what is selected of a row, below its text."""
        tag = "s" + painted.tag
        self._canvas.delete(tag)
        if selection is None or selection.is_empty:
            return
        row = painted.row
        first, last = selection.range_in(index, len(row.entry.text))
        for placed in row.body:
            line = placed.line
            top = painted.y + placed.y
            for left, right in spans(line, first, last, self._typesetter, placed.font or row.font):
                x = row.text_x + placed.x
                self._canvas.create_rectangle(
                    x + left, top, x + right, top + line.height, width=0, fill=self.look.palette.selection, tags=tag
                )
        self._canvas.tag_lower(tag)
        self._lower_grounds()

    def erase(self, painted: Painted) -> None:
        """Take a row away."""
        self._canvas.delete(painted.tag, "s" + painted.tag)
        self.pictures.forget(painted.tag)

    def clear(self) -> None:
        """Take everything away."""
        self._canvas.delete("all")
        self.pictures.forget_all()

    def shift(self, shifts: Mapping[int, Sequence[Painted]], count: int) -> None:
        """Move rows by so many pixels; `count` is how many are on the canvas."""
        for distance, rows in shifts.items():
            if len(rows) == count:
                # One command to Tk instead of one for each row.
                self._canvas.move("all", 0, distance)
            else:
                for painted in rows:
                    self._canvas.move(f"{painted.tag}||s{painted.tag}", 0, distance)
            for painted in rows:
                painted.y += distance

    def paint_above(self, sentence: str, first: Painted | None, width: int) -> None:
        """Say this above the first row, or nothing any more; `first` is None while that is out of view."""
        self._canvas.delete("above")
        if not sentence or first is None:
            return
        ink = Ink("small", self.look.palette.text_faint, "above")
        self.text(width // 2, first.y - self.look.px(ABOVE) // 2, sentence, ink, "center")

    def text(self, x: float, y: float, text: str, ink: Ink, anchor: Anchor = "nw") -> None:
        """Plain text of our own; what people wrote goes through the typesetter."""
        font = Root.font_name(ink.font)
        self._canvas.create_text(x, y, text=text, font=font, fill=ink.color, tags=ink.tag, anchor=anchor)

    def action_edges(self, row: Row) -> tuple[tuple[str, int, int], ...]:
        """What can be clicked, with left and right edges."""
        edges, x = [], row.actions_x
        for label in row.actions:
            width = self._typesetter.text_width("small_bold", label)
            edges.append((label, x, x + width))
            x += width + self.look.px(_ACTION_GAP)
        return tuple(edges)

    def _message(self, painted: Painted, width: int) -> None:
        row, y, tag = painted.row, painted.y, painted.tag
        entry, look = row.entry, self.look
        palette = look.palette
        if row.label_y:
            self._band(painted, width)
        elif entry.is_for_me and not entry.is_hidden:
            paint_band(self._canvas, painted, look, width)
        is_dim = entry.state is not SendState.SENT
        ink = unsent_text(palette) if is_dim else palette.text
        if row.head is not None:
            name = Ink("body_bold", author_color(palette, entry.author_id), tag)
            painted.images += self._typesetter.draw(self._canvas, row.head, (row.text_x, y + row.head_y), name)
        if row.is_action:
            middle = y + row.head_y + self._typesetter.line_height("body") // 2
            self.text(row.text_x - look.px(20), middle, "∗", Ink("body_bold", palette.accent, painted.tag), "center")
        elif row.head is not None:
            self._head(painted)
        self._references(painted)
        paint_plates(self._canvas, painted, look)
        paint_found(self._canvas, painted, look, self._typesetter, self.sought)
        self._body(painted, ink)
        painted.images += self.files.paint(painted, look)
        if entry.state is SendState.PENDING and (entry.text or not (row.cards or row.pictures)):
            self._clock(painted, width)
        self.pictures.paint(painted, look)
        if entry.is_pinned:
            paint_pin(self._canvas, self._signs, painted, look)
        self.seen.paint(painted, width, look)
        self._history(painted)
        painted.images += self._reactions.paint(row.reactions, y, tag, look)
        self._failure(painted)
        self._actions(painted)

    def _body(self, painted: Painted, color: str) -> None:
        row, y, tag, palette = painted.row, painted.y, painted.tag, self.look.palette
        grounds = (code_ground(palette), cover(palette), palette.selected)
        body = Ink(row.font, color, tag, palette.link, palette.accent, *grounds)
        if row.ornaments:
            self._ornaments.paint(row.ornaments, (row.text_x, y), tag, self.look)
        for placed in row.body:
            ink = body if not placed.font or placed.font == row.font else replace(body, font=placed.font)
            origin = (row.text_x + placed.x, y + placed.y)
            painted.images += self._typesetter.draw(self._canvas, placed.line, origin, ink)
        if row.body_bottom or row.is_action:  # Nothing else has code or spoilers in it.
            self._lower_grounds()

    def _references(self, painted: Painted) -> None:
        """What it answers, and who said it first."""
        row, y, tag, look = painted.row, painted.y, painted.tag, self.look
        if row.quote is not None:
            below = y + row.head_y + look.px(0 if row.head is not None and not row.is_action else 10)
            painted.images += self._quotes.paint(row.quote, y, below, tag, look)
        if row.forwarded is not None:
            bottom = row.body_bottom or row.body[-1].y + row.body[-1].line.height
            place = (row.text_x, y + row.forwarded.y, y + bottom)
            painted.images += self._forwards.paint(row.forwarded.line, place, tag, look)

    def _band(self, painted: Painted, width: int) -> None:
        """What is said to everybody stands on a ground of its own, and says so."""
        row, look, tag = painted.row, self.look, painted.tag
        palette, px = look.palette, look.px
        top, bottom = painted.y + row.label_y - px(10), painted.y + row.height - px(4)
        ground = mix(palette.surface, palette.accent, 0.12)
        left, right = px(8), width - px(RIGHT_MARGIN - 16)
        band = (tag, "band")
        self._canvas.create_rectangle(left, top, right, bottom, width=0, fill=ground, tags=band)
        self._canvas.create_rectangle(left, top, left + px(3), bottom, width=0, fill=palette.accent, tags=band)
        y = painted.y + row.label_y
        sign = self._signs.image("megaphone", px(15), palette.accent)
        self._canvas.create_image(row.text_x, y, image=sign, anchor="nw", tags=tag)
        self.text(row.text_x + px(20), y, ANNOUNCEMENT, Ink("small_bold", palette.accent, tag))
        self._lower_grounds()

    def _lower_grounds(self) -> None:
        """Below all: what the pointer tints, then bands, then the grounds of code, then what is selected."""
        self._canvas.tag_lower("ground")
        self._canvas.tag_lower("flash")
        self._canvas.tag_lower("band")
        self._canvas.tag_lower("hover")

    def _hidden(self, painted: Painted) -> None:
        """That somebody who is blocked said something."""
        row, look, tag = painted.row, self.look, painted.tag
        if not row.folded:
            return
        palette, y = look.palette, painted.y + row.actions_y
        sign = self._signs.image("blocked", look.px(13), palette.text_faint)
        self._canvas.create_image(row.text_x - look.px(36), y + look.px(2), image=sign, anchor="n", tags=tag)
        self.text(row.text_x, y, row.said_instead, Ink("small", palette.text_faint, tag))
        self._actions(painted)

    def _head(self, painted: Painted) -> None:
        """Avatar, and the time beside the name."""
        row, y = painted.row, painted.y
        assert row.head is not None
        look, entry = self.look, row.entry
        avatar = self._avatars.image(entry.author_id or 0, entry.author, look.px(AVATAR), look.palette)
        painted.images.append(avatar)
        x = row.text_x - look.px(56)
        self._canvas.create_image(x, y + row.head_y + look.px(2), image=avatar, anchor="nw", tags=painted.tag)
        drop = self._typesetter.ascent("body_bold") - self._typesetter.ascent("small")
        time_x = row.text_x + row.head.width + look.px(8)
        time_y = y + row.head_y + drop + self._leading("small")
        self.text(time_x, time_y, row.time, Ink("small", look.palette.text_faint, painted.tag))

    def _leading(self, font: str) -> int:
        """From the top of a line to the top of its letters' box, half of what the line has more than the font."""
        return max((self._typesetter.line_height(font) - self._typesetter.size(font) * 6 // 5) // 2, 0)

    def _clock(self, painted: Painted, width: int) -> None:
        """A small clock behind the last line: it is on its way."""
        row, px = painted.row, self.look.px
        last = row.body[-1]
        x = min(row.text_x + last.x + last.line.width + px(8), width - px(RIGHT_MARGIN))
        y = painted.y + last.y + (last.line.height - px(11)) // 2
        size, color, tag = px(11), self.look.palette.text_faint, painted.tag
        self._canvas.create_oval(x, y, x + size, y + size, outline=color, width=px(1), tags=tag)
        middle_x, middle_y = x + size / 2, y + size / 2
        points = [middle_x, y + px(2.5), middle_x, middle_y, middle_x + px(3), middle_y]
        self._canvas.create_line(points, fill=color, width=px(1), tags=tag)

    def _history(self, painted: Painted) -> None:
        """What became of it since it was said."""
        row, tag, palette = painted.row, painted.tag, self.look.palette
        if row.edited is not None:
            y = painted.y + row.edited.y + self._leading("small")
            self.text(row.edited.x, y, EDITED, Ink("small", palette.text_faint, tag))
        if row.entry.is_deleted:
            self._note(painted, Ink("body_italic", palette.text_muted, tag))

    def _failure(self, painted: Painted) -> None:
        if painted.row.entry.state is SendState.FAILED:
            self._note(painted, Ink("small", self.look.palette.danger, painted.tag))

    def _note(self, painted: Painted, ink: Ink) -> None:
        for placed in painted.row.note:
            origin = (painted.row.text_x, painted.y + placed.y)
            painted.images += self._typesetter.draw(self._canvas, placed.line, origin, ink)

    def _actions(self, painted: Painted) -> None:
        row, palette = painted.row, self.look.palette
        for label, left, _right in self.action_edges(row):
            color = palette.text_muted if label == DISCARD else palette.accent
            self.text(left, painted.y + row.actions_y, label, Ink("small_bold", color, painted.tag))
