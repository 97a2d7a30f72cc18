"""The window as a program: login screen or three panes, and what every signal of the core does to them."""

import logging
import queue
import sys
from collections.abc import Callable
from pathlib import Path

from client_app.core.client import Client
from client_app.core.network.address import Address
from client_app.core.network.greeting import greet
from client_app.core.signals import (
    AdministrationChanged,
    CertificateQuestion,
    ChannelOpened,
    ChannelsChanged,
    LoggedIn,
    LoggedOut,
    LoginFailed,
    MessageArrived,
    Notice,
    Phase,
    RosterChanged,
    StatusChanged,
    TimelineChanged,
    TypingChanged,
    Undoable,
)
from client_app.settings import load_settings
from shared.errors import BadRequest
from shared.types import GENERAL

from .administration import close_administration, is_administration_open
from .dialogs.certificate import ask_certificate
from .input_watch import InputWatch
from .login.form import Field, LoginForm, Prefill, Problem, first_form, problem_of
from .login.screen import LoginScreen
from .login.waiting import HEADINGS
from .notifications import Backend
from .notifier import Notifier
from .text.labels import draw_words
from .theme import pair
from .toolkit import Dialog, Root, Waker
from .window.placement import place
from .window.window import MainWindow, window_title

_log = logging.getLogger(__name__)


