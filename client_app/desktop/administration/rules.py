"""The rules of the house: approval of newcomers, the raid switch, the word filter."""

import tkinter

from client_app.core.client import Client
from client_app.desktop.scrolling.scroll_area import ScrollArea
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, Frame, Label, Root, Switch
from client_app.desktop.widgets.text_box import TextBox
from shared.errors import Refusal
from shared.limits import MAX_FILTERED_WORDS
from shared.moderation import Policy

from .page import Page, enable
from .words import REGISTRATIONS

_RAID_OFF = "For when strangers flood in: turn it on and nobody new can join, whatever the rest says."
_RAID_ON = "On: nobody new can join, not even with an invite. Turn it off when the raid is over."
_CHANGED = "Somebody else changed this list meanwhile. Saving puts yours in its place."


class RulesPage(Page):
    """Switches take effect at once; the words when they are saved."""

    title = "Rules"
    sentence = "Who may join, and which words nobody may write. Switches take effect at once."

    def __init__(self, master: tkinter.Misc, root: Root, client: Client) -> None:
        super().__init__(master, root, client)
        self._policy: Policy | None = None
        self._sent: tuple[str, ...] | None = None
        """Words that were saved here: the server keeps them in its own spelling."""
        area = ScrollArea(self.body, root)
        area.pack(fill="both", expand=True)
        ground = Frame(area.inner, fg_color=pair("surface"))
        ground.bind("<Configure>", lambda _event: self._wrap_sentences(ground))
        self._sentences: list[Label] = []
        ground.pack(fill="both", expand=True, padx=(0, Space.LARGE))
        self._heading(ground, "Who may make an account")
        self._registration = self._sentence_under(ground, "")
        self.approval = Switch(ground, "Newcomers wait until somebody lets them in", command=self._set_approval)
        self.approval.pack(anchor="w", pady=(Space.MEDIUM, 0))
        self._sentence_under(ground, "They are shown under Waiting to whoever may let newcomers in.")
        self.raid = Switch(ground, "Nobody new may join", command=self._set_raid, progress_color=pair("danger_fill"))
        self.raid.pack(anchor="w", pady=(Space.LARGE, 0))
        self._warning = self._sentence_under(ground, _RAID_OFF)
        self._heading(ground, "Words that nobody may write")
        self._sentence_under(
            ground, "One word a line, whatever its case. A message in a channel that has one of them is refused."
        )
        self.words = TextBox(ground, root, lines=6)
        self.words.pack(fill="x", pady=(Space.SMALL, 0))
        self.words.on_change(self._typed)
        row = Frame(ground, fg_color="transparent")
        row.pack(fill="x", pady=(Space.SMALL, 0))
        self.save = Button(row, "Save the words", self.save_words)
        self.save.pack(side="left")
        enable(self.save, is_enabled=False)
        self._note = Label(row, "", text_color=pair("text_muted"))
        self._note.pack(side="left", padx=Space.MEDIUM)
        area.watch()

    def refresh(self) -> None:
        """Ask for the rules; words that are being typed stay."""
        self.house.fetch_policy(self._show, self.turn_down)
        self._client.tell()

    def focus_first(self) -> None:
        """Let the keyboard be where one looks for something: Ctrl+F."""
        self.approval.focus_set()

    def save_words(self) -> None:
        """As if “Save the words” had been pressed."""
        words = self._typed_words()
        if len(words) > MAX_FILTERED_WORDS:
            self.say(f"At most {MAX_FILTERED_WORDS} words can be kept; these are {len(words)}.", is_error=True)
            return
        self._sent = words
        self.house.set_policy(filtered_words=words, then=self._saved, refused=self.turn_down)
        self._client.tell()

    # --- what is shown ------------------------------------------------------------------------------------------------

    def _show(self, policy: Policy) -> None:
        if not self.winfo_exists():
            return
        typed = self._typed_words()
        is_typing = self._policy is not None and typed not in (self._policy.filtered_words, self._sent)
        is_other = self._policy is not None and policy.filtered_words != self._policy.filtered_words
        self._policy = policy
        self._registration.configure(text=REGISTRATIONS[policy.registration] + " The operator sets this at the start.")
        for switch, is_on in ((self.approval, policy.needs_approval), (self.raid, policy.is_raided)):
            (switch.select if is_on else switch.deselect)()
        self._warning.configure(
            text=_RAID_ON if policy.is_raided else _RAID_OFF,
            text_color=pair("danger" if policy.is_raided else "text_muted"),
        )
        if not is_typing:
            self.words.set("\n".join(policy.filtered_words))
        self._typed()
        if is_typing and is_other and self.is_changed:
            self._note.configure(text=_CHANGED)

    @property
    def is_loaded(self) -> bool:
        """Whether the server's answer is there."""
        return self._policy is not None

    @property
    def is_changed(self) -> bool:
        """Whether there are words to be saved."""
        return self._policy is not None and self._typed_words() != self._policy.filtered_words

    def _typed(self) -> None:
        enable(self.save, is_enabled=self.is_changed)
        self._note.configure(text="Not saved yet." if self.is_changed else "")

    def _typed_words(self) -> tuple[str, ...]:
        lines = (" ".join(line.split()) for line in self.words.get().splitlines())
        return tuple(dict.fromkeys(line for line in lines if line))

    # --- what is done -------------------------------------------------------------------------------------------------

    def _set_approval(self) -> None:
        is_on = bool(self.approval.get())
        words = "Newcomers wait from now on." if is_on else "Newcomers come in at once from now on."
        self.house.set_policy(needs_approval=is_on, then=lambda: self.did(words), refused=self._not_set)
        self._client.tell()

    def _set_raid(self) -> None:
        is_on = bool(self.raid.get())
        words = "Nobody new can join until you turn this off." if is_on else "New people can join again."
        self.house.set_policy(is_raided=is_on, then=lambda: self.did(words), refused=self._not_set)
        self._client.tell()

    def _saved(self) -> None:
        self.did("The words are saved.")

    def _not_set(self, refusal: Refusal) -> None:
        """Put the switches back to what holds."""
        self.turn_down(refusal)
        if self._policy is not None:
            self._show(self._policy)

    def _heading(self, ground: Frame, text: str) -> None:
        Label(ground, text, role="title").pack(fill="x", pady=(Space.LARGE, Space.TIGHT))

    def _sentence_under(self, ground: Frame, text: str) -> Label:
        label = Label(ground, text, text_color=pair("text_muted"), justify="left", wraplength=640)
        label.pack(fill="x", pady=(Space.TIGHT, 0))
        self._sentences.append(label)
        return label

    def _wrap_sentences(self, ground: Frame) -> None:
        width = int(ground.winfo_width() / self._root_window.look.scale)
        for label in self._sentences:
            label.configure(wraplength=min(max(width - Space.SMALL, 120), 640))
