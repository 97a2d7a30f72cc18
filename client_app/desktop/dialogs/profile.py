"""What one tells of oneself: what one is called, pronouns, a few words, and whether others see when one was here."""

import tkinter
from functools import partial
from pathlib import Path

from PIL import ImageTk

from client_app.core.client import Client
from client_app.desktop.dialogs.crop import choose_square
from client_app.desktop.people.avatars import Avatars
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Label, Look, Root, Switch
from client_app.desktop.widgets.fields import LabelledEntry
from client_app.desktop.widgets.picture_chooser import PictureChooser
from client_app.desktop.widgets.text_box import TextBox
from shared.errors import BadRequest, Refusal
from shared.limits import MAX_ABOUT
from shared.requests import FullProfile

WIDTH, FACE, LOW_FACE = 440, 72, 56
LOW = 620
"""Height of the window, in pixels at 100 %, below which the dialog makes itself small."""


class ProfileDialog(Dialog):
    """Filled in when the server has told what there is; stays until it has taken what was changed."""

    def __init__(self, root: Root, client: Client) -> None:
        super().__init__(root, "Your profile", on_confirm=self._save, confirm_label="Save", width=WIDTH)
        self._client = client
        self._known: FullProfile | None = None
        self._avatars = Avatars(root)
        me = client.me
        is_low = root.winfo_height() / root.look.scale < LOW
        self._face_size = LOW_FACE if is_low else FACE
        self.picture = PictureChooser(self.body, root, self._face, self._choose_picture, partial(choose_square, root))
        self.picture.pack(fill="x", pady=(0, Space.MEDIUM))
        self._show_picture()
        self.name = LabelledEntry(self.body, "Display name", hint=me.name if me is not None else "")
        self.name.set(me.display_name if me is not None else "")
        self.name.pack(fill="x")
        handle = f"Others can always find you by your name, @{me.name}." if me is not None else ""
        self._hint(handle)
        self.pronouns = LabelledEntry(self.body, "Pronouns", hint="she/her")
        self.pronouns.pack(fill="x", pady=(Space.MEDIUM, 0))
        label = Label(self.body, "About you", role="small_bold", text_color=pair("text_muted"), height=18)
        label.pack(fill="x", pady=(Space.MEDIUM, Space.TIGHT))
        self.about = TextBox(self.body, root, lines=1 if is_low else 3)
        self.about.pack(fill="x")
        self.about.on_change(self._count)
        # Return begins a new line there.
        self.about.text.bind("<Return>", self._break_line)
        self._room = self._hint("")
        self.shares = Switch(self.body, "Others see when you were here last, and you see it of them")
        if client.state is None or client.state.choices.shares_last_seen:
            self.shares.select()
        self.shares.pack(anchor="w", pady=(Space.MEDIUM, 0))
        self._count()
        self.open(self.name)
        if me is not None:
            client.profiles.fetch(me.id, self._fill, self._turn_down)
            client.tell()

    def _face(self, look: Look) -> ImageTk.PhotoImage | None:
        me = self._client.me
        return (
            self._avatars.image(me.id, me.shown_name, look.px(self._face_size), look.palette)
            if me is not None
            else None
        )

    def _choose_picture(self, path: Path | None) -> None:
        """Take effect at once, as the picture says by itself whether it did."""
        self.show_error("")
        self.picture.wait()
        # The fact itself follows its answer.
        self._client.pictures.set_avatar(path, lambda: self._show_picture(path is not None), self._turn_down)
        self._client.tell()

    def _show_picture(self, has_picture: bool | None = None) -> None:
        if tkinter.Misc.winfo_exists(self):
            me = self._client.me
            self.picture.show(has_picture=(me is not None and bool(me.avatar)) if has_picture is None else has_picture)

    def _hint(self, text: str) -> Label:
        label = Label(self.body, text, role="small", text_color=pair("text_muted"), height=18)
        label.pack(fill="x", pady=(Space.TIGHT, 0))
        return label

    def _fill(self, known: FullProfile) -> None:
        if self.winfo_exists():
            self._known = known
            self.pronouns.set(known.pronouns)
            self.about.set(known.about)
            self._count()

    def _break_line(self, _event: object) -> str:
        self.about.text.insert("insert", "\n")
        self._count()
        return "break"

    def _count(self) -> None:
        left = MAX_ABOUT - len(self.about.get().strip())
        words = f"{left} characters left" if left >= 0 else f"{-left} characters too many"
        self._room.configure(text=words, text_color=pair("text_muted" if left >= 0 else "danger"))

    def _save(self) -> bool:
        """Ask the server; the dialog stays until the answer is there."""
        self.show_error("")
        profiles, known = self._client.profiles, self._known
        try:
            profiles.set_profile(
                name=self.name.get(),
                # What was not told yet is left alone.
                pronouns=None if known is None else self.pronouns.get(),
                about=None if known is None else self.about.get(),
                then=self.close,
                refused=self._turn_down,
            )
        except BadRequest as refusal:
            self.show_error(refusal.message)
            return False
        state = self._client.state
        if state is not None and state.choices.shares_last_seen is not bool(self.shares.get()):
            profiles.share_last_seen(bool(self.shares.get()))
        self._client.tell()
        return False

    def _turn_down(self, refusal: Refusal) -> None:
        if self.winfo_exists():
            self._show_picture()
            self.show_error(refusal.message)
