"""Bringing files here: announced, sent piece by piece, checked, and kept under a name until somebody says them."""

import mimetypes
from dataclasses import dataclass, replace
from pathlib import Path

from msgspec import structs

from server_app.checksum import sha256_of
from server_app.context import Context
from server_app.storage import attachments, files, uploads
from server_app.storage.failures import FULL
from server_app.storage.uploads import Upload
from shared.entities import Attachment
from shared.errors import BadRequest, Conflict, Forbidden, NotFound, Unavailable
from shared.file_names import file_name
from shared.requests import (
    BeginUpload,
    CancelUpload,
    FinishUpload,
    Nothing,
    Received,
    SendChunk,
    UploadBegun,
    Uploaded,
)
from shared.types import AttachmentId, UploadId, UserId

from .sizes import in_words

KEPT_MS = 24 * 60 * 60 * 1000
"""How long something is kept that nobody goes on with, or that nobody says."""
UNKNOWN = "application/octet-stream"
"""The media type of what could be anything."""


@dataclass(frozen=True)
class Arrived:
    """A file that has come as it was announced."""

    upload: Upload
    path: Path
    """Where it lies until it is put in place."""
    what: Attachment
    """What it is, without an id."""
    thumbnail: Path | None = None
    """Of a picture, to be moved beside it."""


# --- announced --------------------------------------------------------------------------------------------------------


def require_room(context: Context, request: BeginUpload, _value: None) -> None:
    """Raises where a file cannot come, whoever sends it: it is empty, too large, or the disk has no room for it."""
    most = context.house.settings.max_file_size
    if not request.size:
        raise BadRequest("This file is empty. There is nothing to send.")
    if request.size > most:
        raise BadRequest(f"Files may have {in_words(most)} here, and this one has {in_words(request.size)}.")
    if not context.house.files.has_room(request.size):
        raise FULL.refusal()


def begin_upload(context: Context, request: BeginUpload, _value: None) -> UploadId:
    """Note that it comes. What the same person began to send goes on; of others’ files nobody learns anything."""
    database, name, now = context.connection, file_name(request.name), context.house.clock.steady()
    earlier = uploads.upload_of(database, context.me, request.sha256)
    if earlier is not None and earlier.attachment_id is None and earlier.size == request.size:
        uploads.touch_upload(database, earlier.id, name=name, now=now)
        return earlier.id
    if earlier is not None:
        # What it was is another file by now, or was never this one.
        uploads.remove_upload(database, earlier.id)
    number, under_way = uploads.number_and_size_under_way(database, context.me)
    most = context.house.settings.limits.uploads_per_account
    if number >= most:
        raise Conflict(f"{most:.0f} files of yours are on their way already. Finish or cancel some of them first.")
    require_quota(context, context.me, under_way + request.size)
    return uploads.add_upload(database, context.me, name=name, size=request.size, sha256=request.sha256, now=now)


def where_to_go_on(context: Context, _request: BeginUpload, upload_id: UploadId) -> UploadBegun:
    """How much of it is here for good."""
    return UploadBegun(upload_id=upload_id, received=context.house.files.secured(upload_id))


def require_quota(context: Context, user_id: UserId, size: int) -> None:
    """Raises `Forbidden` where so many bytes more are too many for a person."""
    refusal = why_no_room(context, user_id, size)
    if refusal is not None:
        raise refusal


def why_no_room(context: Context, user_id: UserId, size: int) -> Forbidden | None:
    """Why so many bytes more are too many for a person; None where they are not."""
    quota = context.house.settings.quota
    if not quota:
        return None
    used = attachments.bytes_of(context.connection, user_id)
    if used + size <= quota:
        return None
    return Forbidden(
        f"Your files may have {in_words(quota)} here, and have {in_words(used)} already. "
        "Delete messages with files that nobody needs any more."
    )


# --- sent -------------------------------------------------------------------------------------------------------------


def take_chunk(context: Context, request: SendChunk, _value: None) -> Received:
    """Add a piece to what has come. What is there already is not written again."""
    store, upload = context.house.files, _mine(context, request.upload_id)
    received = store.received(upload.id)
    if request.offset > received:
        raise Conflict(f"This piece does not follow what is here. Go on at byte {received}.")
    end = request.offset + len(request.data)
    if end > upload.size:
        raise BadRequest(f"The file was announced with {upload.size} bytes, and this piece goes beyond them.")
    if end > received:
        if not store.has_room(end - received):
            # When it was announced there was room; others have come since then.
            raise FULL.refusal()
        received = store.append(upload.id, request.data[received - request.offset :])
    return Received(received=received)


def _mine(context: Context, upload_id: UploadId) -> Upload:
    """An upload that is under way. Raises `NotFound`, also of others’."""
    upload = uploads.upload(context.connection, context.me, upload_id)
    if upload is None or upload.attachment_id is not None:
        raise _no_such_upload()
    return upload


def _no_such_upload() -> NotFound:
    return NotFound("There is no such upload. Begin it anew.")


# --- checked and kept -------------------------------------------------------------------------------------------------


