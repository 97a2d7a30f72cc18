"""A Tk text in which emoji are pictures: what is read from it, copied and undone is the text as people wrote it.

Tk's own key bindings work on it. What they tell the widget goes through a command of ours, which puts pictures in the
place of emoji, gives the emoji back when the text is read, keeps its own history, since Tk's knows nothing of pictures,
and lets no cursor, no selection and no deletion stand within what is one letter to the reader.
"""

import math
import re
import tkinter
import tkinter.font
from collections.abc import Iterator
from typing import Any

from PIL import ImageTk

from client_app.desktop.emoji import EMOJI, EmojiImages
from client_app.desktop.text.clusters import edge_after, edge_before
from client_app.desktop.theme import FONTS
from client_app.desktop.toolkit import Look, Root

from .command import take_command
from .counted import Counted
from .hands import lay_hands_on
from .history import History, Moment, Way
from .page import FONT, Page

_EMOJI = re.compile(EMOJI)
_JOINS = re.compile("[\u200d\ufe0e\ufe0f\u20e3\U0001f1e6-\U0001f1ff\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")
"""What makes one emoji of several characters: typed behind one, it changes the picture before it."""
_CHANGING = ("insert", "delete", "image")
"""Tk's operations after which another text is there."""
_MOST_KNOWN = 16
_UNSPEAKABLE = re.compile("[\x00\ud800-\udfff]")


