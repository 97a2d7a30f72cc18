"""Judging a person: for how long, why, and a button that says what happens. Refusals are told in the dialog."""

import enum
from collections.abc import Callable
from dataclasses import dataclass

from client_app.core.client import Client
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import CheckBox, Dialog, Label, OptionMenu, Root
from client_app.desktop.widgets.fields import LabelledEntry
from client_app.desktop.words.moments import DAY, HOUR, WEEK
from shared.errors import Refusal
from shared.limits import MAX_REASON
from shared.types import UserId

WIDTH = 440
FOR_EVER = "For ever"


class Deed(enum.Enum):
    """What can be done to a person, or an address, that wants a thought."""

    TIME_OUT = "time out"
    KICK = "kick"
    BAN = "ban"
    PURGE = "purge"
    BAN_ADDRESS = "ban address"


@dataclass(frozen=True, slots=True)
class _Form:
    """What the dialog asks and says for a deed."""

    title: str
    text: str
    verb: str
    done: str
    spans: dict[str, int | None]
    span_label: str = "For how long"
    usual: str = ""


_SPANS: dict[str, int | None] = {"1 hour": HOUR, "1 day": DAY, "1 week": WEEK, "4 weeks": 4 * WEEK}

_FORMS: dict[Deed, _Form] = {
    Deed.TIME_OUT: _Form(
        "Time out {name}",
        "They can read, and write in direct conversations; nothing else until the time is over.",
        "Time out",
        "{name} is timed out.",
        {"10 minutes": 600, **_SPANS},
        usual="1 hour",
    ),
    Deed.KICK: _Form(
        "Kick {name}",
        "They are logged out on every device, and may log in again.",
        "Kick",
        "{name} was sent away, and may log in again.",
        {},
    ),
    Deed.BAN: _Form(
        "Ban {name}",
        "They are logged out on every device and cannot come back until the ban is over or taken back. "
        "What they said stays; purging deletes it.",
        "Ban",
        "{name} is banned.",
        {**_SPANS, FOR_EVER: None},
        usual=FOR_EVER,
    ),
    Deed.PURGE: _Form(
        "Purge messages of {name}",
        "Everything that they said in channels in this time is deleted for everybody. It cannot be brought back. "
        "Direct conversations and groups are left alone.",
        "Delete the messages",
        "",
        {"Last hour": 1, "Last 24 hours": 24, "Last 7 days": 7 * 24, "Last 4 weeks": 28 * 24},
        span_label="Of which time",
        usual="Last 24 hours",
    ),
    Deed.BAN_ADDRESS: _Form(
        "Ban an address",
        "Nobody can log in or make an account from there. Who is there already stays until they are kicked or banned. "
        "Everybody in a household or a school may come from the same address.",
        "Ban the address",
        "The address is banned.",
        {**_SPANS, FOR_EVER: None},
        usual="1 week",
    ),
}


class JudgementDialog(Dialog):
    """Asks, carries it out, and closes when the server has done it; `then` gets a sentence about what came of it."""

    def __init__(
        self, root: Root, client: Client, deed: Deed, user_id: UserId | None, then: Callable[[str], object]
    ) -> None:
        self._form = form = _FORMS[deed]
        self._client, self._deed, self._user_id, self._then = client, deed, user_id, then
        self._who = client.state.name(user_id) if client.state and user_id else ""
        title = display_text(form.title.format(name=self._who))
        super().__init__(root, title, on_confirm=self._carry_out, confirm_label=form.verb, kind="danger", width=WIDTH)
        Label(self.body, form.text, wraplength=WIDTH, justify="left", text_color=pair("text_muted")).pack(fill="x")
        self.address = LabelledEntry(self.body, "Address", hint="203.0.113.7, or an IPv6 address", is_code=True)
        self.span = OptionMenu(self.body, list(form.spans) or [""])
        self.reason = LabelledEntry(self.body, "Why (the audit log keeps it)", hint="may be left empty")
        self.with_address = CheckBox(self.body, "Also the address from which they came last")
        self._arrange()
        self.open(self.address if deed is Deed.BAN_ADDRESS else self.reason if deed is not Deed.PURGE else self.span)

    def _arrange(self) -> None:
        below = (Space.MEDIUM, 0)
        if self._deed is Deed.BAN_ADDRESS:
            self.address.pack(fill="x", pady=below)
        if self._form.spans:
            label = Label(self.body, self._form.span_label, role="small_bold", text_color=pair("text_muted"), height=18)
            label.pack(fill="x", pady=(Space.MEDIUM, Space.TIGHT))
            self.span.set(self._form.usual)
            self.span.pack(fill="x")
        if self._deed is not Deed.PURGE:
            self.reason.pack(fill="x", pady=below)
        if self._deed is Deed.BAN:
            self.with_address.pack(fill="x", pady=below)

    def _carry_out(self) -> bool:
        """Ask the server; the dialog stays until the answer is there."""
        reason = " ".join(self.reason.get().split())
        if len(reason) > MAX_REASON:
            self.reason.complain(f"A reason has at most {MAX_REASON} characters; this one has {len(reason)}.")
            return False
        if self._deed is Deed.BAN_ADDRESS and not self.address.get().strip():
            self.address.complain("Type the address that is to be kept out.")
            return False
        self.show_error("")
        self.confirm_button.configure(state="disabled")
        self._ask(reason, self._form.spans.get(str(self.span.get())))
        self._client.tell()
        return False

    def _ask(self, reason: str, span: int | None) -> None:
        house, user_id = self._client.administration, self._user_id or UserId(0)
        match self._deed:
            case Deed.TIME_OUT:
                house.time_out(user_id, span or HOUR, reason, self._done, self._turn_down)
            case Deed.KICK:
                house.kick(user_id, reason, self._done, self._turn_down)
            case Deed.BAN:
                also = bool(self.with_address.get())
                house.ban(user_id, reason, span, with_address=also, then=self._done, refused=self._turn_down)
            case Deed.PURGE:
                house.purge(user_id, span or 1, self._purged, self._turn_down)
            case Deed.BAN_ADDRESS:
                house.ban_address(self.address.get(), reason, span, self._done, self._turn_down)

    def _done(self) -> None:
        self.close()
        self._then(self._form.done.format(name=self._who))

    def _purged(self, count: int) -> None:
        self.close()
        self._then(f"{count:,} message{'' if count == 1 else 's'} of {self._who} deleted.")

    def _turn_down(self, refusal: Refusal) -> None:
        if self.winfo_exists():
            self.confirm_button.configure(state="normal")
            self.show_error(refusal.message)


def ask_judgement(
    root: Root,
    client: Client,
    deed: Deed,
    user_id: UserId | None = None,
    then: Callable[[str], object] | None = None,
) -> JudgementDialog:
    """Ask for how long and why, and do it. Without `then`, what came of it is told as a `Notice`.

    `user_id` is None for an address only.
    """

    def tell(sentence: str) -> None:
        client.notice(sentence)
        client.tell()

    return JudgementDialog(root, client, deed, user_id, then or tell)