class DesktopApp:
    """Everything on the screen. Its methods belong to Tk's thread, except `post`."""

    def __init__(self, root: Root, waker: Waker, client: Client, prefill: Prefill | None = None) -> None:
        self.root, self.client = root, client
        self._waker = waker
        self._prefill = prefill or Prefill()
        self._posted: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._attempt: Callable[[], None] = lambda: None
        self._is_closed = False
        self.notifier = Notifier(client, self)
        self._login: LoginScreen | None = None
        self.window = MainWindow(root, client, self)
        self.input_watch = InputWatch(root, client.idleness)
        root.on_error = lambda sentence: self.window.toast.show(sentence, is_error=True)
        root.protocol("WM_DELETE_WINDOW", self.close)
        self._listen()
        self.window.follow_once_in(self._prefill.link)
        waker.start(self._drain)

    @property
    def login(self) -> LoginScreen:
        """The login screen, made when it is first needed: who is remembered does not wait for it."""
        if self._login is None:
            self._login = LoginScreen(
                self.root, self._submit, self._cancel, self._describe_where_sessions_are_kept, self._ask_registration
            )
            self._login.fill(first_form(self.client.settings, self._prefill))
        return self._login

    # --- life ---------------------------------------------------------------------------------------------------------

    def show(self) -> None:
        """Open the remembered session, or ask for one.

        What is kept of an account is shown before its server answers.
        """
        if self._is_remembered_session_wanted() and self.client.resume_remembered():
            self._attempt = self._resume
        if self.client.session is None:
            self.show_login()
        if self.client.phase is Phase.CONNECTING:
            self.login.set_busy("Opening your session…")

    def run(self) -> None:
        """Until the window is closed."""
        self.root.mainloop()

    def close(self) -> None:
        """Remember the window's place, and end."""
        if self._is_closed:
            return
        self._is_closed = True
        if self.root.state() == "normal":
            self.client.save_settings(window_geometry=self.root.wm_geometry())
        self.notifier.close()
        self._waker.close()
        for timer in self.root.tk.splitlist(self.root.tk.call("after", "info")):
            self.root.tk.call("after", "cancel", timer)
        self.root.destroy()

    def show_login(self, message: str = "") -> None:
        """Show the login screen, with a sentence on why."""
        self._close_dialogs()
        self.window.pack_forget()
        self.window.toast.close()
        self.login.set_busy("")
        self.login.pack(fill="both", expand=True)
        if message:
            self.login.show_problem(Problem(Field.FORM, message))
        self.login.focus_first()
        self.root.title("Hearth")

    def show_main(self) -> None:
        """Show the three panes."""
        if self._login is not None:
            self._login.set_busy("")
            self._login.show_form()
            self._login.forget_password()
            self._login.pack_forget()
        self.window.pack(fill="both", expand=True)
        self.window.refresh()
        # What is not on the screen yet cannot take the keyboard: the first letters would get lost.
        self.root.update_idletasks()
        self.window.focus_composer()

    def post(self, work: Callable[[], None]) -> None:
        """Have this done soon on Tk's thread. Any thread."""
        self._posted.put(work)
        self._waker.wake()

    def raise_window(self) -> None:
        """Bring the window before the person's eyes."""
        close_administration(self.root)
        self.root.deiconify()
        self.root.lift()
        self.root.focus_force()
        self.window.focus_composer()

    def is_focused(self) -> bool:
        """Whether the person is typing into this window, with the conversation before their eyes."""
        return bool(self.window.winfo_manager()) and bool(self.root.tk.call("focus"))

    def show_note(self, title: str, text: str, on_click: Callable[[], None]) -> None:
        """Show a notification inside the window."""
        self.window.toast.show(text, title=title, on_click=on_click)

    def test_notification(self, then: Callable[[Backend], None]) -> None:
        """Send a notification and tell who took it."""
        self.notifier.test(then)

    # --- the turn of the loop -----------------------------------------------------------------------------------------

    def _drain(self) -> bool:
        """A bounded piece of work; an error that left it would end Tk's main loop, and with it the window."""
        try:
            for _ in range(self._posted.qsize()):
                self._posted.get()()
            return not self._is_closed and self.client.drain()
        except Exception:  # noqa: BLE001 -- whatever it is, it is told, and the window goes on
            kind, error, trace = sys.exc_info()
            if kind is not None and error is not None:
                self.root.report_callback_exception(kind, error, trace)
            return not self._is_closed

    def _listen(self) -> None:
        client, window = self.client, self.window
        client.on(StatusChanged, window.follow)
        client.on(LoggedIn, self._logged_in)
        client.on(LoginFailed, self._login_failed)
        client.on(CertificateQuestion, self._certificate_question)
        client.on(LoggedOut, self._logged_out)
        client.on(ChannelsChanged, lambda _: self._channels_changed())
        client.on(ChannelOpened, self._channel_opened)
        client.on(TimelineChanged, window.conversation.follow)
        client.on(TypingChanged, window.typing_changed)
        client.on(RosterChanged, lambda _: window.roster_changed())
        client.on(AdministrationChanged, lambda _: window.house_changed())
        client.on(MessageArrived, self.notifier.message_arrived)
        client.on(Undoable, lambda done: window.toast.show(done.text, on_click=done.undo, button="Undo"))
        client.on(Notice, lambda notice: window.toast.show(notice.text, is_error=notice.is_error))

    # --- logging in ---------------------------------------------------------------------------------------------------

    def _submit(self, form: LoginForm) -> None:
        self._attempt = lambda: self._connect(form)
        self._attempt()

    def _connect(self, form: LoginForm) -> None:
        address = form.address()
        if isinstance(address, Problem):
            self.login.show_problem(address)
            return
        self.login.set_busy("Creating your account…" if form.is_new else "Connecting…")
        try:
            name, password = form.name.strip(), form.password
            if form.is_new:
                self.client.register(address, name, password, remember=form.remember, invite=form.invite or None)
            else:
                self.client.login(address, name, password, remember=form.remember)
        except BadRequest as refusal:
            self.login.set_busy("")
            self.login.show_problem(Problem(Field.FORM, refusal.message))
        self.client.tell()

    def _resume(self) -> None:
        if self.client.resume_remembered() and self.client.phase is Phase.CONNECTING:
            self.login.set_busy("Opening your session…")

    def _is_remembered_session_wanted(self) -> bool:
        settings, address = self.client.settings, self._prefill.address
        if self._prefill.name not in ("", settings.name):
            return False
        return address is None or (address.host, address.port) == (settings.server, settings.port)

    def _cancel(self) -> None:
        self.client.cancel_login()
        self.client.tell()
        self.login.set_busy("")
        self.login.focus_first()

    def _logged_in(self, signal: LoggedIn) -> None:
        if self.client.open_channel_id is None:
            self.client.open_channel(GENERAL)
        if not self.window.winfo_manager() and not is_administration_open(self.root):
            self.show_main()
        _log.info("Logged in%s.", " again" if signal.is_resumed else "")

    def _logged_out(self, signal: LoggedOut) -> None:
        self.login.set_mode(is_new=False)  # Whoever was in has an account.
        self.show_login(signal.message)

    def _login_failed(self, failure: LoginFailed) -> None:
        self.login.set_busy("")
        if failure.code in HEADINGS:
            self.login.show_waiting(failure)
        else:
            self.login.show_problem(problem_of(failure))

    def _ask_registration(self, address: Address) -> None:
        greet(address, lambda answer: self.post(lambda: self.login.say_registration(address, answer)))

    def _certificate_question(self, question: CertificateQuestion) -> None:
        def trust() -> None:
            self.client.trust(question.address, question.fingerprint)
            self._attempt()

        self.login.set_busy("")
        ask_certificate(self.root, question, trust)

    def _describe_where_sessions_are_kept(self) -> None:
        from .session_place import describe_in_background

        describe_in_background(lambda sentence: self.post(lambda: self.login.say_where_sessions_are_kept(sentence)))

    # --- what changed -------------------------------------------------------------------------------------------------

    def _channels_changed(self) -> None:
        if self.client.session is None:
            return
        self.window.channels_changed()
        row = self.client.channels.row(self.client.open_channel_id) if self.client.open_channel_id else None
        self.root.title(window_title(row.title if row else "", self.client.channels.unread()))

    def _channel_opened(self, signal: ChannelOpened) -> None:
        self.window.open_channel(signal.channel_id)
        self.notifier.withdraw(signal.channel_id)

    def _close_dialogs(self) -> None:
        for child in self.root.winfo_children():
            if isinstance(child, Dialog):
                child.close()


def open_app(
    folder: Path, prefill: Prefill | None = None, *, use_keyring: bool = True, cache: Path | None = None
) -> DesktopApp:
    """Make the window and what is behind it. The empty window is on the screen before its parts are built.

    `cache` is for what can be made anew; None for a folder within `folder`. Whoever calls this closes `app.client`
    after `app.run()` has returned. Raises `OSError` and `tkinter.TclError`.
    """
    settings = load_settings(folder)
    root = Root(settings.appearance, settings.zoom, cache_folder=cache or folder / "cache")
    draw_words(root)
    root.configure(fg_color=pair("sidebar"))
    place(root, settings.window_geometry)
    root.update()
    waker = Waker(root)
    client = Client(folder, waker.wake, use_keyring=use_keyring, cache=cache)
    return DesktopApp(root, waker, client, prefill)