class Editor(tkinter.Text):
    """A text to write in. Indices are Tk's; a picture counts as one."""

    def __init__(self, master: tkinter.Misc, root: Root, **options: Any) -> None:
        super().__init__(master, undo=False, exportselection=False, **options)
        self._root_window = root
        self._images = root.only(EmojiImages)
        self._history = History()
        self._shown: dict[str, tuple[str, ImageTk.PhotoImage]] = {}
        """The emoji of each picture in the text, by Tk's name for that."""
        self._known: dict[tuple[str, str], str] = {}
        """What was read since the text changed, by its indices."""
        self._wide = int(self.tk.call("string", "length", "\U0001d538"))
        """As how many characters Tcl counts one outside of Unicode's first plane: two in 8.6, one later."""
        self._real = take_command(self, self._perform)
        self.selection_handle(self._selected_text)
        self.bind("<<Selection>>", lambda _event: self._own_selection(), add="+")
        self.counted = Counted(self)
        self.page = Page(self, self.counted, root)
        self.bindtags(lay_hands_on(self, self.bindtags(), root))
        for event in ("<FocusIn>", "<FocusOut>"):
            self.bind(event, lambda _event: self.page.look_again(), add="+")
        root.on_look(self, self._look_changed)

    def insert(self, index: Any, chars: str, *args: Any) -> None:
        """Put text there, but for what Tk cannot be told of: NUL, and halves of surrogate pairs."""
        super().insert(index, _UNSPEAKABLE.sub("", chars), *args)

    def offset(self, index: str) -> int:
        """How many characters stand before an index."""
        return len(self._read("1.0", index))

    def index_at(self, offset: int) -> str:
        """The index behind so many characters."""
        for text, index, is_picture in self._pieces("1.0", "end-1c"):
            line, column = (int(part) for part in index.split("."))
            if offset <= (0 if is_picture else len(text)):
                *above, last = text[:offset].split("\n")
                return f"{line + len(above)}.{self._units(last) + (0 if above else column)}"
            offset -= len(text)
            if offset <= 0:
                return f"{line}.{column + 1}"
        return "end-1c"

    # --- what Tk and everybody else tell the widget -----------------------------------------------------------------

    def _perform(self, operation: str, *arguments: str) -> object:
        if operation == "get":
            return self._read(arguments[0], arguments[1] if len(arguments) > 1 else f"{arguments[0]} + 1 indices")
        self.page.look_again()
        match operation:
            case "edit":
                return self._edit(arguments[0] if arguments else "")
            case "move":
                return self._move(*arguments)
            case "select":
                return self._select(*arguments)
        if str(self._call("cget", "-state")) == "disabled":
            return ""
        match operation:
            case "insert":
                self._note("insert")
                self._put(arguments[0], "".join(arguments[1::2]))
            case "delete":
                self._note("delete")
                self._delete(arguments[0], arguments[1] if len(arguments) > 1 else "")
            case "replace":
                self._history.separate()
                self._note("insert")
                start = self._call("index", arguments[0])
                self._delete(start, arguments[1])
                self._put(start, "".join(arguments[2::2]))
                self._history.separate()
        return ""

    def _edit(self, what: str) -> object:
        match what:
            case "undo":
                self._restore(self._history.undo(self._now()))
            case "redo":
                self._restore(self._history.redo(self._now()))
            case "reset":
                self._history.forget()
            case "separator":
                self._history.separate()
        return ""

    def _move(self, *arguments: str) -> object:
        wanted = str(self._call("index", arguments[2]))
        goes_on = bool(self._call("compare", wanted, ">", "insert"))
        return self._call("mark", "set", "insert", self._snapped(wanted, after=goes_on))

    def _select(self, *arguments: str) -> object:
        first = self._snapped(str(self._call("index", arguments[2])), after=False)
        last = str(self._call("index", arguments[3] if len(arguments) > 3 else f"{first} + 1 indices"))
        return self._call("tag", "add", "sel", first, self._snapped(last, after=True))

    # --- reading ------------------------------------------------------------------------------------------------------

    def _read(self, first: str, last: str) -> str:
        """What stands between two indices. A key that is pressed asks a few times for the same."""
        stretch = (str(self._call("index", first)), str(self._call("index", last)))
        found = self._known.get(stretch)
        if found is None:
            found = "".join(text for text, _index, _is_picture in self._pieces(*stretch))
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[stretch] = found
        return found

    def _pieces(self, first: str, last: str) -> Iterator[tuple[str, str, bool]]:
        """Texts and emoji, where they stand, and whether they are pictures."""
        dump = iter(self.tk.splitlist(self._call("dump", "-text", "-image", first, last)))
        for kind, value, index in zip(dump, dump, dump, strict=True):
            if kind == "text":
                yield str(value), str(index), False
            elif value in self._shown:
                yield self._shown[value][0], str(index), True

    def _now(self) -> Moment:
        return Moment(self._read("1.0", "end-1c"), self.offset("insert"))

    def _units(self, text: str) -> int:
        """How many characters Tcl takes a text for."""
        return len(text) + (self._wide - 1) * sum(character > "\uffff" for character in text)

    def _snapped(self, index: str, *, after: bool) -> str:
        """An index that is not within one letter, from this one on or back."""
        line, column = (int(part) for part in index.split("."))
        text = str(self._call("get", f"{line}.0", f"{line}.end"))
        if text.isascii():
            return index
        start = 0
        for piece, at, is_picture in self._pieces(f"{line}.0", f"{line}.end"):
            start = int(at.split(".")[1])
            units = 1 if is_picture else self._units(piece)
            if is_picture or not start < column < start + units:
                continue
            position = next(count for count in range(len(piece) + 1) if self._units(piece[:count]) >= column - start)
            is_within = self._units(piece[:position]) != column - start
            found = edge_after(piece, position) if after else edge_before(piece, position - is_within)
            return f"{line}.{start + self._units(piece[:found])}"
        return index

    # --- writing ------------------------------------------------------------------------------------------------------

    def _put(self, index: str, text: str) -> None:
        at = str(self._call("index", index))
        joins = bool(_JOINS.match(text)) or self._call("get", f"{at} - 1 indices", at) == "\u200d"
        self._write(at, text)
        if joins:
            self._rewrite_line(at)

    def _write(self, index: str, text: str) -> None:
        """Text as it is, with pictures in the place of emoji."""
        self._call("mark", "set", "written", index)
        start = 0
        for match in _EMOJI.finditer(text) if not text.isascii() else ():
            photo = self._images.photo(match[0], self._size())
            if photo is None:
                continue
            self._call("insert", "written", text[start : match.start()])
            name = str(self._call("image", "create", "written", "-image", photo, "-align", "center", "-padx", 1))
            self._shown[name] = (match[0], photo)
            start = match.end()
        self._call("insert", "written", text[start:])
        self._call("mark", "unset", "written")
        self._call("edit", "modified", 1)

    def _rewrite_line(self, index: str) -> None:
        """What was typed makes another emoji of what stands before it, perhaps."""
        first, last = f"{index} linestart", f"{index} lineend"
        text = self._read(first, last)
        drawn = [piece for piece, _index, is_picture in self._pieces(first, last) if is_picture]
        if [match[0] for match in _EMOJI.finditer(text)] != drawn:
            behind = len(self._read("insert", last))
            start = str(self._call("index", first))
            self._call("delete", start, last)
            self._write(start, text)
            self._call("mark", "set", "insert", self.index_at(len(self._read("1.0", f"{start} lineend")) - behind))

    def _delete(self, first: str, last: str) -> None:
        """From one index to another; without one, the letter there, or what was typed last of the one before it."""
        start = str(self._call("index", first))
        if last:
            end = str(self._call("index", last))
        else:
            end = str(self._call("index", f"{start} + 1 indices"))
            is_backwards = bool(self._call("compare", end, "==", "insert"))
            if not is_backwards:
                end = self._snapped(end, after=True)
        start = self._whole(start)
        self._call("delete", start, end)
        self._forget_pictures()
        self._call("edit", "modified", 1)

    def _whole(self, index: str) -> str:
        """The same index, or the one before it where it is in the middle of a character as Tcl counts them."""
        line, column = index.split(".")
        before = str(self._call("get", f"{line}.0", f"{line}.end"))
        if self._wide == 1 or before.isascii():
            return index
        units = 0
        for piece, at, is_picture in self._pieces(f"{line}.0", f"{line}.end"):
            units = int(at.split(".")[1])
            for character in () if is_picture else piece:
                if units < int(column) < units + self._units(character):
                    return f"{line}.{units}"
                units += self._units(character)
        return index

    def _note(self, way: Way) -> None:
        if self._history.begins(way):
            self._history.note(way, self._now())

    def _restore(self, moment: Moment | None) -> None:
        if moment is not None:
            self._load(moment)
            self._call("see", "insert")

    def _load(self, moment: Moment) -> None:
        self._call("delete", "1.0", "end")
        self._write("1.0", moment.text)
        self._forget_pictures()
        self._call("mark", "set", "insert", self.index_at(moment.cursor))

    def _forget_pictures(self) -> None:
        if self._shown:
            names = set(self.tk.splitlist(self._call("image", "names")))
            self._shown = {name: each for name, each in self._shown.items() if name in names}

    def _call(self, *arguments: object) -> Any:
        """The widget itself, past all of this."""
        if arguments[0] in _CHANGING:
            self._known.clear()
        return self.tk.call(self._real, *arguments)

    # --- how it looks, and what is selected ---------------------------------------------------------------------------

    def _size(self) -> int:
        """Pixels of an emoji: as in messages, but no higher than a line."""
        return min(math.ceil(self._root_window.px(FONTS[FONT].size) * 1.3), self._linespace())

    def _linespace(self) -> int:
        return tkinter.font.nametofont(Root.font_name(FONT), self).metrics("linespace")

    def _look_changed(self, _look: Look) -> None:
        """Lines are as far from each other as in messages, whoever draws them."""
        space = max(self.page.pitch - self._linespace(), 0)
        self._call("configure", "-spacing1", space // 2, "-spacing2", space, "-spacing3", space - space // 2)
        if self._shown:
            was_modified = self._call("edit", "modified")
            self._load(self._now())
            self._call("edit", "modified", was_modified)

    def _own_selection(self) -> None:
        """What is selected can be put elsewhere with the middle button of the mouse."""
        self.page.look_again()
        if self._call("tag", "ranges", "sel"):
            self.selection_own()

    def _selected_text(self, offset: str, length: str) -> str:
        first, last = self.counted.selected()
        return self.counted.whole()[first:last][int(offset) : int(offset) + int(length)]
