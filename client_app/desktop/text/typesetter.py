"""Measures and draws text for canvases: one place for Tk's fonts, shaped words and emoji."""

import math
import tkinter
import tkinter.font

from PIL import ImageTk

from client_app.desktop.drawing.shapes import Pill, Shapes
from client_app.desktop.emoji import EmojiImages, emoji_name
from client_app.desktop.theme import FONTS
from client_app.desktop.toolkit import Look, Root

from .faces import PLAIN
from .grounds import paint_face
from .ink import Ink
from .line import Line, Run
from .names import is_name
from .pieces import Kind, Piece
from .script_fonts import Hand
from .shaping import Shaper

PILL_FONT = "small"
"""In which the name of an emoji is written that cannot be drawn."""
_MAX_WIDTHS = 60_000
"""Words whose width is remembered: some 6 MB."""


class Typesetter:
    """Knows how wide every piece of text is in the window's fonts, and puts lines onto a canvas."""

    def __init__(self, root: Root) -> None:
        self._root = root
        self._widths: dict[tuple[str, str], int] = {}
        self._shaper = Shaper(root)
        self._emoji = root.only(EmojiImages)
        self._shapes = Shapes(root)
        self._metrics: dict[str, tuple[int, int]] = {}

    def look_changed(self, _look: Look) -> None:
        """Forget what was measured at another size."""
        self._widths.clear()
        self._metrics.clear()

    # --- measuring ----------------------------------------------------------------------------------------------------

    def size(self, font: str) -> int:
        """The height of the letters of a font role, in pixels."""
        return self._root.px(FONTS[font].size)

    def ascent(self, font: str) -> int:
        """From the top of a line to its baseline."""
        return self._font_metrics(font)[0]

    def line_height(self, font: str) -> int:
        """From one line to the next."""
        return self._font_metrics(font)[1]

    def text_width(self, font: str, text: str) -> int:
        """Pixels of a text as Tk draws it."""
        key = (font, text)
        width = self._widths.get(key)
        if width is None:
            if len(self._widths) >= _MAX_WIDTHS:
                self._widths.clear()
            width = int(self._root.tk.call("font", "measure", Root.font_name(font), text))
            self._widths[key] = width
        return width

    def width(self, font: str, piece: Piece, scale: float = 1.0) -> int:
        """Pixels of a piece; `scale` enlarges emoji."""
        if piece.kind is Kind.EMOJI:
            size = self.emoji_size(font, scale)
            return size if self._emoji.has(piece.text) else self._pill_width(piece.text)
        if piece.kind is Kind.HIDDEN:
            return 0
        if piece.kind is Kind.GAP:
            return 4 * self.text_width(font, " ")
        if piece.kind is Kind.SHAPED:
            shaped = self._shaper.width(piece.text, self._hand(font))
            if shaped is not None:
                return shaped
        return self.text_width(font, piece.text)

    def _hand(self, font: str) -> Hand:
        face = FONTS[font]
        return Hand(self.size(font), is_bold=face.weight == "bold", is_slanted=face.slant == "italic")

    def _pill_width(self, emoji: str) -> int:
        return self.text_width(PILL_FONT, emoji_name(emoji)) + self._root.px(14)

    def emoji_size(self, font: str, scale: float = 1.0) -> int:
        """Pixels of an emoji's side within text of this font."""
        return math.ceil(self.size(font) * 1.3 * scale)

    def is_house_emoji(self, name: str) -> bool:
        """Whether a `:name:` is an emoji of the house, whose picture is here."""
        return self._emoji.has(name)

    def emoji_photo(self, emoji: str, size: int) -> ImageTk.PhotoImage | None:
        """The image of an emoji, `size` pixels square; None where the system has no font with it."""
        return self._emoji.photo(emoji, size)

    def _font_metrics(self, font: str) -> tuple[int, int]:
        if font not in self._metrics:
            metrics = tkinter.font.nametofont(Root.font_name(font), self._root).metrics()
            height = max(int(metrics["linespace"]), round(self.size(font) * 1.45))
            self._metrics[font] = (int(metrics["ascent"]) + (height - int(metrics["linespace"])) // 2, height)
        return self._metrics[font]

    # --- drawing ------------------------------------------------------------------------------------------------------

    def draw(self, canvas: tkinter.Canvas, line: Line, origin: tuple[int, int], ink: Ink) -> list[ImageTk.PhotoImage]:
        """Put a line onto a canvas with its left end and its top at `origin`.

        The images must be kept as long as the items of the ink's tag are on the canvas.
        """
        x, y = origin
        images: list[ImageTk.PhotoImage] = []
        middle = y + line.baseline - self.ascent(ink.font) + self.line_height(ink.font) // 2
        for run in line.runs:
            if run.face is not PLAIN and paint_face(canvas, run, (x + run.x, y, y + line.height), ink):
                continue
            if run.kind is Kind.EMOJI and not self._emoji.has(run.text):
                images.append(self._draw_pill(canvas, run, (x + run.x, middle), ink))
                continue
            image = self._image(run, ink, line.scale)
            if image is not None:
                images.append(image)
                canvas.create_image(x + run.x, middle, image=image, anchor="w", tags=ink.tag)
            elif run.kind in {Kind.WORD, Kind.SHAPED, Kind.LABEL}:
                self._draw_text(canvas, run, (x + run.x, y + line.baseline), ink)
        return images

    def _draw_pill(self, canvas: tkinter.Canvas, run: Run, place: tuple[int, int], ink: Ink) -> ImageTk.PhotoImage:
        """The name of an emoji that the system's fonts do not have, on a ground that holds it together."""
        (x, middle), look, name = place, self._root.look, emoji_name(run.text)
        ground = self._shapes.image(Pill(run.width - 2, look.px(18), look.palette.border))
        canvas.create_image(x + 1, middle, image=ground, anchor="w", tags=ink.tag)
        font = Root.font_name(PILL_FONT)
        canvas.create_text(
            x + run.width // 2, middle, text=name, font=font, fill=ink.shade(run), tags=ink.tag, anchor="center"
        )
        return ground

    def write(self, canvas: tkinter.Canvas, text: str, origin: tuple[int, int], ink: Ink) -> None:
        """Put a few words of our own there, as a line of the ink's font would have them."""
        x, y = origin
        self._draw_text(canvas, Run(Kind.WORD, text, 0, 0, 0), (x, y + self.ascent(ink.font)), ink)

    def _draw_text(self, canvas: tkinter.Canvas, run: Run, origin: tuple[int, int], ink: Ink) -> None:
        x, baseline = origin
        color, font = ink.shade(run), run.face.font or ink.font
        # Straight to Tcl: a screen has hundreds of these, and tkinter's option handling costs more than Tk's drawing.
        self._root.tk.call(
            canvas, "create", "text", x, baseline - self._raw_ascent(font), "-text", run.text, "-anchor", "nw",
            "-font", Root.font_name(font), "-fill", color, "-tags", ink.tag,
        )  # fmt: skip
        if run.link and not is_name(run.link):
            size = self.size(font)
            under, thickness = baseline + max(size // 8, 1), max(size // 15, 1)
            canvas.create_line(x, under, x + run.width, under, fill=color, width=thickness, tags=ink.tag)
        if run.face.is_struck:
            through, thickness = baseline - self.size(font) // 3, max(self.size(font) // 12, 1)
            canvas.create_line(x, through, x + run.width, through, fill=color, width=thickness, tags=ink.tag)

    def _raw_ascent(self, font: str) -> int:
        key = f"{font} ascent"
        if key not in self._metrics:
            metrics = tkinter.font.nametofont(Root.font_name(font), self._root).metrics()
            self._metrics[key] = (int(metrics["ascent"]), 0)
        return self._metrics[key][0]

    def _image(self, run: Run, ink: Ink, scale: float) -> ImageTk.PhotoImage | None:
        font = run.face.font or ink.font
        if run.kind is Kind.EMOJI:
            return self._emoji.photo(run.text, self.emoji_size(font, scale))
        if run.kind is Kind.SHAPED:
            ascent, height = self.ascent(font), self.line_height(font)
            return self._shaper.photo(run.text, self._hand(font), ink.shade(run), ascent, height)
        return None
