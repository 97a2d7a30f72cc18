"""Pictures of people, of a house, and of its emoji: in a conversation, and where those are made who keep the house."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw

from client_app.desktop.administration.emoji import EmojiPage
from client_app.desktop.administration.section import Administration
from client_app.desktop.emoji import EmojiImages
from scripts.cast import Cast
from shared.types import GENERAL

if TYPE_CHECKING:
    from client_app.desktop.app import DesktopApp

_LANDSCAPES = {"alice": ("#2a6f97", "#a9d6e5"), "carol": ("#386641", "#f2e8cf"), "dave": ("#6a4c93", "#ffca3a")}
"""Of each person: the ground, and the sky."""
_EMOJI = {"our_boat": "#4a8cff", "ripe_tomato": "#e5533d", "lake_party": "#e8a33d"}


def take_likenesses(
    app: "DesktopApp",
    cast: Cast,
    folder: Path,
    wait: Callable[[Callable[[], bool]], None],
    picture: Callable[[str], None],
) -> None:
    """Give everybody what they want to look like, say something with it, and take the pictures."""
    client = app.client
    folder.mkdir()
    for name, colors in _LANDSCAPES.items():
        _landscape(*colors).save(folder / f"{name}.png")
        (client if name == "alice" else cast.client(name)).pictures.set_avatar(folder / f"{name}.png")
    _landscape("#9c3d10", "#f4a261").save(folder / "house.png")
    client.pictures.set_icon(folder / "house.png")
    for name, color in _EMOJI.items():
        _smile(color).save(folder / f"{name}.png")
        client.pictures.add_emoji(name, folder / f"{name}.png")
    wait(lambda: len(client.pictures.names()) == len(_EMOJI) and bool(client.pictures.icon))
    client.open_channel(GENERAL)
    messages = app.window.conversation.messages
    for name, text in (("carol", "We have emoji of our own now :lake_party:"), ("dave", ":our_boat: :our_boat:")):
        before = len(messages.entries)
        cast.say(name, "general", text)
        wait(lambda before=before: len(messages.entries) > before)  # type: ignore[misc]  # mypy takes it for one without a default
    app.window.scroll_to_end()
    newest = messages.entries[-1].seq
    cast.react("carol", "general", newest, ":lake_party:")
    client.react(GENERAL, newest, ":lake_party:")
    app.window.pick_emoji()
    picker, images = app.window.choosing.picker, app.root.only(EmojiImages)
    wait(lambda: bool(messages.entries[-1].reactions) and picker.is_open)
    wait(lambda: picker.choices.is_complete and images.is_complete)
    picture("likenesses")
    app.window.choosing.close()
    app.window.show_administration("emoji")
    section = next(child for child in app.root.winfo_children() if isinstance(child, Administration))
    page = section.page
    assert isinstance(page, EmojiPage)
    page.choose(page.rows()[0].key)
    picture("emoji")
    section.close()


def _landscape(ground: str, sky: str) -> Image.Image:
    image = Image.new("RGB", (320, 320), sky)
    pen = ImageDraw.Draw(image)
    pen.ellipse((190, 50, 260, 120), fill="#fff3b0")
    pen.polygon(((0, 320), (0, 210), (110, 110), (200, 220), (250, 170), (320, 240), (320, 320)), fill=ground)
    return image


def _smile(color: str) -> Image.Image:
    image = Image.new("RGBA", (128, 128), (0, 0, 0, 0))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((6, 6, 122, 122), radius=44, fill=color)
    for left in (38, 76):
        pen.ellipse((left, 42, left + 16, 62), fill="#201a17")
    pen.arc((38, 52, 92, 98), 15, 165, fill="#201a17", width=8)
    return image
