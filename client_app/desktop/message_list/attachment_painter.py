"""Draws the cards of files, and how far each has come, onto the list's canvas."""

import tkinter
from collections.abc import Iterable
from dataclasses import dataclass

from PIL import ImageTk

from client_app.core.files import FilePlace, Key
from client_app.core.files.sizes import left_words, size_words, speed_words
from client_app.core.timeline.timeline import SendState
from client_app.desktop.drawing.shapes import Pill, Shapes
from client_app.desktop.text import Ink, Typesetter
from client_app.desktop.theme import unsent_text
from client_app.desktop.toolkit import Look, Root

from .attachments import BADGE, BETWEEN, PADDING, FileCard, FileNews, words_on
from .file_kinds import badge_of
from .painted import Painted

BAR = 4
"""Pixels at 100 %: how high it is."""


@dataclass(frozen=True, slots=True)
class _Word:
    """Something on a card that can be clicked."""

    word: str
    left: int
    right: int


class AttachmentPainter:
    """Knows where on each card stands what, which follows from how far it has come."""

    def __init__(self, canvas: tkinter.Canvas, typesetter: Typesetter, shapes: Shapes, news: FileNews) -> None:
        self._canvas, self._typesetter, self._shapes, self._news = canvas, typesetter, shapes, news

    def paint(self, painted: Painted, look: Look) -> list[ImageTk.PhotoImage]:
        """Draw all cards of a row; the images must be kept as long as they are on the canvas."""
        images: list[ImageTk.PhotoImage] = []
        entry = painted.row.entry
        for card in painted.row.cards:
            images += self._card(painted, card, look)
            self._below(painted, card, look)
            if card.lines:
                images += self._text(painted, card, look)
            elif card.attachment is not None:
                self._news.want_preview(FilePlace(entry.channel_id, entry.seq, card.attachment))
        return images

    def follow(self, key: Key, rows: Iterable[Painted], look: Look) -> None:
        """A file has come further, or is here: draw that of it which tells so."""
        for painted in rows:
            for card in painted.row.cards:
                if card.key == key:
                    self._canvas.delete(_tag(painted, card))
                    self._below(painted, card, look)

    def word_at(self, painted: Painted, card: FileCard, x: int, y: int, look: Look) -> str:
        """What a click at this point of the row asks for; empty beside the words."""
        if card.more and y >= card.y + card.height - self._typesetter.line_height("small") - look.px(2 * PADDING):
            return card.more
        if not card.y + card.head // 2 <= y < card.y + card.head:
            return ""
        gap = look.px(BETWEEN) // 2
        return next(
            (each.word for each in self._words(painted, card, look) if each.left - gap <= x < each.right + gap), ""
        )

    def _card(self, painted: Painted, card: FileCard, look: Look) -> list[ImageTk.PhotoImage]:
        palette, px, tag = look.palette, look.px, painted.tag
        top = painted.y + card.y
        rim = max(px(1), 1)
        ground = self._shapes.image(Pill(card.width, card.height, palette.raised, palette.border, rim, radius=px(8)))
        self._canvas.create_image(card.x, top, image=ground, anchor="nw", tags=tag)
        word, color = badge_of(card.name)
        size = px(BADGE)
        badge = self._shapes.image(Pill(size, size, color, radius=px(6)))
        left, middle = card.x + px(PADDING), top + card.head // 2
        self._canvas.create_image(left, middle, image=badge, anchor="w", tags=tag)
        font = Root.font_name("small_bold")
        self._canvas.create_text(left + size // 2, middle, text=word, font=font, fill="#ffffff", tags=tag)
        is_dim = painted.row.entry.state is not SendState.SENT
        ink = Ink("body", unsent_text(palette) if is_dim else palette.text, tag)
        origin = (self._text_x(card, look), top + px(PADDING) - px(2))
        return [ground, badge, *self._typesetter.draw(self._canvas, card.title, origin, ink)]

    def _below(self, painted: Painted, card: FileCard, look: Look) -> None:
        """What stands below the name: size or progress, and what can be done."""
        palette, tags = look.palette, (painted.tag, _tag(painted, card))
        progress, failure = self._news.progress(card.key), self._news.failure(card.key)
        x, y = self._text_x(card, look), painted.y + self._line_y(card, look)
        color = palette.danger if failure else palette.text_muted
        font = Root.font_name("small")
        self._canvas.create_text(x, y, text=self._told(card, look), font=font, fill=color, anchor="nw", tags=tags)
        for each in self._words(painted, card, look):
            bold = Root.font_name("small_bold")
            self._canvas.create_text(
                each.left, y, text=each.word, font=bold, fill=palette.accent, anchor="nw", tags=tags
            )
        if progress is not None:
            self._bar(card, progress.share, painted.y, look, tags)

    def _bar(self, card: FileCard, share: float, y: int, look: Look, tags: tuple[str, str]) -> None:
        px, palette = look.px, look.palette
        left, right = self._text_x(card, look), card.x + card.width - px(PADDING)
        top = y + card.y + card.head - px(BAR + 4)
        end = left + round((right - left) * share)
        self._canvas.create_rectangle(left, top, right, top + px(BAR), width=0, fill=palette.border, tags=tags)
        self._canvas.create_rectangle(left, top, end, top + px(BAR), width=0, fill=palette.accent, tags=tags)

    def _text(self, painted: Painted, card: FileCard, look: Look) -> list[ImageTk.PhotoImage]:
        """How a text begins, on the ground of code, and what shows more of it."""
        px, palette, tag = look.px, look.palette, painted.tag
        y, pad = painted.y + card.y + card.head, px(PADDING)
        height = sum(line.height for line in card.lines) + 2 * pad
        ground = self._shapes.image(Pill(card.width - 2 * pad, height, palette.sidebar, radius=px(6)))
        self._canvas.create_image(card.x + pad, y, image=ground, anchor="nw", tags=tag)
        images, y = [ground], y + pad
        for line in card.lines:
            images += self._typesetter.draw(self._canvas, line, (card.x + 2 * pad, y), Ink("mono", palette.text, tag))
            y += line.height
        if card.more:
            font = Root.font_name("small_bold")
            place = (card.x + 2 * pad, y + pad + px(6))
            self._canvas.create_text(*place, text=card.more, font=font, fill=palette.accent, anchor="nw", tags=tag)
        return images

    def _told(self, card: FileCard, look: Look) -> str:
        """The size, or how far it has come; of what failed, why, as far as there is room."""
        progress, failure = self._news.progress(card.key), self._news.failure(card.key)
        if progress is None or (failure and card.attachment is None):
            return self._fitting(failure, card, look) if failure else size_words(card.size)
        told = f"{size_words(progress.done)} of {size_words(card.size)}"
        for more in (speed_words(progress.speed), left_words(progress.seconds_left)):
            told += f" · {more}" if more else ""
        return told

    def _fitting(self, sentence: str, card: FileCard, look: Look) -> str:
        room = card.width - look.px(BADGE + 3 * PADDING + 190)
        while sentence and self._typesetter.text_width("small", f"{sentence}…") > room:
            sentence = sentence.rpartition(" ")[0]
        instead = "Waiting" if card.attachment is None else "Not here"
        return f"{sentence.rstrip('.')}…" if sentence else instead

    def _words(self, painted: Painted, card: FileCard, look: Look) -> list[_Word]:
        is_under_way, failure = self._news.progress(card.key) is not None, self._news.failure(card.key)
        words = words_on(card, painted.row.entry.state, is_under_way=is_under_way, has_failed=bool(failure))
        x = self._text_x(card, look) + self._typesetter.text_width("small", self._told(card, look)) + look.px(BETWEEN)
        placed = []
        for word in words:
            width = self._typesetter.text_width("small_bold", word)
            placed.append(_Word(word, x, x + width))
            x += width + look.px(BETWEEN)
        return placed

    @staticmethod
    def _text_x(card: FileCard, look: Look) -> int:
        return card.x + look.px(BADGE + 2 * PADDING)

    def _line_y(self, card: FileCard, look: Look) -> int:
        return card.y + look.px(PADDING) + card.title.height - look.px(2)


def _tag(painted: Painted, card: FileCard) -> str:
    return f"{painted.tag}-{card.y}"
