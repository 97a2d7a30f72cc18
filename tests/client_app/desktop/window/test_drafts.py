"""What was begun, as the window shows it: a pencil in the left pane, a word in the list of places to go to."""

from client_app.desktop.dialogs.pick import Picker
from client_app.desktop.lists import ItemRow
from server_app.app import App
from shared.types import GENERAL

from .conftest import OpenWindow
from .person import Person


def marks(alice: Person) -> dict[str, tuple[str, ...]]:
    rows = alice.app.window.sidebar.list._all
    return {row.title: row.marks for row in rows if isinstance(row, ItemRow) and row.marks}


def test_a_pencil_marks_where_something_was_begun_until_it_is_sent(open_window: OpenWindow, server: App) -> None:
    alice = open_window(server).come_in("alice")
    client = alice.app.client
    client.create_channel("plans")
    alice.until(lambda: "plans" in alice.rows())
    plans = client.channels.named("plans")
    assert plans
    client.open_channel(GENERAL)
    alice.type("dear all")
    assert marks(alice) == {}, "where it is open, one sees it anyway"
    client.open_channel(plans.channel_id)
    alice.app.root.update()
    assert marks(alice) == {"general": ("pencil",)}
    alice.app.window.show_switcher()
    picker = alice.dialog()
    assert isinstance(picker, Picker)
    assert [row.detail for row in picker._list._all if isinstance(row, ItemRow) and row.title == "general"] == ["Draft"]
    picker.close()
    client.open_channel(GENERAL)
    alice.app.root.update()
    assert alice.composer.get() == "dear all"
    alice.press("Return", alice.composer.text)
    client.open_channel(plans.channel_id)
    alice.app.root.update()
    assert marks(alice) == {}
