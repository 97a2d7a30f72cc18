"""Puts the pictures of messages onto the canvas: a quiet box first, then a blur, then the picture; nothing moves."""

import tkinter
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path

from PIL import ImageTk

from client_app.core.files import Key
from client_app.core.timeline.timeline import Entry
from client_app.desktop.drawing.shapes import Pill, Shapes
from client_app.desktop.pictures import Failed, Order, Photo, PictureDeed, PictureSupply, Showing, Source
from client_app.desktop.text import Breaker, Ink, Typesetter
from client_app.desktop.toolkit import Look, Root
from shared.entities import Attachment

from .attachments import FileNews
from .painted import Painted
from .pending_painter import PendingPainter
from .pictures import RADIUS, PlacedPicture
from .playing import Player
from .stand_ins import StandIns

TRY_AGAIN, SHOW_PICTURE = "Try again", "Show picture"
MARK = "GIF"
"""What stands on a picture that moves when one looks at it."""
_MARGIN = 10


@dataclass(slots=True, eq=False)
class Slot:
    """A picture's box on the canvas, with what is in it."""

    entry: Entry
    placed: PlacedPicture
    row_tag: str
    tag: str
    look: Look
    showing: Showing | None = None
    """What was asked for; None where nothing was."""
    photo: Photo | None = None
    """Held as long as it is on the canvas."""
    still: Photo | None = None
    """What is shown while it does not move."""
    images: list[ImageTk.PhotoImage] = field(default_factory=list)
    """Tk forgets images that nobody holds."""
    number: int = 0
    """Of the pictures of its row, counted from 0."""
    over: list[ImageTk.PhotoImage] = field(default_factory=list)
    """What lies over the picture while that is on its way to the server."""
    action: str = ""
    """What a click on it does instead of opening it."""

    @property
    def is_done(self) -> bool:
        """Whether the picture itself is here, and not only a preview."""
        return self.still is not None and self.showing is not None and self.showing.is_over

    @property
    def tags(self) -> str:
        """Of everything that is drawn in it."""
        return f"{self.row_tag} {self.tag}"


