"""The story of what messages can hold: files, pictures, Markdown, and finding all of it again."""

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PIL import ExifTags, Image

from client_app.core.files.place import FilePlace
from client_app.core.intents.pictures import Pictures
from client_app.core.search.found import Progress, Wish
from client_app.core.signals import ChannelOpened
from client_app.core.timeline.rows import Entry, EntryKind
from shared.entities import Attachment
from shared.types import GENERAL, ChannelId, FileVariant, UserId
from tests.client_app.core.headless import Headless

from .conftest import ServerFactory
from .scene import Scene, row, say, staged, user_id

MEBIBYTE = 1024 * 1024
NAME = ":old_pier:"
SCRIPTS = "שלום עולם · مرحبا بالعالم · नमस्ते दुनिया · สวัสดีชาวโลก · 東京の朝 · 안녕하세요 👩‍🚀🇩🇪👍🏽1️⃣"
CODE = "```python\nprint('**not bold**')\n```"


@pytest.fixture
def scene(start_server: ServerFactory, tmp_path: Path) -> Iterator[Scene]:
    with staged(start_server, tmp_path) as scene:
        yield scene


def photo(path: Path, size: tuple[int, int] = (1200, 900)) -> Path:
    """A picture that says where it was taken, lying on its side."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (48.0, 12.0, 30.0)
    Image.radial_gradient("L").resize(size).convert("RGB").save(path, exif=exif)
    return path


def contents(device: Headless) -> list[tuple[object, ...]]:
    """What a device shows of each message, as far as it is the same for everybody."""
    return [
        (each.seq, each.author, each.text, each.is_deleted, each.attachments)
        for each in device.timeline().entries
        if each.kind is EntryKind.MESSAGE
    ]


def until_alike(scene: Scene) -> None:
    """Until all of them show the same, and nothing of it is still on its way."""
    scene.until(lambda: all(contents(device) == contents(scene.bob) for device in scene.devices))


def named(device: Headless, name: str) -> FilePlace | None:
    """The newest file of this name that a device shows."""
    entries: list[Entry] = [each for each in device.timeline().entries if each.kind is EntryKind.MESSAGE]
    found = [FilePlace(GENERAL, each.seq, one) for each in entries for one in each.attachments if one.name == name]
    return found[-1] if found else None


def fetched(device: Headless, name: str, variant: FileVariant = FileVariant.ORIGINAL) -> bytes:
    """What a device gets when it wants a file."""
    device.until(lambda: named(device, name))
    place = named(device, name)
    assert place is not None
    device.until(lambda: device.client.files.want(place, variant))
    path = device.client.files.want(place, variant)
    assert path is not None
    return path.read_bytes()


def found(device: Headless, query: str, channel_id: ChannelId | None = None) -> list[str]:
    """The texts that a search finds, newest first."""
    device.client.search.search(Wish(query, channel_id))
    device.until(lambda: device.client.search.results.progress is Progress.DONE)
    return [message.body for message in device.client.search.results.messages]


def has_pictures(pictures: Pictures, user_id: UserId) -> bool:
    """Whether a device knows of this person's, of the house's, and of an emoji."""
    return bool(pictures.of_person(user_id) and pictures.icon and pictures.emoji())


class Story:
    """What happens, chapter by chapter."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        self.scene, self.folder = scene, folder
        self.phone, self.laptop, self.bob, self.carol = scene.phone, scene.laptop, scene.bob, scene.carol
        self.shown: Attachment
        self.weighty = ""

    def a_picture_and_a_file_go_out_with_a_text(self) -> None:
        """Everybody sees them, upright, and nobody learns where the picture was taken."""
        notes = self.folder / "notes.txt"
        notes.write_text("bring lights\n" * 5, "utf-8")
        self.phone.client.attach(GENERAL, [photo(self.folder / "harbour.jpg"), notes])
        self.phone.client.send(GENERAL, "The harbour, and what to bring")
        self.scene.until_all_see(lambda device: named(device, "harbour.jpg") and named(device, "notes.txt"))
        until_alike(self.scene)
        place = named(self.bob, "harbour.jpg")
        assert place is not None
        self.shown = place.attachment
        assert (self.shown.width, self.shown.height, self.shown.media_type) == (900, 1200, "image/jpeg")
        assert self.shown.preview
        assert fetched(self.carol, "notes.txt") == notes.read_bytes()
        original = fetched(self.bob, "harbour.jpg")
        assert hashlib.sha256(original).hexdigest() == self.shown.sha256
        assert b"GPS" not in original
        assert len(fetched(self.laptop, "harbour.jpg", FileVariant.THUMBNAIL)) < len(original)

    def a_line_breaks_while_a_file_is_on_its_way(self) -> None:
        """It goes on where it was, and is there once; what is said meanwhile does not wait."""
        path = self.folder / "recording.bin"
        path.write_bytes(os.urandom(3 * MEBIBYTE))
        self.laptop.client.attach(GENERAL, [path])
        self.laptop.client.send(GENERAL, "The whole evening")
        upload = self.laptop.timeline().entries[-1].uploads[0]

        def has_come_far() -> bool:
            progress = self.laptop.client.files.progress(upload.key)
            return progress is not None and progress.done > MEBIBYTE

        self.laptop.until(has_come_far)
        self.scene.relay.cut()
        say(self.scene, self.carol, "Is there a recording?")
        self.scene.until_all_see(lambda device: named(device, "recording.bin"))
        until_alike(self.scene)
        assert fetched(self.bob, "recording.bin") == path.read_bytes()
        assert [each[2] for each in contents(self.bob)].count("The whole evening") == 1

    def it_is_said_with_weight(self) -> None:
        """What was typed arrives as it was typed, whoever reads it."""
        text = f"# Plan\n**bold**, ||a surprise|| and `code`\n\n{CODE}\n> :-)"
        seq, self.weighty = say(self.scene, self.carol, text), text
        self.scene.until_all_see(lambda device: row(device, seq))
        assert {row(device, seq).text for device in self.scene.devices} == {text}

    def people_and_the_house_get_pictures(self) -> None:
        """Everybody sees them, and the emoji of the house is used in what is said and under it."""
        face = photo(self.folder / "face.jpg", (300, 200))
        self.carol.client.pictures.set_avatar(face)
        pictures = self.phone.client.pictures
        pictures.set_icon(face, then=lambda: pictures.add_emoji(NAME.strip(":"), face))
        carol = user_id(self.bob, "carol")
        self.scene.until_all_see(lambda device: has_pictures(device.client.pictures, carol))
        seq = say(self.scene, self.bob, f"Tonight {NAME}")
        self.scene.until_all_see(lambda device: row(device, seq))
        self.carol.client.react(GENERAL, seq, NAME)
        self.scene.until_all_see(lambda device: [each.emoji for each in row(device, seq).reactions] == [NAME])
        picture = self.bob.client.pictures.of_person(carol)
        self.bob.until(lambda: self.bob.client.pictures.want(picture))
        path = self.bob.client.pictures.want(picture)
        assert path is not None
        with Image.open(path) as seen:
            assert seen.width == seen.height

    def it_is_written_in_many_scripts(self) -> None:
        """Each is found by what it says, an edit by what it says now; and a file is called nothing that misleads."""
        seq = say(self.scene, self.bob, SCRIPTS)
        self.scene.until_all_see(lambda device: row(device, seq))
        assert {row(device, seq).text for device in self.scene.devices} == {SCRIPTS}
        for words in ("שלום", "بالعالم", "नमस्ते", "東京", "안녕"):
            assert found(self.carol, words) == [SCRIPTS]
        self.bob.client.edit(GENERAL, seq, "привет, Łódź")
        self.scene.until_all_see(lambda device: row(device, seq).text == "привет, Łódź")
        assert found(self.carol, "東京") == []
        assert found(self.carol, "lodz") == ["привет, Łódź"]
        self.bob.client.attach_content(GENERAL, "../holiday\u202egnp.exe", b"MZ no picture")
        self.bob.until(lambda: self.bob.client.attached(GENERAL))
        self.bob.client.send(GENERAL, "Have a look")
        self.scene.until_all_see(lambda device: named(device, "holidaygnp.exe"))
        until_alike(self.scene)
        assert fetched(self.carol, "holidaygnp.exe") == b"MZ no picture"

    def it_is_found_again(self) -> None:
        """By words and by what holds files; and by nobody who may not read it."""
        self.carol.client.create_channel("secrets", private=True)
        secrets = self.carol.next(ChannelOpened).channel_id
        say(self.scene, self.carol, "Nobody else may read of the harbour", secrets)
        assert found(self.bob, "harbo") == ["The harbour, and what to bring"]
        assert found(self.bob, "has:image from:alice") == ["The harbour, and what to bring"]
        assert found(self.bob, "recording has:file") == ["The whole evening"]
        assert found(self.carol, "harbour") == ["Nobody else may read of the harbour", "The harbour, and what to bring"]
        assert found(self.bob, "surpri") == [self.weighty]

    def what_is_deleted_is_gone(self) -> None:
        """Nobody gets the file or finds the words any more, and the disk forgets it."""
        place = named(self.phone, "recording.bin")
        assert place is not None
        folder = self.scene.server.settings.files_folder(Path(self.scene.server.settings.database))
        stored = folder / place.attachment.sha256[:2] / place.attachment.sha256
        assert stored.exists()
        self.phone.client.delete(GENERAL, place.seq)
        self.scene.until_all_see(lambda device: not named(device, "recording.bin"))
        until_alike(self.scene)
        assert found(self.bob, "recording has:file") == []
        self.scene.until(lambda: not stored.exists())

    def all_of_it_is_there_after_a_restart(self) -> None:
        """Of the program, which has kept what it fetched, also where nobody can be asked."""
        again = self.scene.laptop = self.scene.start_again(self.laptop)
        until_alike(self.scene)
        place: Any = named(again, "harbour.jpg")
        assert again.client.files.want(place, FileVariant.THUMBNAIL) is not None


def test_what_messages_hold_is_the_same_for_all_whatever_breaks(
    scene: Scene, start_server: ServerFactory, tmp_path: Path
) -> None:
    story = Story(scene, tmp_path)
    story.a_picture_and_a_file_go_out_with_a_text()
    story.a_line_breaks_while_a_file_is_on_its_way()
    story.it_is_said_with_weight()
    story.people_and_the_house_get_pictures()
    story.it_is_written_in_many_scripts()
    scene.restart(start_server)
    story.it_is_found_again()
    story.what_is_deleted_is_gone()
    story.all_of_it_is_there_after_a_restart()
