"""The toolkit: CustomTkinter's defects stay cured."""

import functools
import gc
import os
import subprocess
import sys
import threading
import tkinter
from pathlib import Path

import pytest
from PIL import Image, ImageTk

from client_app.desktop.theme import DARK, FAMILY, FONTS, LIGHT
from client_app.desktop.toolkit import (
    Button,
    CheckBox,
    Dialog,
    Entry,
    IconButton,
    MenuItem,
    OptionMenu,
    Root,
    Switch,
    Tooltip,
    Waker,
    make_menu,
    popup_menu,
)

from .conftest import Until


def click(widget: tkinter.Misc) -> None:
    """As a mouse does it."""
    for sequence in ("<Enter>", "<Button-1>", "<ButtonRelease-1>"):
        widget.event_generate(sequence, x=5, y=5)


def press(root: Root, widget: tkinter.Misc, key: str) -> None:
    widget.focus_force()
    root.update()
    widget.event_generate(key)
    root.update()


def let_pass(root: Root, milliseconds: int) -> None:
    """Lets the window work for so long."""
    passed = tkinter.BooleanVar(root, False)
    root.after(milliseconds, lambda: passed.set(True))
    root.wait_variable(passed)


def test_an_idle_window_wakes_up_for_nothing(root: Root) -> None:
    Button(root, "One", lambda: None).pack()
    Entry(root).pack()
    root.update()
    let_pass(root, 150)  # each of CustomTkinter's two trackers looks once, soon after the start
    before = root.tk.call("after", "info")
    let_pass(root, 250)
    # A timer that had fired would have gone, or come back under another number.
    assert root.tk.call("after", "info") == before


def test_starting_writes_no_fonts_into_the_home(display: str, tmp_path: Path) -> None:
    code = "from client_app.desktop.toolkit import Root; r = Root(); print(r.family); r.destroy()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=os.environ | {"HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == FAMILY
    assert done.stderr == ""
    assert not (tmp_path / ".fonts").exists()


def test_a_click_on_a_button_leaves_the_focus_where_it_was(root: Root) -> None:
    clicks: list[str] = []
    entry, button = Entry(root), Button(root, "Send", lambda: clicks.append("sent"))
    entry.pack()
    button.pack()
    root.update()
    entry._entry.focus_force()
    root.update()
    click(button._canvas)
    root.update()
    assert clicks == ["sent"]
    assert root.focus_get() is entry._entry


@pytest.mark.parametrize("key", ["<space>", "<Return>"])
def test_keys_press_a_button(root: Root, key: str) -> None:
    presses: list[str] = []
    button = Button(root, "Send", lambda: presses.append(key))
    button.pack()
    press(root, button._canvas, key)
    assert presses == [key]


def test_the_focused_button_wears_a_ring(root: Root) -> None:
    button = Button(root, "Send", lambda: None)
    button.pack()
    assert button.cget("border_width") == 0
    button._canvas.focus_force()
    root.update()
    assert button.cget("border_width") > 0


def test_space_toggles_boxes_and_switches(root: Root) -> None:
    for control in (CheckBox(root, "Remember me"), Switch(root, "Dark")):
        control.pack()
        press(root, control._canvas, "<space>")
        assert control.get() == 1


def test_tab_reaches_every_control(root: Root) -> None:
    controls: list[Button | CheckBox | Switch | OptionMenu] = [
        Button(root, "A", lambda: None),
        CheckBox(root, "B"),
        Switch(root, "C"),
        OptionMenu(root, ["D"]),
    ]
    for control in controls:
        control.pack()
    root.update()
    reached, widget = [], root.tk_focusNext()
    for _ in range(8):
        reached.append(widget)
        widget = widget.tk_focusNext()
    assert {control._canvas for control in controls} <= set(reached)


def test_a_failing_handler_is_told_and_the_window_goes_on(root: Root, caplog: pytest.LogCaptureFixture) -> None:
    told: list[str] = []
    root.on_error, keep = told.append, root.on_error
    root.after(0, lambda: 1 / 0)
    while not told:
        root.update()
    root.on_error = keep
    assert "Something went wrong" in told[0]
    assert "ZeroDivisionError" in caplog.text


def test_the_look_follows_appearance_and_zoom(root: Root) -> None:
    frame, seen = tkinter.Frame(root), []
    root.on_look(frame, lambda look: seen.append((look.palette, look.scale)))
    root.set_appearance("light")
    root.set_zoom(2)
    assert seen == [(DARK, 1.0), (LIGHT, 1.0), (LIGHT, 2.0)]
    assert root.px(10) == 20
    frame.destroy()
    root.set_zoom(1)
    assert len(seen) == 3


def test_images_that_another_thread_finds_keep_it_waiting_for_nothing_and_go_all_the_same(root: Root) -> None:
    names = []
    gc.collect()
    gc.disable()
    for _ in range(20):
        circle: list[object] = [ImageTk.PhotoImage(Image.new("RGB", (4, 4)), master=root)]
        names.append(str(circle[0]))
        circle.append(circle)
        del circle
    finding = threading.Thread(target=gc.collect)
    finding.start()
    finding.join(10)
    gc.enable()
    assert not finding.is_alive()
    assert set(names) <= set(root.image_names()), "not by that thread"
    ImageTk.PhotoImage(Image.new("RGB", (4, 4)), master=root)
    assert set(names).isdisjoint(root.image_names())


