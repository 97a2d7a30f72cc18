"""What the model says of files: brought here, said, passed on and fetched."""

from typing import Any

from .grounds import Effect, No, need, room_of
from .model import File, Room, Said, Upload, World


def begin_upload(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "attach_files")

    def happen(result: Any) -> None:
        assert result.received == 0
        world.uploads[result.upload_id] = Upload(me, ask.name)

    return happen


def send_chunk(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "attach_files")
    upload = _mine(world, me, ask)
    if upload.file is not None:
        raise No("not_found")
    if ask.offset > upload.came:
        raise No("conflict")

    def happen(result: Any) -> None:
        upload.came = max(upload.came, ask.offset + len(ask.data))
        assert result.received == upload.came

    return happen


def finish_upload(world: World, me: int, ask: Any) -> Effect:
    need(world, me, "attach_files")
    upload = _mine(world, me, ask)
    if upload.file is not None and upload.file.said:
        raise No("not_found")
    if upload.came < len(upload.name):
        raise No("conflict")

    def happen(result: Any) -> None:
        file = result.attachment
        assert (file.name, file.size) == (upload.name, len(upload.name))
        upload.file = world.files.setdefault(file.id, File(me, upload.name))

    return happen


def cancel_upload(world: World, me: int, ask: Any) -> Effect:
    def happen(_result: Any) -> None:
        upload = world.uploads.get(ask.upload_id)
        if upload is not None and upload.owner == me:
            _take_back(world, ask.upload_id)

    return happen


def take_back_all(world: World, person: int) -> None:
    for number in [number for number, upload in world.uploads.items() if upload.owner == person]:
        _take_back(world, number)


def _take_back(world: World, upload_id: int) -> None:
    upload = world.uploads.pop(upload_id)
    if upload.file is not None:
        upload.file.said = True


def fetch_file(world: World, me: int, ask: Any) -> Effect:
    room, file = room_of(world, me, ask), world.files.get(ask.attachment_id)
    if not 1 <= ask.seq <= len(room.said) or file is None or file not in room.said[ask.seq - 1].files:
        raise No("not_found")

    def happen(result: Any) -> None:
        assert result.data == file.name.encode()

    return happen


def files_of(world: World, me: int, room: Room, ask: Any, passed_on: Said | None) -> list[File]:
    """What a message is going to hold, if it may."""
    if not ask.attachments and (passed_on is None or not passed_on.files):
        return []
    if not world.able_there(me, "attach_files", room):
        raise No("forbidden")
    if passed_on is not None:
        return [File(me, each.name) for each in passed_on.files]
    files = [world.files.get(each) for each in ask.attachments]
    mine = [each for each in files if each is not None and each.owner == me and not each.said]
    if len(mine) < len(files):
        raise No("not_found")
    return mine


def _mine(world: World, me: int, ask: Any) -> Upload:
    upload = world.uploads.get(ask.upload_id)
    if upload is None or upload.owner != me:
        raise No("not_found")
    return upload
