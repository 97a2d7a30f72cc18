"""Questions about a server's certificate: an unknown one, and one that has changed, which cannot be clicked away."""

import tkinter
import tkinter.font
from collections.abc import Callable

from client_app.core.network.address import Address
from client_app.core.signals import CertificateQuestion
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Frame, Label, Root
from client_app.desktop.widgets.fields import LabelledEntry

WIDTH = 500
PAIRS_IN_A_LINE, PAIRS_IN_A_GROUP = 16, 4


def grouped(fingerprint: str) -> str:
    """`AA:BB:…` as two lines of four groups, which two people can read to each other."""
    pairs = fingerprint.split(":")
    lines = [pairs[start : start + PAIRS_IN_A_LINE] for start in range(0, len(pairs), PAIRS_IN_A_LINE)]
    return "\n".join(_line(line) for line in lines)


def ask_certificate(root: Root, question: CertificateQuestion, on_trust: Callable[[], None]) -> Dialog:
    """Ask the question; `on_trust` is called only if the person decides to go on."""
    if question.known is None:
        return _ask_about_a_new_server(root, question, on_trust)
    return _ask_about_a_changed_certificate(root, question, question.known, on_trust)


def _ask_about_a_new_server(root: Root, question: CertificateQuestion, on_trust: Callable[[], None]) -> Dialog:
    dialog = Dialog(
        root, "Is this the right server?", on_confirm=_doing(on_trust), confirm_label="Trust this server", width=WIDTH
    )
    _paragraph(dialog.body, f"No authority that this computer knows vouches for {_named(question.address)}.")
    _show_fingerprint(dialog.body, "The fingerprint of its certificate", question.fingerprint)
    _paragraph(
        dialog.body,
        "Compare it with the one that the server’s operator gave you: “gen_certs.py” printed it when the certificate "
        "was made. If they differ, somebody may be listening in. Nothing has been sent yet.",
    )
    _open_with_cancel_first(dialog)
    return dialog


def _ask_about_a_changed_certificate(
    root: Root, question: CertificateQuestion, known: str, on_trust: Callable[[], None]
) -> Dialog:
    name = question.address.host

    def confirm() -> bool:
        if entry.get().strip().casefold() != name.casefold():
            entry.complain(f"To go on, type {name} exactly.", WIDTH)
            return False
        on_trust()
        return True

    dialog = Dialog(
        root,
        "Warning: the server’s certificate has changed",
        on_confirm=confirm,
        confirm_label="Trust the new certificate",
        kind="danger",
        width=WIDTH,
    )
    _warning(
        dialog.body,
        f"{_named(question.address)} shows another certificate than the one that you trusted. Somebody may be "
        "standing between you and the server in order to read your password and your messages.",
    )
    _show_fingerprint(dialog.body, "The one that you trusted", known)
    _show_fingerprint(dialog.body, "The one shown now", question.fingerprint)
    _paragraph(
        dialog.body,
        "Ask the operator by another way, such as the telephone, whether the certificate was renewed. "
        "Unless you have heard so, cancel.",
    )
    entry = LabelledEntry(dialog.body, f"To trust it all the same, type the server’s name: {name}", is_code=True)
    entry.pack(fill="x", pady=(Space.MEDIUM, 0))
    _open_with_cancel_first(dialog)
    return dialog


def _open_with_cancel_first(dialog: Dialog) -> None:
    """Return means Cancel until somebody moves to another control on purpose."""
    dialog.unbind("<Return>")
    dialog.unbind("<KP_Enter>")
    dialog.open(dialog.cancel_button)


def _doing(act: Callable[[], None]) -> Callable[[], bool]:
    def confirm() -> bool:
        act()
        return True

    return confirm


def _named(address: Address) -> str:
    return f"{address.host}, port {address.port}"


def _line(pairs: list[str]) -> str:
    groups = [pairs[start : start + PAIRS_IN_A_GROUP] for start in range(0, len(pairs), PAIRS_IN_A_GROUP)]
    return "   ".join(" ".join(group) for group in groups)


def _paragraph(master: tkinter.Misc, text: str) -> None:
    Label(master, text, wraplength=WIDTH, justify="left", text_color=pair("text_muted")).pack(
        fill="x", pady=(0, Space.MEDIUM)
    )


def _warning(master: tkinter.Misc, text: str) -> None:
    box = Frame(master, fg_color=pair("danger_fill"), corner_radius=Space.RADIUS)
    box.pack(fill="x", pady=(Space.SMALL, Space.MEDIUM))
    Label(box, text, role="row_bold", wraplength=WIDTH - 32, justify="left", text_color=pair("on_danger")).pack(
        fill="x", padx=Space.LARGE, pady=Space.MEDIUM
    )


def _fixed_family(widget: tkinter.Misc) -> str:
    """A face in which the pairs stand one below the other."""
    return str(tkinter.font.nametofont("TkFixedFont", widget).actual("family"))


def _show_fingerprint(master: tkinter.Misc, title: str, fingerprint: str) -> None:
    Label(master, title, role="small_bold", text_color=pair("text_muted"), height=18).pack(fill="x")
    box = Frame(master, fg_color=pair("field"), corner_radius=Space.RADIUS)
    box.pack(fill="x", pady=(Space.TIGHT, Space.MEDIUM))
    Label(box, grouped(fingerprint), font=(_fixed_family(box), 14), justify="left").pack(
        fill="x", padx=Space.MEDIUM, pady=Space.SMALL
    )