class PicturePainter:
    """Draws the pictures of the rows in view, and asks for those that are not at hand."""

    def __init__(
        self,
        canvas: tkinter.Canvas,
        typesetter: Typesetter,
        shapes: Shapes,
        supply: PictureSupply | None,
        news: FileNews,
    ) -> None:
        """Without a supply there are boxes and no pictures; `news` tells of those on their way to the server."""
        self._canvas, self._typesetter, self._shapes, self._supply = canvas, typesetter, shapes, supply
        self.gallery = supply.gallery if supply is not None else None
        self._slots: dict[str, list[Slot]] = {}
        """By the tag of their row."""
        self._wanted: set[tuple[str, int]] = set()
        """Pictures that somebody clicked to see, where none is shown by itself: the row's key, the attachment."""
        self._stand_ins = StandIns()
        self._pending = PendingPainter(canvas, typesetter, shapes, news)
        self._serial = 0
        self.player = Player(self)

    def source(self, slot: Slot, *, is_original: bool = False) -> Source | None:
        """Where the slot's picture comes from; None where nobody brings any."""
        supply, upload = self._supply, slot.placed.upload
        if upload is not None:
            return Source(upload.key, lambda: Path(upload.path))
        return supply.source_of(slot.entry, slot.placed.attachment, is_original) if supply is not None else None

    @property
    def may_play(self) -> bool:
        """Whether pictures that can move shall."""
        return self._supply is not None and self._supply.plays()

    def paint(self, painted: Painted, look: Look) -> None:
        """Draw the pictures of a row."""
        for number, placed in enumerate(painted.row.pictures):
            self._serial += 1
            slot = Slot(painted.row.entry, placed, painted.tag, f"p{self._serial}", look, number=number)
            self._slots.setdefault(painted.tag, []).append(slot)
            self._ground(slot, painted.y + placed.y)
            if self._is_wanted(slot):
                self._ask(slot)
            else:
                self._offer(slot, SHOW_PICTURE)
            self._lay_over(slot)

    def follow(self, key: Key) -> None:
        """A file on its way to the server has come further."""
        for slots in self._slots.values():
            for slot in slots:
                if slot.placed.upload is not None and slot.placed.upload.key == key:
                    self._lay_over(slot)

    def word_at(self, painted: Painted, placed: PlacedPicture, x: int, y: int) -> str:
        """What a click at this point of the row asks of a picture on its way; empty beside the words over it."""
        slot = self._slot(painted, placed)
        return self._pending.word_at(placed, slot.entry.state, x, y, slot.look) if slot is not None else ""

    def forget(self, row_tag: str) -> None:
        """A row was taken off the canvas: nobody waits for its pictures any more."""
        for slot in self._slots.pop(row_tag, ()):
            self.player.left(slot)
            self._let_go(slot)

    def forget_all(self) -> None:
        """Nothing is on the canvas any more."""
        for tag in tuple(self._slots):
            self.forget(tag)

    def slots(self, painted: Painted) -> tuple[Slot, ...]:
        """What is drawn of a row's pictures."""
        return tuple(self._slots.get(painted.tag, ()))

    def click(
        self, painted: Painted, placed: PlacedPicture, do: Callable[[Entry, Attachment, PictureDeed], object]
    ) -> None:
        """Open it, or do what its box offers."""
        slot = self._slot(painted, placed)
        if slot is not None and slot.action:
            self._act(slot)
        else:
            do(painted.row.entry, placed.attachment, PictureDeed.OPEN)

    def point(self, painted: Painted | None, placed: PlacedPicture | None) -> None:
        """The pointer is on this picture of a row, or on none."""
        self.player.point(self._slot(painted, placed) if painted is not None and placed is not None else None)

    def focus(self, painted: Painted | None) -> None:
        """The keyboard is on this row, or on none."""
        slots = self.slots(painted) if painted is not None else ()
        self.player.focus(next((slot for slot in slots if slot.placed.attachment.is_animated), None))

    def _slot(self, painted: Painted, placed: PlacedPicture) -> Slot | None:
        return next((slot for slot in self.slots(painted) if slot.placed is placed), None)

    def _act(self, slot: Slot) -> None:
        """Do what the box offers: show the picture, or try again to have it."""
        if slot.action == TRY_AGAIN and (source := self.source(slot)) is not None:
            source.try_again()
        self._wanted.add((slot.entry.key, slot.placed.attachment.id))
        slot.action = ""
        self._ask(slot)

    # --- what is in a box ---------------------------------------------------------------------------------------------

    def _is_wanted(self, slot: Slot) -> bool:
        is_own = slot.placed.upload is not None or self._stand_in(slot) is not None
        is_chosen = is_own or (slot.entry.key, slot.placed.attachment.id) in self._wanted
        return self._supply is None or self._supply.shows() or is_chosen

    def _stand_in(self, slot: Slot) -> Hashable:
        """What was shown in the box while the picture was on its way to the server."""
        if slot.placed.upload is not None:
            return None
        return self._stand_ins.of(slot.entry.key, slot.number, slot.placed.cut(slot.look))

    def _ask(self, slot: Slot) -> None:
        source = self.source(slot)
        if source is None or self.gallery is None:
            return
        self._let_go(slot)
        placed = slot.placed
        order = Order(source, placed.cut(slot.look), placed.attachment.preview, self._stand_in(slot))
        if placed.upload is not None:
            self._stand_ins.remember(slot.entry.key, slot.number, order)
        slot.showing = self.gallery.show(order, lambda outcome: self._came(slot, outcome))

    def _let_go(self, slot: Slot) -> None:
        if slot.showing is not None and self.gallery is not None:
            self.gallery.cancel(slot.showing)
        slot.showing = None

    def _came(self, slot: Slot, outcome: Photo | Failed) -> None:
        slot.still = None
        if isinstance(outcome, Failed):
            if slot.placed.upload is None:
                self._offer(slot, TRY_AGAIN)
        else:
            slot.still = outcome
            self.show(slot, outcome)
            if slot.is_done and slot.placed.upload is None:
                self._arrived(slot)

    def _arrived(self, slot: Slot) -> None:
        """What was seen before it was there is not taken away again, whatever becomes of others."""
        was_seen = self._stand_ins.forget(slot.entry.key, slot.number)
        if was_seen and self._supply is not None and not self._supply.shows():
            self._wanted.add((slot.entry.key, slot.placed.attachment.id))

    def show(self, slot: Slot, photo: Photo) -> None:
        """Draw this where the slot is now."""
        x, y = self._corner(slot)
        self._canvas.delete(slot.tag)
        slot.photo, slot.action = photo, ""
        photo.draw(self._canvas, x, y, slot.tags)
        if slot.placed.attachment.is_animated and photo is slot.still:
            self._mark(slot, x, y)
        self._lay_over(slot)

    def _lay_over(self, slot: Slot) -> None:
        """How far a picture has come that is on its way to the server."""
        if slot.placed.upload is not None:
            tags = (slot.row_tag, f"{slot.tag}-over")
            slot.over = self._pending.paint(slot.placed, slot.entry.state, self._corner(slot), tags, slot.look)

    def _corner(self, slot: Slot) -> tuple[int, int]:
        """Where it is on the canvas; rows move, and everything in them with them."""
        items = self._canvas.find_withtag(slot.tag)
        left, top = self._canvas.coords(items[0])[:2]
        return round(left), round(top)

    # --- drawing ------------------------------------------------------------------------------------------------------

    def _ground(self, slot: Slot, y: int) -> None:
        """The box, while there is nothing in it."""
        self._anchor(slot, slot.placed.x, y)
        placed, radius = slot.placed, slot.look.px(RADIUS)
        left, top, right, bottom = placed.x, y, placed.x + placed.width - 1, y + placed.height - 1
        points = [
            *(left + radius, top, right - radius, top, right, top, right, top + radius),
            *(right, bottom - radius, right, bottom, right - radius, bottom),
            *(left + radius, bottom, left, bottom, left, bottom - radius, left, top + radius, left, top),
        ]
        fill = slot.look.palette.raised
        self._canvas.create_polygon(points, smooth=True, fill=fill, outline=slot.look.palette.border, tags=slot.tags)

    def _anchor(self, slot: Slot, x: int, y: int) -> None:
        """An item of no extent, which is where the box is, whatever else is in it."""
        self._canvas.create_line(x, y, x, y, state="hidden", tags=slot.tags)

    def _offer(self, slot: Slot, action: str) -> None:
        """A quiet box that says whose it is and what a click does."""
        x, y = self._corner(slot)
        self._canvas.delete(slot.tag)
        slot.photo, slot.action = None, action
        self._ground(slot, y)
        look, placed = slot.look, slot.placed
        room = placed.width - 2 * look.px(_MARGIN)
        line = self._typesetter.line_height("small")
        if room < self._typesetter.text_width("small_bold", action) or placed.height < 2 * line:
            return
        middle = y + placed.height // 2
        self._text(x + placed.width // 2, middle + line // 2, action, Ink("small_bold", look.palette.accent, slot.tags))
        name = Breaker(self._typesetter, "small", room).single(placed.attachment.name)
        origin = (x + (placed.width - name.width) // 2, middle - line)
        muted = Ink("small", look.palette.text_muted, slot.tags)
        slot.images = self._typesetter.draw(self._canvas, name, origin, muted)

    def _mark(self, slot: Slot, x: int, y: int) -> None:
        """That it moves."""
        px = slot.look.px
        width, height, gap = px(34), px(18), px(6)
        if slot.placed.width < width + 2 * gap or slot.placed.height < height + 2 * gap:
            return
        plate = self._shapes.image(Pill(width, height, "#000000", radius=px(5)))
        top = y + slot.placed.height - height - gap
        self._canvas.create_image(x + gap, top, image=plate, anchor="nw", tags=slot.tags)
        self._text(x + gap + width // 2, top + height // 2, MARK, Ink("small_bold", "#ffffff", slot.tags))

    def _text(self, x: int, y: int, text: str, ink: Ink) -> None:
        self._canvas.create_text(x, y, text=text, font=Root.font_name(ink.font), fill=ink.color, tags=ink.tag)
