"""The login screen: where to, who, and how; its buttons are alive again after every refusal."""

from collections.abc import Callable
from tkinter import filedialog

from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Button, CheckBox, Frame, Label, Root, Switch

from .fields import LabelledEntry
from .login_form import Field, LoginForm, Problem
from .scroll_area import ScrollArea

WIDTH = 400
PLACES_UNKNOWN = "Keeps you logged in on this computer."


class LoginScreen(Frame):
    """Fills its window; `on_submit` gets a form without problems, `on_cancel` is called while it is busy."""

    def __init__(
        self,
        root: Root,
        on_submit: Callable[[LoginForm], None],
        on_cancel: Callable[[], None],
        on_remember: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(root, fg_color=pair("sidebar"))
        self._on_submit, self._on_cancel, self._on_remember = on_submit, on_cancel, on_remember
        self._is_new = self._is_busy = False
        self._area = ScrollArea(self, root, ground="sidebar", most_wide=WIDTH + 2 * Space.HUGE)
        self._area.pack(fill="both", expand=True)
        self._column = Frame(self._area.inner, fg_color="transparent")
        self._column.pack(fill="both", expand=True, padx=Space.HUGE, pady=Space.HUGE)
        self._add_heading()
        self._add_fields()
        self._add_advanced()
        self._add_foot()
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

    def _add_fields(self) -> None:
        column = self._column
        self._fields = {
            Field.SERVER: LabelledEntry(column, "Server", hint="chat.example.org"),
            Field.NAME: LabelledEntry(column, "Name"),
            Field.PASSWORD: LabelledEntry(column, "Password", is_secret=True),
            Field.AGAIN: LabelledEntry(column, "Password, once more", is_secret=True),
        }
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
        self._advanced_button = Button(self._column, "", self._toggle_advanced, kind="quiet", anchor="w", height=30)
        self._advanced = Frame(self._column, fg_color="transparent")
        self._advanced.grid_columnconfigure(1, weight=1)
        self._fields[Field.PORT] = LabelledEntry(self._advanced, "Port")
        self._fields[Field.PORT].entry.configure(width=100)
        self._fields[Field.PORT].grid(row=0, column=0, sticky="nw")
        self._uses_tls = Switch(self._advanced, "Encrypt the connection (TLS)", command=self._tls_changed)
        self._uses_tls.grid(row=0, column=1, columnspan=2, sticky="w", padx=(Space.LARGE, 0), pady=(22, 0))
        self._fields[Field.CA_FILE] = LabelledEntry(self._advanced, "CA file", hint="the system’s authorities")
        self._fields[Field.CA_FILE].grid(row=1, column=0, columnspan=2, sticky="ew", pady=(Space.SMALL, 0))
        self._choose = Button(self._advanced, "Choose…", self._choose_ca_file, kind="secondary", height=40)
        self._choose.grid(row=1, column=2, sticky="n", padx=(Space.SMALL, 0), pady=(30, 0))
        self._tls_warning = Label(
            self._advanced,
            "Without TLS everybody on the way can read your password and your messages.",
            role="small",
            text_color=pair("warning"),
            wraplength=WIDTH,
            justify="left",
        )
        for name in (Field.PORT, Field.CA_FILE):
            self._fields[name].on_return(self.submit)
        self._advanced_button.pack(fill="x", pady=(Space.SMALL, 0))
        self._show_advanced(False)

    def _add_foot(self) -> None:
        self._foot = Frame(self._column, fg_color="transparent")
        self._foot.pack(fill="x", pady=(Space.MEDIUM, 0))
        self._form_problem = Label(
            self._foot, "", text_color=pair("danger"), wraplength=WIDTH, justify="left", anchor="w"
        )
        self._submit_button = Button(self._foot, "Log in", self.submit, height=42)
        self._submit_button.pack(fill="x")
        self._cancel_button = Button(self._foot, "Cancel", self._on_cancel, kind="secondary", height=36)

    # --- for whoever owns it ------------------------------------------------------------------------------------------

    def fill(self, form: LoginForm) -> None:
        """Show this in the fields."""
        texts = {Field.SERVER: form.server, Field.PORT: form.port, Field.CA_FILE: form.ca_file, Field.NAME: form.name}
        for name, text in texts.items():
            self._fields[name].set(text)
        (self._uses_tls.select if form.uses_tls else self._uses_tls.deselect)()
        (self._remember.select if form.remember else self._remember.deselect)()
        self._tls_changed()
        if not form.uses_tls or form.ca_file:
            self._show_advanced(True)
        self.set_mode(is_new=form.is_new)

    def read(self) -> LoginForm:
        """What is typed."""
        texts = {name: field.get() for name, field in self._fields.items()}
        return LoginForm(
            server=texts[Field.SERVER],
            port=texts[Field.PORT],
            uses_tls=bool(self._uses_tls.get()),
            ca_file=texts[Field.CA_FILE],
            name=texts[Field.NAME],
            password=texts[Field.PASSWORD],
            again=texts[Field.AGAIN],
            is_new=self._is_new,
            remember=bool(self._remember.get()),
        )

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
        else:
            again.pack_forget()
        self._subtitle.configure(text="Make yourself at home." if is_new else "Welcome back.")
        self._submit_button.configure(text="Create account" if is_new else "Log in")
        self.show_problem(None)

    def set_busy(self, sentence: str = "") -> None:
        """Wait for the server, saying so; an empty sentence ends that, and everything can be used again."""
        self._is_busy = bool(sentence)
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
        for field in self._fields.values():
            field.complain("")
        self._form_problem.pack_forget()
        if problem is None:
            return
        if problem.field in (Field.PORT, Field.CA_FILE):
            self._show_advanced(True)
        field_with_problem = self._fields.get(problem.field)
        if field_with_problem is not None and (problem.field is not Field.AGAIN or self._is_new):
            field_with_problem.complain(problem.sentence, WIDTH)
            field_with_problem.focus_set()
        else:
            self._form_problem.configure(text=problem.sentence)
            self._form_problem.pack(fill="x", pady=(0, Space.SMALL), before=self._submit_button)

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

    def _toggle_advanced(self) -> None:
        self._show_advanced(not self._advanced.winfo_manager())

    def _show_advanced(self, is_shown: bool) -> None:
        self._advanced_button.configure(text="▾  Advanced" if is_shown else "▸  Advanced")
        if is_shown:
            self._advanced.pack(fill="x", pady=(Space.SMALL, 0), after=self._advanced_button)
        else:
            self._advanced.pack_forget()

    def _tls_changed(self) -> None:
        if self._uses_tls.get():
            self._tls_warning.grid_remove()
        else:
            self._tls_warning.grid(row=2, column=0, columnspan=3, sticky="w", pady=(Space.SMALL, 0))

    def _choose_ca_file(self) -> None:
        kinds = [("Certificates", "*.pem *.crt *.cer"), ("All files", "*")]
        if chosen := filedialog.askopenfilename(parent=self, title="The authority’s certificate", filetypes=kinds):
            self._fields[Field.CA_FILE].set(str(chosen))
