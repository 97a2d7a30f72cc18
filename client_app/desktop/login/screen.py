"""The login screen: where to, who, and how; its buttons are alive again after every refusal."""

from collections.abc import Callable
from dataclasses import replace

from client_app.core.network.address import Address
from client_app.core.signals import LoginFailed
from client_app.desktop.scrolling.scroll_area import ScrollArea
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, CheckBox, Frame, Label, Root
from client_app.desktop.widgets.fields import LabelledEntry
from shared.types import Registration

from .advanced import Advanced
from .form import Field, LoginForm, Problem
from .joining import Joining
from .waiting import WaitingPanel

WIDTH = 400
_OF_NEW_ACCOUNTS = (Field.AGAIN, Field.INVITE)
PLACES_UNKNOWN = "Keeps you logged in on this computer."


class LoginScreen(Frame):
    """Fills its window; `on_submit` gets a form without problems, `on_cancel` is called while it is busy.

    `on_server` hears of the address of a server at which somebody wants to make an account: `say_registration` answers.
    """

    def __init__(
        self,
        root: Root,
        on_submit: Callable[[LoginForm], None],
        on_cancel: Callable[[], None],
        on_remember: Callable[[], None] = lambda: None,
        on_server: Callable[[Address], None] = lambda _: None,
    ) -> None:
        super().__init__(root, fg_color=pair("sidebar"))
        self._on_submit, self._on_cancel = on_submit, on_cancel
        self._on_remember, self._on_server = on_remember, on_server
        self._is_new = self._is_busy = False
        self._linked = LoginForm()
        """As an invite's link filled it: its fingerprint is for that server alone."""
        self._area = ScrollArea(self, root, ground="sidebar", most_wide=WIDTH + 2 * Space.HUGE)
        self._area.pack(fill="both", expand=True)
        self._column = Frame(self._area.inner, fg_color="transparent")
        self._column.pack(fill="both", expand=True, padx=Space.HUGE, pady=Space.HUGE)
        self._add_heading()
        self._add_fields()
        self._add_advanced()
        self._add_foot()
        self._waiting = WaitingPanel(self._area.inner, self._try_again, self.show_form)
        self.fill(LoginForm())
        self._area.watch()

    # --- what is on it ------------------------------------------------------------------------------------------------

    def _add_heading(self) -> None:
        Label(self._column, "Hearth", role="hero", anchor="center").pack(fill="x")
        self._subtitle = Label(self._column, "", text_color=pair("text_muted"), anchor="center")
        self._subtitle.pack(fill="x", pady=(0, Space.LARGE))
        row = Frame(self._column, fg_color=pair("surface"), corner_radius=Space.RADIUS)
        row.pack(fill="x", pady=(0, Space.LARGE))
        row.grid_columnconfigure((0, 1), weight=1, uniform="modes")
        self._mode_buttons = (
            Button(row, "Log in", lambda: self.set_mode(is_new=False), kind="quiet"),
            Button(row, "Create account", lambda: self.set_mode(is_new=True), kind="quiet"),
        )
        for column, button in enumerate(self._mode_buttons):
            button.grid(row=0, column=column, sticky="ew", padx=Space.TIGHT, pady=Space.TIGHT)
        self._form_problem = Label(self._column, "", text_color=pair("danger"), wraplength=WIDTH, justify="left")

    def _add_fields(self) -> None:
        column = self._column
        self._fields = {
            Field.SERVER: LabelledEntry(column, "Server", hint="chat.example.org", is_code=True),
            Field.NAME: LabelledEntry(column, "Name"),
            Field.PASSWORD: LabelledEntry(column, "Password", is_secret=True),
            Field.AGAIN: LabelledEntry(column, "Password, once more", is_secret=True),
        }
        self._joining = Joining(column, self._fields[Field.SERVER], self._on_server, self.paste, self._ask_server)
        self._fields |= {Field.INVITE: self._joining.invite}
        for name in (Field.SERVER, Field.NAME, Field.PASSWORD):
            self._fields[name].pack(fill="x", pady=(0, Space.MEDIUM))
        for field in self._fields.values():
            field.on_return(self.submit)
        ticks = Frame(column, fg_color="transparent")
        ticks.pack(fill="x")
        self._show_password = CheckBox(ticks, "Show password", command=self._reveal)
        self._show_password.pack(side="left")
        self._remember = CheckBox(ticks, "Stay logged in", command=self._remember_changed)
        self._remember.pack(side="right")
        self._ticks = ticks
        self._place = Label(column, "", role="small", text_color=pair("text_muted"), justify="left", wraplength=WIDTH)

    def _add_advanced(self) -> None:
        self._advanced = Advanced(self._column, self.submit)
        self._advanced.pack(fill="x", pady=(Space.SMALL, 0))
        self._fields |= {Field.PORT: self._advanced.port, Field.CA_FILE: self._advanced.ca_file}

    def _add_foot(self) -> None:
        self._foot = Frame(self._column, fg_color="transparent")
        self._foot.pack(fill="x", pady=(Space.MEDIUM, 0))
        self._submit_button = Button(self._foot, "Log in", self.submit, height=42)
        self._submit_button.pack(fill="x")
        self._cancel_button = Button(self._foot, "Cancel", self._on_cancel, kind="secondary", height=36)

    # --- for whoever owns it ------------------------------------------------------------------------------------------

    def fill(self, form: LoginForm) -> None:
        """Show this in the fields."""
        self._linked = form
        texts = {
            Field.SERVER: form.server, Field.PORT: form.port, Field.CA_FILE: form.ca_file, Field.NAME: form.name,
            Field.INVITE: form.invite,
        }  # fmt: skip
        for name, text in texts.items():
            self._fields[name].set(text)
        self._advanced.set_tls(is_used=form.uses_tls)
        (self._remember.select if form.remember else self._remember.deselect)()
        if not form.uses_tls or form.ca_file:
            self._advanced.show(is_shown=True)
        self.set_mode(is_new=form.is_new)

    def read(self) -> LoginForm:
        """What is typed."""
        texts = {name: field.get() for name, field in self._fields.items()}
        return LoginForm(
            server=texts[Field.SERVER],
            port=texts[Field.PORT],
            uses_tls=self._advanced.uses_tls,
            ca_file=texts[Field.CA_FILE],
            name=texts[Field.NAME],
            password=texts[Field.PASSWORD],
            again=texts[Field.AGAIN],
            is_new=self._is_new,
            remember=bool(self._remember.get()),
            invite=texts[Field.INVITE].strip() if self._is_new else "",
            fingerprint=self._linked.fingerprint_for(texts[Field.SERVER], texts[Field.PORT]),
        )

    def paste(self, link: str) -> bool:
        """Fill the form from an invite's link; False where it is none, and the field says so."""
        filled = self.read().with_link(link)
        if isinstance(filled, Problem):
            self._fields[Field.INVITE if self._is_new else Field.SERVER].complain(filled.sentence, WIDTH)
            return False
        self.fill(filled)
        self.focus_first()
        return True

    def say_registration(self, address: Address, registration: Registration | None) -> None:
        """Say who may make an account at this server; None where it did not answer."""
        self._joining.say(address, registration)

    def show_waiting(self, failure: LoginFailed) -> None:
        """Show that somebody cannot come in for now, in the place of the form."""
        self._column.pack_forget()
        self._waiting.pack(fill="both", expand=True, padx=Space.HUGE, pady=Space.HUGE)
        self._waiting.show(failure)

    def show_form(self) -> None:
        """Show the form again."""
        if self._waiting.winfo_manager():
            self._waiting.pack_forget()
            self._column.pack(fill="both", expand=True, padx=Space.HUGE, pady=Space.HUGE)

    @property
    def waiting(self) -> WaitingPanel | None:
        """What is shown in the place of the form."""
        return self._waiting if self._waiting.winfo_manager() else None

    @property
    def registration(self) -> str:
        """What is said of who may make an account; empty while one only logs in."""
        return self._joining.sentence if self._is_new else ""

    @property
    def is_alive(self) -> bool:
        """Whether its button can be pressed."""
        return not self._is_busy and self._submit_button.cget("state") == "normal"

    def cancel(self) -> None:
        """As if Cancel had been pressed while it is busy."""
        if self._is_busy:
            self._on_cancel()

    def field(self, name: Field) -> LabelledEntry:
        """One of the fields; not `FORM`."""
        return self._fields[name]

    def submit(self) -> None:
        """As if the button had been pressed."""
        if self._is_busy:
            return
        self.show_problem(None)
        form = self.read()
        if (problem := form.problem()) is not None:
            self.show_problem(problem)
        else:
            self._on_submit(form)

    def set_mode(self, *, is_new: bool) -> None:
        """Log in with an account, or create one."""
        self._is_new = is_new
        for button, is_chosen in zip(self._mode_buttons, (not is_new, is_new), strict=True):
            color, text = (pair("selected"), pair("text")) if is_chosen else ("transparent", pair("text_muted"))
            button.configure(fg_color=color, text_color=text)
        again = self._fields[Field.AGAIN]
        if is_new:
            again.pack(fill="x", pady=(0, Space.MEDIUM), before=self._ticks)
            self._joining.pack(fill="x", after=self._fields[Field.SERVER])
        else:
            again.pack_forget()
            self._joining.pack_forget()
        self._ask_server()
        self._subtitle.configure(text="Make yourself at home." if is_new else "Welcome back.")
        self._submit_button.configure(text="Create account" if is_new else "Log in")
        self.show_problem(None)

    def set_busy(self, sentence: str = "") -> None:
        """Wait for the server, saying so; an empty sentence ends that, and everything can be used again."""
        self._is_busy = bool(sentence)
        if self._waiting.winfo_manager():
            self._waiting.set_busy(is_busy=self._is_busy)
        idle_text = "Create account" if self._is_new else "Log in"
        state = "disabled" if sentence else "normal"
        self._submit_button.configure(text=sentence or idle_text, state=state)
        for button in self._mode_buttons:
            button.configure(state=state)
        if sentence:
            self.show_problem(None)
            self._cancel_button.pack(fill="x", pady=(Space.SMALL, 0))
        else:
            self._cancel_button.pack_forget()

    def show_problem(self, problem: Problem | None) -> None:
        """Say what is wrong, beside the field that it concerns; None takes every complaint away."""
        if problem is not None:
            self.show_form()
        for field in self._fields.values():
            field.complain("")
        self._form_problem.pack_forget()
        if problem is None:
            return
        if problem.field in (Field.PORT, Field.CA_FILE):
            self._advanced.show(is_shown=True)
        field_with_problem = self._fields.get(problem.field)
        if field_with_problem is not None and (problem.field not in _OF_NEW_ACCOUNTS or self._is_new):
            field_with_problem.complain(problem.sentence, WIDTH)
            field_with_problem.focus_set()
        else:
            self._form_problem.configure(text=problem.sentence)
            self._form_problem.pack(fill="x", pady=(0, Space.MEDIUM), before=self._fields[Field.SERVER])

    @property
    def problem(self) -> str:
        """What is wrong with the whole of it; empty where nothing is, or one field alone."""
        return str(self._form_problem.cget("text")) if self._form_problem.winfo_manager() else ""

    def say_where_sessions_are_kept(self, sentence: str) -> None:
        """Show below “Stay logged in” where the session is kept."""
        self._place.configure(text=sentence)

    def focus_first(self) -> None:
        """Give the keyboard to the first field that is empty."""
        empty = (name for name in (Field.SERVER, Field.NAME, Field.PASSWORD) if not self._fields[name].get())
        self._fields[next(empty, Field.PASSWORD)].focus_set()

    def forget_password(self) -> None:
        """Empty the secret fields."""
        for name in (Field.PASSWORD, Field.AGAIN):
            self._fields[name].set("")

    # --- invites, and who may come ------------------------------------------------------------------------------------

    def _ask_server(self) -> None:
        """Once somebody wants to make an account at an address that can be one."""
        address = self.read().address() if self._is_new else None
        if isinstance(address, Address):
            self._joining.ask(address)

    def _try_again(self) -> None:
        """The account is there: what is left is to log in."""
        self._on_submit(replace(self.read(), is_new=False, invite=""))

    # --- its own controls ---------------------------------------------------------------------------------------------

    def _reveal(self) -> None:
        for field in self._fields.values():
            field.reveal(bool(self._show_password.get()))

    def _remember_changed(self) -> None:
        if self._remember.get():
            if not self._place.cget("text"):
                self._place.configure(text=PLACES_UNKNOWN)
                self._on_remember()
            self._place.pack(fill="x", pady=(Space.SMALL, 0), after=self._ticks)
        else:
            self._place.pack_forget()
