"""The buttons of a card: only what one may do with or to the person is there."""

import tkinter
from collections.abc import Callable, Iterator
from typing import Protocol

from client_app.core.client import Client
from client_app.core.panes.roster import Profile
from client_app.desktop.dialogs.judgement import Deed
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label, MenuItem, OptionMenu, Root, Separator, popup_menu
from shared.types import BlockKind, UserId

from .words import role_words

MUTES = (("For 30 minutes", 30 * 60), ("For 8 hours", 8 * 60 * 60), ("Until I unmute them", None))
"""For how long somebody can be muted, as the menu says it and in seconds."""


class Deeds(Protocol):
    """What the card asks of the window."""

    def mention(self, user_id: UserId) -> None:
        """Put their name into the composer."""

    def judge(self, deed: Deed, user_id: UserId) -> None:
        """Ask for how long and why, and do it."""

    def show_own_profile(self) -> None:
        """Show what I tell of myself, to be changed."""

    def confirm(self, title: str, text: str, verb: str, then: Callable[[], None]) -> None:
        """Ask once before something that cannot be undone."""


class Offers(Frame):
    """Rows of two buttons. What leads away from the card closes it by `on_leave` first."""

    def __init__(
        self, master: tkinter.Misc, root: Root, client: Client, deeds: Deeds, on_leave: Callable[[], object]
    ) -> None:
        super().__init__(master, fg_color="transparent")
        self._root_window, self._client, self._deeds, self._on_leave = root, client, deeds, on_leave
        self._profile: Profile | None = None
        self._add_buttons()
        self._add_moderation()

    def buttons(self) -> Iterator[Button]:
        """Those that are there, from top to bottom."""
        for row in self._rows_of_buttons:
            shown = (child for child in row.winfo_children() if isinstance(child, Button) and child.winfo_manager())
            yield from shown if row.winfo_manager() else ()

    def offer(self, profile: Profile, *, has_told: bool) -> None:
        """What one may do with or to this person; `has_told` says whether they tell anything of themselves."""
        self._profile = profile
        self._name_buttons(profile)
        for row in (self._rule, self._role_row, *self._rows_of_buttons):
            row.pack_forget()
        is_blocked = profile.block is not None and profile.block.kind is BlockKind.BLOCK
        may_mute = profile.may_block and not is_blocked
        self._fill_row(self._talk, (self._message, profile.may_message), (self._mention, profile.may_mention))
        self._fill_row(self._quiet, (self._mute, may_mute), (self._block, profile.may_block))
        is_judge = profile.may_time_out or profile.may_kick or profile.may_ban or profile.may_purge
        if is_judge or profile.may_give_role:
            self._rule.pack(fill="x", pady=(Space.SMALL, 0))
        if profile.may_give_role:
            self._show_roles(profile)
        self._fill_row(self._first_deeds, (self._time_out, profile.may_time_out), (self._kick, profile.may_kick))
        self._fill_row(self._last_deeds, (self._purge, profile.may_purge), (self._ban, profile.may_ban))
        self._fill_row(self._words, (self._edit, profile.is_me), (self._clear, profile.may_clear and has_told))

    # --- its parts ----------------------------------------------------------------------------------------------------

    def _add_buttons(self) -> None:
        self._talk = self._row()
        self._message = self._button(self._talk, "Message", self.write, is_first=True)
        self._mention = self._button(self._talk, "Mention", lambda: self._do(self._deeds.mention))
        self._quiet = self._row()
        self._mute = self._button(self._quiet, "Mute…", self._ask_how_long)
        self._block = self._button(self._quiet, "Block", self._toggle_block)

    def _add_moderation(self) -> None:
        self._rule = Frame(self, fg_color="transparent")
        Separator(self._rule).pack(fill="x", pady=Space.TIGHT)
        self._role_row = self._row()
        Label(self._role_row, "Role", text_color=pair("text_muted")).pack(side="left")
        self._role = OptionMenu(self._role_row, [""], command=self.give_role, width=180)
        self._role.pack(side="right")
        self._first_deeds, self._last_deeds, self._words = self._row(), self._row(), self._row()
        self._rows_of_buttons = (self._talk, self._quiet, self._first_deeds, self._last_deeds, self._words)
        self._edit = self._button(self._words, "Edit profile…", self._edit_profile)
        self._clear = self._button(self._words, "Clear their profile…", self._ask_to_clear)
        self._time_out = self._button(self._first_deeds, "Time out…", self._toggle_time_out)
        self._kick = self._button(self._first_deeds, "Kick…", lambda: self._judge(Deed.KICK))
        self._purge = self._button(self._last_deeds, "Delete messages…", lambda: self._judge(Deed.PURGE))
        self._ban = self._button(self._last_deeds, "Ban…", self._toggle_ban)
        for button in (self._time_out, self._kick, self._purge, self._ban, self._clear):
            button.configure(text_color=pair("danger"))

    def _row(self) -> Frame:
        row = Frame(self, fg_color="transparent")
        row.grid_columnconfigure((0, 1), weight=1, uniform="buttons")
        return row

    def _button(self, row: Frame, text: str, act: Callable[[], object], *, is_first: bool = False) -> Button:
        return Button(row, text, act, kind="primary" if is_first else "secondary", height=34, width=10)

    def _name_buttons(self, profile: Profile) -> None:
        """Each button says what it would do now."""
        kind = profile.block.kind if profile.block else None
        self._message.configure(text="Notes to yourself" if profile.is_me else "Message")
        self._mute.configure(text="Unmute" if kind is BlockKind.MUTE else "Mute…")
        self._block.configure(text="Unblock" if kind is BlockKind.BLOCK else "Block")
        self._time_out.configure(text="End the time-out" if profile.timeout_until is not None else "Time out…")
        self._ban.configure(text="Lift the ban" if profile.is_banned else "Ban…")

    def _fill_row(self, row: Frame, *choices: tuple[Button, bool]) -> None:
        offered = [button for button, may in choices if may]
        for button, _may in choices:
            button.grid_forget()
        for column, button in enumerate(offered):
            gap = (0, 0) if len(offered) == 1 or column else (0, Space.SMALL)
            button.grid(row=0, column=column, columnspan=3 - len(offered), sticky="ew", padx=gap)
        if offered:
            row.pack(fill="x", pady=(Space.SMALL, 0))

    def _show_roles(self, profile: Profile) -> None:
        names = [role_words(role.name) for role in self._client.administration.roles_i_may_give()]
        present = role_words(profile.role.name)
        self._role.configure(values=names if present in names else [present, *names])
        self._role.set(present)
        self._role_row.pack(fill="x", pady=(Space.SMALL, 0))

    # --- what is done on it -------------------------------------------------------------------------------------------

    def write(self) -> None:
        """As if the first button had been pressed: open the direct messages with the person shown."""
        self._do(self._client.open_direct)

    def _do(self, deed: Callable[[UserId], object]) -> None:
        self._on_leave()
        if self._profile is not None:
            deed(self._profile.user_id)
            self._client.tell()

    def _judge(self, deed: Deed) -> None:
        self._do(lambda user_id: self._deeds.judge(deed, user_id))

    def _ask_how_long(self) -> None:
        """Mute for a time that a menu asks for, or unmute."""
        profile, client = self._profile, self._client
        if profile is None:
            return
        user_id = profile.user_id
        if self._mute.cget("text") == "Unmute":
            client.unmute(user_id)
            client.tell()
            return
        items = [MenuItem(words, lambda seconds=seconds: self.mute(seconds)) for words, seconds in MUTES]  # type: ignore[misc]  # each its own
        x, y = self._mute.winfo_rootx(), self._mute.winfo_rooty() + self._mute.winfo_height()
        popup_menu(self._root_window, items, x, y)

    def mute(self, seconds: int | None) -> None:
        """No notification of this person any more, for so long or for ever."""
        if self._profile is not None:
            self._client.mute(self._profile.user_id, seconds)
            self._client.tell()

    def _toggle_block(self) -> None:
        if self._profile is not None:
            is_blocked = self._block.cget("text") == "Unblock"
            (self._client.unblock if is_blocked else self._client.block)(self._profile.user_id)
            self._client.tell()

    def _toggle_time_out(self) -> None:
        if self._profile is not None and self._profile.timeout_until is not None:
            self._client.administration.time_out(self._profile.user_id, 0, "")
            self._client.tell()
        else:
            self._judge(Deed.TIME_OUT)

    def _edit_profile(self) -> None:
        self._do(lambda _user_id: self._deeds.show_own_profile())

    def _ask_to_clear(self) -> None:
        """Once, because it cannot be undone."""
        profile, profiles = self._profile, self._client.profiles
        if profile is not None:
            text = "Display name, pronouns, status and what they tell of themselves go. They can set them anew."
            self._on_leave()
            self._deeds.confirm(
                f"Clear the profile of {profile.handle}?", text, "Clear", lambda: profiles.clear(profile.user_id)
            )

    def _toggle_ban(self) -> None:
        if self._profile is not None and self._profile.is_banned:
            self._client.administration.unban(self._profile.user_id)
            self._client.tell()
        else:
            self._judge(Deed.BAN)

    @property
    def roles(self) -> tuple[str, ...]:
        """What the menu of roles offers."""
        return tuple(self._role.cget("values")) if self._role_row.winfo_manager() else ()

    def give_role(self, words: str) -> None:
        """As if this had been chosen from the menu."""
        roles = self._client.administration.roles_i_may_give()
        role = next((role for role in roles if role_words(role.name) == words), None)
        if role is not None and self._profile is not None and role.id != self._profile.role.id:
            self._client.administration.give_role(self._profile.user_id, role.id)
            self._client.tell()
