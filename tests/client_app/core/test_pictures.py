"""Pictures of people and of the house on several devices: chosen, fetched once, and there without a connection."""

import os
from hashlib import sha256
from pathlib import Path

import pytest
from PIL import Image

from client_app.core.signals import FileArrived, Notice, Phase, PicturesChanged
from server_app.app import App
from shared.errors import BadRequest, Refusal
from shared.types import GENERAL, UserId
from tests.pictures import moving, picture

from .conftest import DeviceFactory
from .headless import Headless, address_of
from .network import Relay, at


@pytest.fixture
def server(generous: App) -> App:
    return generous


@pytest.fixture
def laptop(device: DeviceFactory) -> Headless:
    return device("laptop").register("alice", remember=True).open()


@pytest.fixture
def bobs(laptop: Headless, device: DeviceFactory) -> Headless:
    bobs = device("bobs").register("bob", remember=True).open()
    laptop.until(lambda: laptop.client.roster.named("bob"))
    return bobs


def id_of(device: Headless) -> UserId:
    assert device.client.me is not None
    return device.client.me.id


def test_what_somebody_looks_like_is_fetched_once_and_is_there_without_a_connection(
    server: App, laptop: Headless, bobs: Headless, device: DeviceFactory, tmp_path: Path
) -> None:
    (tmp_path / "me.png").write_bytes(picture("red", (500, 300)))
    (tmp_path / "cat.gif").write_bytes(moving())
    laptop.client.pictures.set_avatar(tmp_path / "me.png")
    (tmp_path / "us.png").write_bytes(picture("red", (300, 500)))
    laptop.client.pictures.set_icon(tmp_path / "us.png")
    laptop.client.pictures.add_emoji("cat_of_ours", tmp_path / "cat.gif")
    alice, pictures = id_of(laptop), bobs.client.pictures
    bobs.until(lambda: pictures.of_person(alice) and pictures.icon and pictures.names() == (":cat_of_ours:",))
    assert any(isinstance(signal, PicturesChanged) for signal in bobs.signals)
    bobs.signals.clear()
    avatar = pictures.of_person(alice)
    # What looks the same is one.
    assert pictures.icon == avatar
    assert pictures.want(avatar) is None
    assert pictures.want(avatar) is None
    arrived = bobs.next(FileArrived)
    assert arrived.key == avatar
    assert pictures.want(avatar) == arrived.path
    assert not any(isinstance(signal, FileArrived) for signal in bobs.signals)
    bobs.client.flush()
    bobs.close()
    server.stop(2)
    again = device("bobs")
    assert again.client.resume_remembered()
    again.until(lambda: again.client.state)
    pictures = again.client.pictures
    assert (pictures.icon, pictures.of_person(alice), pictures.names()) == (avatar, avatar, (":cat_of_ours:",))
    assert pictures.want(avatar) == arrived.path


def test_one_file_has_many_uses_at_once_and_each_goes_on_after_a_drop(
    generous: App, device: DeviceFactory, tmp_path: Path
) -> None:
    path = tmp_path / "us.png"
    Image.frombytes("RGB", (600, 500), os.urandom(900_000)).save(path)
    with Relay(generous.address) as relay:
        alice = device("alice", at(relay, address_of(generous))).register("alice").open()
        done: list[str] = []
        relay.tear(after=400_000)
        alice.client.attach(GENERAL, [path, path])
        alice.client.send(GENERAL, "us, twice")
        pictures = alice.client.pictures
        pictures.set_avatar(path, lambda: done.append("avatar"), lambda refusal: done.append(refusal.message))
        pictures.set_icon(path, lambda: done.append("icon"), lambda refusal: done.append(refusal.message))
        alice.until(lambda: alice.is_at(Phase.RECONNECTING))
        alice.until(lambda: len(done) == 2)
        assert sorted(done) == ["avatar", "icon"]
        alice.until(lambda: alice.timeline().entries[-1].attachments)
    attachments = alice.timeline().entries[-1].attachments
    assert [(each.sha256, each.width) for each in attachments] == [(sha256(path.read_bytes()).hexdigest(), 600)] * 2
    assert pictures.icon == pictures.of_person(id_of(alice)) != ""


def test_what_cannot_be_is_a_sentence_and_changes_nothing(laptop: Headless, bobs: Headless, tmp_path: Path) -> None:
    (tmp_path / "page.png").write_text("<html>")
    (tmp_path / "me.png").write_bytes(picture())
    refused: list[Refusal] = []
    pictures = laptop.client.pictures
    pictures.set_avatar(tmp_path / "gone.png", refused=refused.append)
    laptop.until(lambda: refused)
    pictures.set_avatar(tmp_path / "page.png", refused=refused.append)
    laptop.until(lambda: len(refused) == 2)
    assert [each.message.split(".png”")[0] for each in refused] == ["“gone", "“page"]
    with pytest.raises(BadRequest, match="already"):
        pictures.add_emoji("thumbsup", tmp_path / "me.png")
    with pytest.raises(BadRequest, match="a–z"):
        pictures.add_emoji("../x", tmp_path / "me.png")
    # Without anybody who takes it, a refusal is told.
    bobs.client.pictures.set_icon(tmp_path / "me.png")
    assert "may not" in bobs.next(Notice).text
    assert (pictures.icon, pictures.emoji(), pictures.of_person(id_of(laptop))) == ("", (), "")
