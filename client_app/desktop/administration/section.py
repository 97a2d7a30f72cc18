"""The Administration section in the place of the three panes: on the left its pages, on the right the open one."""

import tkinter

from client_app.core.client import Client
from client_app.core.signals import (
    AdministrationChanged,
    LoggedIn,
    LoggedOut,
    Phase,
    PicturesChanged,
    RosterChanged,
    StatusChanged,
)
from client_app.desktop.lists import HeaderRow, ItemRow, ListRow, VirtualList
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label, OptionMenu, Root

from .page import Page
from .pages import PAGES, PEOPLE, PageEntry, pages_for

LIST_WIDTH = 220
LIST_FROM = 760
"""Width of the window, in pixels at 100 %, from which the pages stand in a list and not in a menu."""
_REST = 150
"""Milliseconds in which changes are gathered before the open page asks again: a raid tells of hundreds."""
_OFFLINE = (
    "There is no connection to the server. You see what was known; changing something has to wait until it is back."
)


class Administration(Frame):
    """One for the window, made when it is first opened. What is typed in its pages outlasts closing it."""

    def __init__(self, root: Root, client: Client) -> None:
        super().__init__(root, fg_color=pair("surface"))
        self._root_window, self._client = root, client
        self._pages: dict[str, Page] = {}
        self._covered: list[Frame] = []
        """What stands in the window otherwise."""
        self._focus_before: tkinter.Misc | None = None
        self._timer = ""
        self._is_wide: bool | None = None
        self.page_id = ""
        self._side = Frame(self, fg_color=pair("sidebar"), width=LIST_WIDTH)
        self._side.pack_propagate(False)
        self._fill_side()
        self._right = Frame(self, fg_color=pair("surface"))
        self._right.pack(side="right", fill="both", expand=True)
        self._top = Frame(self._right, fg_color="transparent")
        self.menu = OptionMenu(self._top, [""], command=self._menu_chosen, width=220)
        self.menu.pack(side="left", padx=Space.HUGE, pady=(Space.MEDIUM, 0))
        Button(self._top, "Back", self.close, kind="secondary").pack(side="right", padx=Space.HUGE, pady=(12, 0))
        self._offline = Label(self._right, _OFFLINE, text_color=pair("on_banner"), fg_color=pair("banner"))
        self._offline.configure(justify="left", wraplength=500, corner_radius=0)
        self._host = Frame(self._right, fg_color="transparent")
        self._host.pack(fill="both", expand=True)
        self.bind("<Configure>", lambda _event: self._arrange())
        root.bind("<Escape>", lambda _event: self._escape(), add="+")
        root.bind("<Control-f>", lambda _event: self.page.focus_first() if self.is_open else None, add="+")
        client.on(AdministrationChanged, lambda _signal: self._changed())
        client.on(PicturesChanged, lambda _signal: self._changed())
        client.on(RosterChanged, lambda _signal: self._roster_changed())
        client.on(StatusChanged, lambda _signal: self._follow())
        client.on(LoggedIn, lambda _signal: self._follow())
        client.on(LoggedOut, lambda _signal: self._logged_out())

    # --- coming and going ---------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether it is what the window shows."""
        return bool(self.winfo_manager())

    @property
    def page(self) -> Page:
        """The open page."""
        return self._pages[self.page_id]

    def open(self, page_id: str = "") -> bool:
        """Stand in the window's place, with this page; False where there is nothing that one may see."""
        entries = pages_for(self._client)
        if not entries:
            return False
        if not self.is_open:
            root = self._root_window
            self._focus_before = root.focus_get()
            self._covered = [
                widget for widget in root.pack_slaves() if isinstance(widget, Frame) and widget is not self
            ]
            for widget in self._covered:
                widget.pack_forget()
            self.pack(fill="both", expand=True)
            root.update_idletasks()
        known = {entry.id for entry in entries}
        self.show(next((wanted for wanted in (page_id, self.page_id) if wanted in known), entries[0].id))
        (self.list if self._is_wide else self.menu).focus_set()
        return True

    def close(self) -> None:
        """Give the window back; the keyboard goes where it was."""
        if not self.is_open:
            return
        self.pack_forget()
        for widget in self._covered:
            widget.pack(fill="both", expand=True)
        self._covered = []
        before, self._focus_before = self._focus_before, None
        if before is not None and before.winfo_exists():
            self._root_window.update_idletasks()
            before.focus_set()

    def show(self, page_id: str) -> None:
        """Open a page."""
        entry = next(entry for entry in PAGES if entry.id == page_id)
        for page in self._pages.values():
            page.pack_forget()
        if page_id not in self._pages:
            self._pages[page_id] = entry.page(self._host, self._root_window, self._client)
        self.page_id = page_id
        self._draw_side()
        self._follow()
        self.page.say("")
        self.page.pack(fill="both", expand=True)
        self.page.refresh()

    # --- what is seen -------------------------------------------------------------------------------------------------

    @property
    def page_ids(self) -> tuple[str, ...]:
        """The pages that are offered, in order."""
        return tuple(entry.id for entry in pages_for(self._client))

    @property
    def is_offline_said(self) -> bool:
        """Whether it says that there is no connection."""
        return bool(self._offline.winfo_manager())

    def _fill_side(self) -> None:
        head = Frame(self._side, fg_color="transparent")
        head.pack(fill="x", padx=Space.LARGE, pady=(Space.LARGE, Space.SMALL))
        Label(head, "Administration", role="title", height=24).pack(fill="x")
        self._server = Label(head, "", role="small", text_color=pair("text_muted"), height=18, width=1)
        self._server.pack(fill="x")
        self.back = Button(self._side, "Back to the conversation", self.close, kind="secondary")
        self.back.pack(side="bottom", fill="x", padx=Space.MEDIUM, pady=Space.MEDIUM)
        self.list = VirtualList(self._side, self._root_window, self.show)
        self.list.pack(fill="both", expand=True)

    def _draw_side(self) -> None:
        entries = pages_for(self._client)
        rows: list[ListRow] = []
        for entry in entries:
            if not any(row.key == entry.group for row in rows):
                rows.append(HeaderRow(entry.group, entry.group, is_collapsible=False))
            rows.append(ItemRow(entry.id, entry.page.title, badge=entry.waiting(self._client)))
        self.list.set_rows(tuple(rows))
        self.list.select(self.page_id)
        self.menu.configure(values=[self._menu_label(entry) for entry in entries])
        self.menu.set(next((self._menu_label(entry) for entry in entries if entry.id == self.page_id), ""))
        self._server.configure(text=display_text(str(self._client.address or "")))

    def _menu_label(self, entry: PageEntry) -> str:
        waiting = entry.waiting(self._client)
        return f"{entry.page.title} ({waiting})" if waiting else entry.page.title

    def _menu_chosen(self, label: str) -> None:
        entry = next((entry for entry in PAGES if self._menu_label(entry) == label), None)
        if entry is not None:
            self.show(entry.id)

    def _arrange(self) -> None:
        """The pages in a list where there is room, else in a menu over the page."""
        is_wide = self.winfo_width() / self._root_window.look.scale >= LIST_FROM
        self._offline.configure(wraplength=max(int(self._right.winfo_width() / self._root_window.look.scale) - 48, 200))
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        if is_wide:
            self._top.pack_forget()
            self._side.pack(side="left", fill="y", before=self._right)
        else:
            self._side.pack_forget()
            self._top.pack(fill="x", before=self._host)

    # --- what changed -------------------------------------------------------------------------------------------------

    def _changed(self) -> None:
        """Something is another now: the open page asks again, once changes rest."""
        if self.is_open and not self._timer:
            self._timer = self.after(_REST, self._refresh)

    def _roster_changed(self) -> None:
        """Somebody came or went: only people show that, and they are known without asking."""
        if self.page_id == PEOPLE:
            self._changed()

    def _refresh(self) -> None:
        self._timer = ""
        if not self.is_open:
            return
        known = self.page_ids
        if not known:
            self.close()
        elif self.page_id not in known:
            self.show(known[0])
        else:
            self._draw_side()
            if self._client.phase is Phase.ONLINE:
                self.page.refresh()

    def _follow(self) -> None:
        """The connection came or went."""
        if not self.is_open:
            return
        if self._client.phase is Phase.ONLINE:
            if self.is_offline_said:
                self._offline.pack_forget()
                self._changed()
        elif not self.is_offline_said:
            self._offline.pack(fill="x", before=self._host, ipady=Space.SMALL, ipadx=Space.LARGE)

    def _logged_out(self) -> None:
        """The login screen stands in the window now; what was typed for another account goes."""
        self._covered = []
        self.pack_forget()
        self.page_id = ""
        for page in self._pages.values():
            page.destroy()
        self._pages.clear()

    def _escape(self) -> str | None:
        if not self.is_open:
            return None
        self.close()
        return "break"