def check_upload(context: Context, request: FinishUpload, _value: None) -> Arrived | Uploaded:
    """That all has come and is what was announced; where that was asked before, what it was answered."""
    store = context.house.files
    upload = _to_finish(context, request)
    if isinstance(upload, Uploaded):
        return upload
    received = store.received(upload.id)
    if received < upload.size:
        raise Conflict(f"Of {upload.size} bytes {received} have come. Go on at byte {received}.")
    path = store.part(upload.id)
    if store.checksum(upload.id) != upload.sha256:
        store.drop(upload.id)
        raise BadRequest("What came is not the file that was announced: its checksum is another. Send it again.")
    media_type = mimetypes.guess_type(upload.name, strict=False)[0] or UNKNOWN
    what = Attachment(
        id=AttachmentId(0), name=upload.name, size=upload.size, sha256=upload.sha256, media_type=media_type
    )
    return Arrived(upload, path, what)


def _to_finish(context: Context, request: FinishUpload) -> Upload | Uploaded:
    """An upload that is under way, or what became of it; the file may be said. Raises `NotFound`."""
    upload = uploads.upload(context.connection, context.me, request.upload_id)
    if upload is not None and upload.attachment_id is not None:
        before = attachments.unsaid(context.connection, (upload.attachment_id,)).get(upload.attachment_id)
        if before is not None:
            return Uploaded(attachment=before.attachment)
    if upload is None or upload.attachment_id is not None:
        raise _no_such_upload()
    return upload


def look_at_upload(context: Context, _request: FinishUpload, arrived: Arrived | Uploaded) -> Arrived | Uploaded:
    """Find out whether it is a picture, and take out of it what tells of place, camera and author."""
    if isinstance(arrived, Uploaded):
        return arrived
    try:
        return _looked_at(context, arrived)
    except FileNotFoundError:
        # Taken back in the meantime, or finished by another device.
        raise _no_such_upload() from None


def _looked_at(context: Context, arrived: Arrived) -> Arrived:
    looked, what = context.house.pictures.look_at(arrived.path), arrived.what
    if looked is None:
        # Called a picture and not one: nobody shall try to show it.
        is_called_so = what.media_type.startswith("image/")
        return replace(arrived, what=structs.replace(what, media_type=UNKNOWN)) if is_called_so else arrived
    path = looked.clean or arrived.path
    seen = structs.replace(
        what,
        size=path.stat().st_size,
        sha256=sha256_of(path) if looked.clean else what.sha256,
        media_type=looked.media_type,
        width=looked.width,
        height=looked.height,
        is_animated=looked.is_animated,
        preview=looked.preview,
    )
    return Arrived(arrived.upload, path, seen, looked.thumbnail)


def keep_upload(context: Context, _request: FinishUpload, arrived: Arrived | Uploaded) -> Arrived | Uploaded:
    """Put it in place, before anything says that it is there."""
    if isinstance(arrived, Arrived):
        try:
            context.house.files.keep(arrived.path, arrived.what.sha256, arrived.thumbnail)
        except FileNotFoundError:
            # Taken back in the meantime.
            raise _no_such_upload() from None
        if arrived.path != context.house.files.part(arrived.upload.id):
            arrived.path.unlink(missing_ok=True)
    return arrived


def add_attachment(context: Context, request: FinishUpload, arrived: Arrived | Uploaded) -> Uploaded:
    """Note that it is there, and whose it is."""
    if isinstance(arrived, Uploaded):
        return arrived
    database, what = context.connection, arrived.what
    # It may have been taken back in the meantime, or finished, because it was asked for twice.
    upload = _to_finish(context, request)
    if isinstance(upload, Uploaded):
        context.house.files.noted(what.sha256)
        return upload
    if not context.house.files.content(what.sha256).exists():
        raise Unavailable("The file was lost on its way. Send it again.")
    files.add_file(database, what.sha256, what.size, context.house.now())
    added = attachments.add_attachment(database, context.me, what, context.house.clock.steady())
    uploads.finish_upload(database, upload.id, added.id)
    context.house.files.noted(what.sha256)
    return Uploaded(attachment=added)


# --- taken back -------------------------------------------------------------------------------------------------------


def cancel_upload(context: Context, request: CancelUpload, _value: None) -> Nothing:
    """Take it back, as long as nobody has said it."""
    upload = uploads.upload(context.connection, context.me, request.upload_id)
    if upload is not None:
        uploads.remove_upload(context.connection, upload.id)
        if upload.attachment_id is not None:
            context.house.files.doubt(attachments.remove_unsaid(context.connection, upload.attachment_id))
    return Nothing()


def take_back_all(context: Context, user_id: UserId) -> None:
    """Take back whatever a person is about to say, because they are kept out."""
    uploads.remove_uploads_of(context.connection, user_id)
    context.house.files.doubt(attachments.remove_unsaid_of(context.connection, user_id))


def take_back_old(context: Context) -> None:
    """Take back what nobody goes on with, and what nobody says."""
    before = context.house.clock.steady() - KEPT_MS
    uploads.remove_old_uploads(context.connection, before)
    context.house.files.doubt(attachments.remove_old_unsaid(context.connection, before))
