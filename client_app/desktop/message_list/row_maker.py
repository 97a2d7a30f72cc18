"""Lays out entries, and remembers the latest layouts."""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import replace

from msgspec import structs

from client_app.core.markdown import read, read_spans
from client_app.core.timeline.timeline import Entry, EntryKind, SendState
from client_app.desktop.text import Breaker, Line, Typesetter, plain_text, with_labels
from client_app.desktop.toolkit import Look

from .attachments import GAP as CARD_GAP
from .attachments import FileNews, has_files, lay_out_cards
from .body import BodyMaker
from .code_lines import Colored
from .forwards import lay_out_forward
from .jumbo import emoji_scale
from .pending import lay_out_row_pictures
from .pictures import ABOVE, BELOW
from .quotes import QuoteLine, lay_out_quote
from .reactions import lay_out
from .row import (
    DELETED,
    EDITED,
    GUTTER,
    HIDE,
    RIGHT_MARGIN,
    SHOW,
    Body,
    Introduction,
    Mark,
    Placed,
    Row,
    ways_out,
)
from .stretches import links_of, names_in
from .views import Views

_KEPT = 1500
"""Layouts; a screen shows some 20."""


class RowMaker:
    """Lays out entries and remembers the latest layouts."""

    def __init__(
        self,
        typesetter: Typesetter,
        name_of_link: Callable[[str], str] = lambda _: "",
        colored: Colored = lambda _language, _code: (),
        news: FileNews | None = None,
    ) -> None:
        """`name_of_link` is what is drawn in the place of a link to a message; empty for the link itself."""
        self._typesetter = typesetter
        self._name_of_link = name_of_link
        self._rows: OrderedDict[str, tuple[int, Row]] = OrderedDict()
        """By key, with the width for which they were made."""
        self._look: Look | None = None
        self._introduction = Introduction()
        self.views = Views(news or FileNews(), colored)
        self._bodies = BodyMaker(typesetter, self._px, name_of_link, self.views, colored)

    def look_changed(self, look: Look) -> None:
        """Forget the layouts of another look."""
        self._look = look
        self._rows.clear()

    def forget(self, is_concerned: Callable[[Row], bool]) -> bool:
        """Lay out anew the rows that something concerns; whether there are any."""
        keys = [key for key, (_width, row) in self._rows.items() if is_concerned(row)]
        for key in keys:
            del self._rows[key]
        return bool(keys)

    def uncover(self, entry: Entry, spoiler: int) -> None:
        """Show what is covered, by its number in the message."""
        self.views.uncover(entry.key, entry.text, spoiler)
        self._rows.pop(entry.key, None)

    def scroll_box(self, entry: Entry, box: int, column: int) -> bool:
        """Scroll a box of the message to the side, by its number; whether it was elsewhere."""
        is_elsewhere = self.views.scroll(entry.key, entry.text, box, column)
        if is_elsewhere:
            self._rows.pop(entry.key, None)
        return is_elsewhere

    def introduce(self, introduction: Introduction) -> None:
        """Let the beginning say something else."""
        self._introduction = introduction
        self._rows.clear()

    def row(self, entry: Entry, width: int, folded: int = 1) -> Row:
        """The layout of an entry in a list of this width; of a hidden one, standing for so many."""
        found = self._rows.get(entry.key)
        if found is not None and found[0] == width and found[1].entry is entry and found[1].folded == folded:
            self._rows.move_to_end(entry.key)
            return found[1]
        row = self._hidden(entry, width, folded) if entry.is_hidden else self._make(entry, width)
        self._rows[entry.key] = (width, row)
        if len(self._rows) > _KEPT:
            self._rows.popitem(last=False)
        return row

    def height(self, entries: Iterable[Entry], width: int, most: int) -> int:
        """How high all of these are, or `most` where they are higher; no more of them are laid out than it takes."""
        height = 0
        for entry in entries:
            height += self.row(entry, width).height
            if height >= most:
                return most
        return height

    def _make(self, entry: Entry, width: int) -> Row:
        if entry.kind is EntryKind.MESSAGE:
            is_action = entry.is_action and not entry.is_deleted
            return self._action(entry, width) if is_action else self._message(entry, width)
        if entry.kind is EntryKind.BEGINNING:
            return self._beginning(entry, width)
        return Row(entry, self._px(40 if entry.kind is EntryKind.DAY else 28), 0, "small")

    def _px(self, size: float) -> int:
        assert self._look is not None
        return self._look.px(size)

    def _message(self, entry: Entry, width: int) -> Row:
        room = self._room(width)
        # What is shown of a blocked person says whose it is: the one before it may be hidden.
        is_grouped = entry.is_grouped and not entry.is_revealed
        y, label_y = self._px(2 if is_grouped else 14), 0
        quote, y = self._quote(entry, y, room)
        if entry.is_announcement and not entry.is_deleted:
            label_y = y + self._px(4)
            y = label_y + self._typesetter.line_height("small") + self._px(2)
        head, head_y = None, y
        if not is_grouped:
            head = self._author(entry, room - self._px(80))
            y += head.height
        forwarded, y = self._forward(entry, y, room)
        body = self._body(entry, room, y)
        # The body of a deleted message is empty, so that nothing of it can be selected or clicked.
        deleted = Breaker(self._typesetter, "body_italic", room).lines(DELETED) if entry.is_deleted else ()
        note = _stacked(deleted, y)
        row = Row(entry, 0, self._px(GUTTER), "body", body.placed, head, head_y, note=note, label_y=label_y)
        row = structs.replace(row, ornaments=body.ornaments, body_bottom=body.bottom, quote=quote, forwarded=forwarded)
        return self._finished(row, room)

    def _body(self, entry: Entry, room: int, y: int) -> Body:
        """What it says, from here down."""
        tree = read(entry.text, names_in(entry))
        if not tree.is_plain:
            return self._bodies.lay_out(entry, tree, room, y)
        breaker = Breaker(self._typesetter, "body", room, emoji_scale(entry.text, self._typesetter.is_house_emoji))
        return Body(_stacked(breaker.lines(entry.text, links_of(entry, self._name_of_link)), y))

    def _quote(self, entry: Entry, y: int, room: int) -> tuple[QuoteLine | None, int]:
        """What it answers, and where the message itself begins."""
        if entry.quote is None:
            return None, y
        quote = replace(entry.quote, text=with_labels(entry.quote.text, self._name_of_link))
        line = lay_out_quote(quote, (self._px(GUTTER), y - self._px(4)), room, self._typesetter, self._px)
        return line, line.y + line.height + self._px(2)

    def _forward(self, entry: Entry, y: int, room: int) -> tuple[Placed | None, int]:
        """Who said it first, and where the text begins."""
        if not entry.forwarded or entry.is_deleted:
            return None, y
        line = lay_out_forward(entry.forwarded, room, self._typesetter)
        return Placed(y, line), y + line.height

    def _hidden(self, entry: Entry, width: int, folded: int) -> Row:
        """One quiet line, or nothing."""
        text_x, line = self._px(GUTTER), self._typesetter.line_height("small")
        y = self._px(4)
        body = _stacked(Breaker(self._typesetter, "small", self._room(width)).lines(""), y)
        if not folded:
            return Row(entry, 0, text_x, "small", body, folded=0)
        said = "Blocked message" if folded == 1 else f"{folded} blocked messages"
        x = text_x + self._typesetter.text_width("small", said) + self._px(12)
        return Row(
            entry, line + 2 * y, text_x, "small", body, actions=(SHOW,), actions_x=x, actions_y=y, said_instead=said,
            folded=folded,
        )  # fmt: skip

    def _action(self, entry: Entry, width: int) -> Row:
        """`/me`: the author is the sentence's subject, on the same line."""
        room = self._room(width)
        quote, y = self._quote(entry, self._px(2 if entry.is_grouped else 10), room)
        forwarded, y = self._forward(entry, y, room)
        head = self._author(entry, room // 2)
        indent = head.width + self._typesetter.text_width("body_italic", " ")
        tree = read_spans(entry.text, names_in(entry))
        if tree.is_plain:
            breaker = Breaker(self._typesetter, "body_italic", room)
            body = _stacked(breaker.lines(entry.text, links_of(entry, self._name_of_link), indent), y)
        else:
            body = self._bodies.lay_out_sentence(entry, tree, room, y, indent).placed
        row = Row(entry, 0, self._px(GUTTER), "body_italic", body, head, y, is_action=True)
        return self._finished(structs.replace(row, quote=quote, forwarded=forwarded), room)

    def _room(self, width: int) -> int:
        """How wide the text may be."""
        return width - self._px(GUTTER) - self._px(RIGHT_MARGIN)

    def _finished(self, row: Row, room: int) -> Row:
        """The row with what stands below the body, and its height."""
        bottom = row.body_bottom or row.body[-1].y + row.body[-1].line.height
        note, edited, reactions = row.note, None, row.reactions
        actions: tuple[str, ...] = ()
        if row.entry.is_edited and not row.entry.is_deleted:
            edited = self._mark(row, room)
            bottom = max(bottom, edited.y + self._typesetter.line_height("small"))
        if has_files(row.entry):
            row, bottom = self._with_files(row, room, bottom)
        if row.entry.reactions and self._look is not None:
            reactions = lay_out(row.entry, self._typesetter, self._look, left=row.text_x, room=room, top=bottom)
            bottom = reactions[-1].y + reactions[-1].height + self._px(4)
        if row.entry.state is SendState.FAILED:
            reason = row.entry.error or "It could not be sent."
            note = _stacked(Breaker(self._typesetter, "small", room).lines(f"Not sent. {reason}"), bottom)
            actions, bottom = ways_out(row.entry), note[-1].y + note[-1].line.height
        elif row.entry.is_revealed:
            actions = (HIDE,)
        actions_y = bottom
        if actions:
            bottom += self._typesetter.line_height("small") + self._px(2)
        return structs.replace(
            row,
            height=bottom + self._px(14 if row.label_y else 2),
            time=_time_and_place(row.entry),
            note=note,
            actions=actions,
            actions_x=row.text_x,
            actions_y=actions_y,
            edited=edited,
            reactions=reactions,
        )

    def _with_files(self, row: Row, room: int, bottom: int) -> tuple[Row, int]:
        """The row with its pictures and the cards of its other files, and where it goes on.

        They stand below the text, or in its place where nothing was written.
        """
        assert self._look is not None
        is_below = bool(row.entry.text or row.entry.is_edited or row.is_action)
        top = bottom if is_below else row.body[0].y
        place = (row.text_x, top + self._px(ABOVE))
        pictures = lay_out_row_pictures(row.entry, self.views.size_of, place, room, self._px)
        top = max([top, *(each.y + each.height + self._px(BELOW) for each in pictures)])
        cards = lay_out_cards(row.entry, self._typesetter, self._look, self.views, left=row.text_x, room=room, top=top)
        ends = (card.y + card.height + self._px(CARD_GAP) for card in cards)
        return structs.replace(row, pictures=pictures, cards=cards), max([bottom, top, *ends])

    def _mark(self, row: Row, room: int) -> Mark:
        """Behind the last line; before it where that stands on the right; below it where there is no room beside it."""
        last, width, gap = row.body[-1], self._typesetter.text_width("small", EDITED), self._px(6)
        y = last.y + last.line.baseline - self._typesetter.ascent("small")
        if row.is_in_box(last):
            return Mark(row.text_x, row.body_bottom, width)
        left = last.x + min((run.x for run in last.line.runs), default=0)
        right = last.x + max((run.x + run.width for run in last.line.runs), default=0)
        if right + gap + width <= room:
            return Mark(row.text_x + right + gap, y, width)
        if left >= gap + width and not row.is_action:
            return Mark(row.text_x + left - gap - width, y, width)
        return Mark(row.text_x, last.y + last.line.height, width)

    def _author(self, entry: Entry, room: int) -> Line:
        return Breaker(self._typesetter, "body_bold", room).single(entry.author)

    def _beginning(self, entry: Entry, width: int) -> Row:
        said = self._introduction
        text_x = self._px(16)
        room = width - 2 * text_x
        head_y = self._px(100)
        head = Breaker(self._typesetter, "heading", room).single(said.heading or entry.text)
        note = _stacked(
            Breaker(self._typesetter, "body", room).lines(said.sentence), head_y + head.height + self._px(4)
        )
        height = note[-1].y + note[-1].line.height + self._px(16)
        return Row(entry, height, text_x, "heading", (), head, head_y, "", note, introduction=said)


def _time_and_place(entry: Entry) -> str:
    """What stands beside the name."""
    place = f"  ·  {plain_text(entry.place)}" if entry.place else ""
    return f"{entry.time:%H:%M}{place}"


def _stacked(lines: tuple[Line, ...], y: int) -> tuple[Placed, ...]:
    placed = []
    for line in lines:
        placed.append(Placed(y, line))
        y += line.height
    return tuple(placed)