def test_zoom_makes_fonts_larger(root: Root) -> None:
    before = root.tk.call("font", "measure", Root.font_name("body"), "Hearth")
    root.set_zoom(2)
    assert root.tk.call("font", "measure", Root.font_name("body"), "Hearth") == pytest.approx(2 * before, rel=0.1)


@pytest.mark.parametrize("uses_sockets", [True, False], ids=["posix", "windows"])
def test_another_thread_wakes_the_window(root: Root, uses_sockets: bool) -> None:
    drained: list[threading.Thread] = []
    waker = Waker(root, uses_sockets=uses_sockets)

    def drain() -> bool:
        drained.append(threading.current_thread())
        root.quit()
        return False

    waker.start(drain)
    thread = threading.Thread(target=waker.wake)
    root.after(0, thread.start)
    failsafe = root.after(5000, root.quit)
    root.mainloop()
    root.after_cancel(failsafe)
    thread.join()
    assert drained == [threading.main_thread()]
    waker.close()


def test_draining_goes_on_while_more_waits(root: Root, until: Until) -> None:
    left = [3, 2, 1, 0]
    waker = Waker(root)
    waker.start(lambda: bool(left.pop(0)))
    waker.wake()
    until(lambda: not left)
    waker.close()


def test_a_wake_up_before_the_start_is_not_lost(root: Root, until: Until) -> None:
    drained: list[bool] = []
    waker = Waker(root)
    waker.wake()

    def drain() -> bool:
        drained.append(True)
        return False

    waker.start(drain)
    until(lambda: bool(drained))
    waker.close()


def test_every_later_wake_up_drains_again(root: Root, until: Until) -> None:
    drained: list[bool] = []
    waker = Waker(root)

    def drain() -> bool:
        drained.append(True)
        return False

    waker.start(drain)
    for count in (1, 2, 3):
        waker.wake()
        until(functools.partial(lambda wanted: len(drained) == wanted, count))
    waker.close()


@pytest.mark.parametrize("uses_sockets", [True, False], ids=["posix", "windows"])
def test_waking_a_closed_waker_is_harmless(root: Root, uses_sockets: bool) -> None:
    waker = Waker(root, uses_sockets=uses_sockets)
    waker.start(lambda: False)
    waker.close()
    waker.close()
    waker.wake()
    root.update()


def test_return_confirms_a_dialog_and_the_focus_goes_back(root: Root, until: Until) -> None:
    entry = Entry(root)
    entry.pack()
    entry._entry.focus_force()
    root.update()
    confirmed: list[bool] = []

    def confirm() -> bool:
        confirmed.append(True)
        return True

    dialog = Dialog(root, "Create a channel", on_confirm=confirm)
    field = Entry(dialog.body)
    field.pack()
    dialog.open(field)
    until(lambda: root.tk.call("grab", "current") != "")
    press(root, field._entry, "<Return>")
    assert confirmed == [True]
    assert not dialog.winfo_exists()
    assert root.focus_get() is entry._entry


def test_a_dialog_that_is_not_done_stays_and_escape_closes_it(root: Root) -> None:
    dialog = Dialog(root, "Rename", on_confirm=lambda: False)
    dialog.open()
    root.update()
    dialog.confirm()
    dialog.show_error("There is a channel of that name already.")
    assert dialog.winfo_exists()
    press(root, dialog.confirm_button._canvas, "<Escape>")
    assert not dialog.winfo_exists()


def test_a_menu_runs_what_is_chosen(root: Root) -> None:
    runs: list[str] = []
    menu = make_menu(
        root, (MenuItem("Copy", lambda: runs.append("copy")), None, MenuItem("No", list, is_enabled=False))
    )
    menu.invoke(0)
    menu.invoke(2)
    assert runs == ["copy"]


def test_a_menu_pops_up_and_goes_when_something_is_chosen(root: Root, until: Until) -> None:
    menu = popup_menu(root, (MenuItem("Copy", lambda: None),), 100, 100)
    until(menu.winfo_ismapped)
    menu.unpost()
    until(lambda: not menu.winfo_ismapped())


def test_every_control_can_be_given_the_keyboard(root: Root) -> None:
    plus = IconButton(root, "+", lambda: None, "Create a channel")
    for control in (plus, CheckBox(root, "B"), Switch(root, "C"), OptionMenu(root, ["D"])):
        control.pack()
        root.focus_force()
        root.update()
        control.focus_set()
        root.update()
        assert root.focus_get() is control._canvas
    assert plus.tooltip.text == "Create a channel"


def test_all_of_an_entry_can_be_selected(root: Root) -> None:
    entry = Entry(root)
    entry.pack()
    entry.insert(0, "hello")
    press(root, entry._entry, "<Control-a>")
    assert entry._entry.selection_get() == "hello"


def test_a_tooltip_comes_after_a_rest_and_goes(root: Root, until: Until) -> None:
    label = tkinter.Label(root, text="?")
    label.pack()
    tooltip = Tooltip(label, "What this is")
    root.update()
    label.event_generate("<Enter>")
    assert not tooltip.is_shown
    until(lambda: tooltip.is_shown)
    label.event_generate("<Leave>")
    assert not tooltip.is_shown


def test_every_font_is_held_open_so_that_measuring_a_word_opens_none(root: Root) -> None:
    held = {str(label.cget("font")) for label in root.winfo_children() if isinstance(label, tkinter.Label)}
    assert {Root.font_name(role) for role in FONTS} <= held
