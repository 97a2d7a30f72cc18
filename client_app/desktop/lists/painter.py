"""Draws one row of a list: icon or avatar, presence, title, badge, and what the pointer and the keyboard do to it."""

import tkinter
from typing import assert_never

from client_app.desktop.drawing.presence import dot
from client_app.desktop.drawing.shapes import Pill, Shapes
from client_app.desktop.drawing.signs import Sign, Signs
from client_app.desktop.people.avatars import Avatars
from client_app.desktop.text import Breaker, Ink, Typesetter
from client_app.desktop.toolkit import Look, Root

from .entries import EntryPainter, Shown
from .painted import MARGIN, PaintedRow, RowState
from .rows import EntryRow, HeaderRow, ItemRow, ListRow, badge_text, row_height

AVATAR = 32
MARK, SIGN = 14, 16
_PADDING = 10
_RADIUS = 6
ADD_WIDTH = 32

Box = tuple[int, int, int, int]
"""Left, top, right, bottom."""


class RowPainter:
    """Draws rows in the current look."""

    def __init__(self, canvas: tkinter.Canvas, typesetter: Typesetter, avatars: Avatars, ground: str) -> None:
        self._canvas = canvas
        self._typesetter = typesetter
        self._avatars = avatars
        self._ground = ground
        self._shapes = Shapes(canvas)
        self._signs = Signs(canvas)
        self._entries = EntryPainter(canvas, typesetter, self)
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
        self._entries.look_changed()

    def height(self, row: ListRow, width: int) -> int:
        """How high a row is in a list of this width, in pixels of this screen."""
        return self._entries.height(row, width) if isinstance(row, EntryRow) else self.look.px(row_height(row))

    def paint(self, row: ListRow, state: RowState, box: tuple[int, int, int]) -> PaintedRow:
        """Draw a row into a box of (top, width, height)."""
        self._serial += 1
        painted = PaintedRow(row, state, box[0], f"r{self._serial}")
        match row:
            case HeaderRow():
                self._header(painted, row, box)
            case ItemRow():
                self._item(painted, row, box)
            case EntryRow():
                self._entries.paint(painted, row, box)
            case _:
                assert_never(row)
        return painted

    def ground(self, painted: PaintedRow, box: tuple[int, int, int]) -> str:
        """Draw what lies under a row, and say what colour that is."""
        y, width, height = box
        look, state, palette = self.look, painted.state, self.look.palette
        left, right = look.px(MARGIN), width - look.px(MARGIN)
        plate = (left, y + look.px(1), right, y + height - look.px(1))
        color: str = getattr(palette, self._ground)
        if state.is_selected or state.is_hovered:
            color = palette.selected if state.is_selected else palette.hover
            self._plate(plate, color, painted.tag)
        if state.is_focused:
            self._ring(plate, painted.tag)
        return color

    def disc(self, painted: PaintedRow, person: Shown, x: int, middle: int, ground: str) -> None:
        """Draw somebody's disc: id, name, and a dot for how they look."""
        look, (user_id, name, presence) = self.look, person
        size = look.px(AVATAR)
        image = self._avatars.image(user_id, name, size, look.palette)
        painted.images.append(image)
        self._canvas.create_image(x, middle, image=image, anchor="w", tags=painted.tag)
        if presence is not None:
            mark = self._shapes.image(dot(presence, look.px(14), look.palette, ground))
            painted.images.append(mark)
            corner = size // 2 - look.px(5)
            self._canvas.create_image(x + size // 2 + corner, middle + corner, image=mark, tags=painted.tag)

    def _header(self, painted: PaintedRow, row: HeaderRow, box: tuple[int, int, int]) -> None:
        y, width, height = box
        look, state, tag = self.look, painted.state, painted.tag
        color = look.palette.text if state.is_hovered or state.is_focused else look.palette.text_muted
        x, middle = look.px(MARGIN + 6), y + height // 2 + look.px(4)
        if row.is_collapsible:
            self._arrow(x, middle, color, painted)
        x += look.px(14 if row.is_collapsible else 4)
        room = width - x - look.px(ADD_WIDTH if row.can_add else MARGIN)
        self._title(painted, row.title, (x, middle, room), "small_bold", color)
        if row.can_add:
            plus = look.palette.accent if state.is_add_hovered else look.palette.text_muted
            center, arm, line = width - look.px(ADD_WIDTH) // 2 - look.px(4), look.px(5), max(look.px(1.6), 1)
            self._canvas.create_line(center - arm, middle, center + arm + 1, middle, fill=plus, width=line, tags=tag)
            self._canvas.create_line(center, middle - arm, center, middle + arm + 1, fill=plus, width=line, tags=tag)
        if state.is_focused:
            self._ring((look.px(MARGIN // 2), y + look.px(6), width - look.px(MARGIN // 2), y + height), tag)

    def _arrow(self, x: int, y: int, color: str, painted: PaintedRow) -> None:
        size = self.look.px(3.5)
        if painted.state.is_collapsed:
            points = [x - size // 2, y - size, x + size // 2, y, x - size // 2, y + size]
        else:
            points = [x - size, y - size // 2, x, y + size // 2, x + size, y - size // 2]
        self._canvas.create_line(points, fill=color, width=max(self.look.px(1.5), 1), tags=painted.tag)

    def _item(self, painted: PaintedRow, row: ItemRow, box: tuple[int, int, int]) -> None:
        y, width, height = box
        look, state, palette = self.look, painted.state, self.look.palette
        right = width - look.px(MARGIN)
        ground = self.ground(painted, box)
        middle, x = y + height // 2, look.px(MARGIN + _PADDING)
        is_strong = row.badge > 0 or row.is_strong
        if is_strong and not state.is_selected:
            self._canvas.create_rectangle(
                0, middle - look.px(5), look.px(3), middle + look.px(5), width=0, fill=palette.text, tags=painted.tag
            )
        x = self._picture(painted, row, x, middle, ground)
        edge = self._badge(painted, row, right - look.px(MARGIN), middle)
        edge = self._marks(painted, row.marks, edge, middle)
        bright = is_strong or state.is_selected or state.is_hovered
        color = palette.text if bright else palette.text_muted
        if row.is_muted and not state.is_selected:
            color = palette.text_muted if state.is_hovered else palette.text_faint
        font = "row_bold" if is_strong else "row"
        if row.detail:
            faint = palette.text_faint if row.is_muted and not state.is_selected else palette.text_muted
            self._title(painted, row.detail, (x, middle + look.px(9), edge - x), "small", faint)
            middle -= look.px(8)
        self._title(painted, row.title, (x, middle, edge - x), font, color)

    def _picture(self, painted: PaintedRow, row: ItemRow, x: int, middle: int, ground: str) -> int:
        """Icon or avatar; returns where the title begins."""
        look, tag = self.look, painted.tag
        if row.people:
            return self._group(painted, row.people, x, middle)
        if row.avatar is None:
            if row.sign is not None:
                sign = self._signs.image(row.sign, look.px(SIGN), look.palette.text_faint)
                self._canvas.create_image(x - look.px(2), middle, image=sign, anchor="w", tags=tag)
                x += look.px(22)
            elif row.icon:
                faint = Ink("row_bold", look.palette.text_faint, tag)
                line = Breaker(self._typesetter, "row_bold", look.px(24)).single(row.icon)
                painted.images += self._typesetter.draw(self._canvas, line, (x, middle - line.height // 2), faint)
                x += look.px(22)
            return x
        self.disc(painted, (row.avatar, row.title, row.presence), x, middle, ground)
        return x + look.px(AVATAR) + look.px(10)

    def _group(self, painted: PaintedRow, people: int, x: int, middle: int) -> int:
        """A disc with the number of people; returns where the title begins."""
        look, tag, size = self.look, painted.tag, self.look.px(AVATAR)
        disc = self._shapes.image(Pill(size, size, look.palette.border))
        painted.images.append(disc)
        self._canvas.create_image(x, middle, image=disc, anchor="w", tags=tag)
        font, ink = Root.font_name("small_bold"), look.palette.text
        self._canvas.create_text(x + size // 2, middle, text=str(people), font=font, fill=ink, tags=tag)
        return x + size + look.px(10)

    def _marks(self, painted: PaintedRow, marks: tuple[Sign, ...], right: int, middle: int) -> int:
        """Signs at the end; returns where they begin."""
        look = self.look
        for sign in reversed(marks):
            image = self._signs.image(sign, look.px(MARK), look.palette.text_faint)
            self._canvas.create_image(right, middle, image=image, anchor="e", tags=painted.tag)
            right -= look.px(MARK + 4)
        return right

    def _badge(self, painted: PaintedRow, row: ItemRow, right: int, middle: int) -> int:
        """The number at the end; returns where it begins."""
        if not row.badge:
            return right
        look, tag, palette = self.look, painted.tag, self.look.palette
        text = f"@{badge_text(row.mentions)}" if row.mentions else badge_text(row.badge)
        stands_out = row.mentions or row.is_personal
        ground, ink = (palette.mention, palette.on_mention) if stands_out else (palette.border, palette.text)
        width = max(self._typesetter.text_width("small_bold", text) + look.px(12), look.px(20))
        image = self._shapes.image(Pill(width, look.px(18), ground))
        painted.images.append(image)
        x, font = right - width, Root.font_name("small_bold")
        self._canvas.create_image(x, middle, image=image, anchor="w", tags=tag)
        self._canvas.create_text(x + width // 2, middle, text=text, font=font, fill=ink, tags=tag)
        return x - look.px(6)

    def _title(self, painted: PaintedRow, title: str, place: tuple[int, int, int], font: str, color: str) -> None:
        """The title, from x, around a middle, within a room."""
        x, middle, room = place
        line = Breaker(self._typesetter, font, room).single(title)
        painted.is_cut |= bool(line.runs) and line.runs[-1].text.endswith("…") and not title.endswith("…")
        origin = (x, middle - line.height // 2)
        painted.images += self._typesetter.draw(self._canvas, line, origin, Ink(font, color, painted.tag))

    def _plate(self, box: Box, color: str, tag: str) -> None:
        self._canvas.create_polygon(_rounded(box, self.look.px(_RADIUS)), smooth=True, fill=color, tags=tag)

    def _ring(self, box: Box, tag: str) -> None:
        left, top, right, bottom = box
        points = _rounded((left + 1, top + 1, right - 1, bottom - 1), self.look.px(_RADIUS))
        width = max(self.look.px(1.5), 1)
        focus = self.look.palette.focus
        self._canvas.create_polygon(points, smooth=True, fill="", outline=focus, width=width, tags=tag)


def _rounded(box: Box, radius: int) -> list[int]:
    """A rectangle with round corners, as points of a smoothed polygon."""
    left, top, right, bottom = box
    corners = [(left, top, 1, 1), (right, top, -1, 1), (right, bottom, -1, -1), (left, bottom, 1, -1)]
    points: list[int] = []
    for number, (x, y, dx, dy) in enumerate(corners):
        along, down = (x + dx * radius, y), (x, y + dy * radius)
        first, second = (down, along) if number % 2 == 0 else (along, down)
        points += [*first, *first, x, y, *second, *second]
    return points
