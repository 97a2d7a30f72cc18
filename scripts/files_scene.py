"""The picture of files: cards below what was said, one of them a text, and what goes out next above the composer."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.cast import Cast

if TYPE_CHECKING:
    from client_app.desktop.app import DesktopApp

CHANNEL, TOPIC = "harbour", "Plans of the new harbour"
PROGRAM = '''"""How much a quay of so many metres costs."""

METRE = 1_940


def cost(metres: float) -> float:
    return metres * METRE


print(cost(120))
'''


def take_files(
    app: "DesktopApp",
    cast: Cast,
    wait: Callable[[Callable[[], bool]], None],
    show: Callable[[str], None],
    picture: Callable[[str], None],
) -> None:
    """Have carol send files, attach some more, take the picture, and take them away again."""
    folder = Path(cast.home("carol")) / "files"
    folder.mkdir()
    (folder / "Quay and breakwater.pdf").write_bytes(b"%PDF" + bytes(2_400_000))
    (folder / "cost.py").write_text(PROGRAM, "utf-8")
    (folder / "Measurements.csv").write_text("place,depth\n" * 400, "utf-8")
    (folder / "Photos of the site.zip").write_bytes(bytes(8_300_000))
    cast.create("carol", CHANNEL, TOPIC)
    show(CHANNEL)
    row = app.client.channels.named(CHANNEL)
    assert row is not None
    cast.send_files("carol", CHANNEL, [folder / "Quay and breakwater.pdf", folder / "cost.py"], "As promised:")
    messages = app.window.conversation.messages
    wait(lambda: any(card.lines for painted in messages.painted.values() for card in painted.row.cards))
    app.client.attach(row.channel_id, [folder / "Measurements.csv", folder / "Photos of the site.zip"])
    app.window.conversation.composer.insert("Thank you! Here is what we measured")
    picture("files")
    for upload in app.client.attached(row.channel_id):
        app.client.detach(row.channel_id, upload.key)
    app.window.conversation.composer.clear()
