"""Queries about files that are on their way here."""

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from shared.types import AttachmentId, Milliseconds, Sha256, UploadId, UserId

from .prepared import Prepared
from .tables import uploads


class Upload(NamedTuple):
    """What somebody announced."""

    id: UploadId
    owner_id: UserId
    name: str
    size: int
    sha256: Sha256
    attachment_id: AttachmentId | None
    """What became of it, once it is finished."""


_COLUMNS = (
    uploads.c.id,
    uploads.c.owner_id,
    uploads.c.name,
    uploads.c.size,
    uploads.c.sha256,
    uploads.c.attachment_id,
)
_mine = (uploads.c.id == bindparam("upload")) & (uploads.c.owner_id == bindparam("owner"))
_upload = Prepared(select(*_COLUMNS).where(_mine))


def upload(connection: Connection, owner_id: UserId, upload_id: UploadId) -> Upload | None:
    """One of this person's own."""
    rows = _upload.rows(connection, {"upload": upload_id, "owner": owner_id})
    return Upload(*rows[0]) if rows else None


def upload_of(connection: Connection, owner_id: UserId, sha256: Sha256) -> Upload | None:
    """The person's upload of this content."""
    query = select(*_COLUMNS).where(uploads.c.owner_id == owner_id, uploads.c.sha256 == sha256)
    row = connection.execute(query).one_or_none()
    return Upload(*row) if row else None


def number_and_size_under_way(connection: Connection, owner_id: UserId) -> tuple[int, int]:
    """How many files a person has announced that are not finished, and their bytes."""
    query = select(func.count(), func.coalesce(func.sum(uploads.c.size), 0))
    number, size = connection.execute(
        query.where(uploads.c.owner_id == owner_id, uploads.c.attachment_id.is_(None))
    ).one()
    return number, size


def add_upload(
    connection: Connection, owner_id: UserId, *, name: str, size: int, sha256: Sha256, now: Milliseconds
) -> UploadId:
    """Note that a file is to come."""
    values = {"owner_id": owner_id, "name": name, "size": size, "sha256": sha256, "touched_at": now}
    inserted = connection.execute(insert(uploads).values(values)).inserted_primary_key
    assert inserted is not None, "one row was inserted"
    return UploadId(inserted[0])


def touch_upload(connection: Connection, upload_id: UploadId, *, name: str, now: Milliseconds) -> None:
    """Note that it goes on, perhaps under another name."""
    connection.execute(update(uploads).where(uploads.c.id == upload_id).values(name=name, touched_at=now))


def finish_upload(connection: Connection, upload_id: UploadId, attachment_id: AttachmentId) -> None:
    """Note what became of it."""
    connection.execute(update(uploads).where(uploads.c.id == upload_id).values(attachment_id=attachment_id))


def remove_upload(connection: Connection, upload_id: UploadId) -> None:
    """Forget it."""
    connection.execute(delete(uploads).where(uploads.c.id == upload_id))


def remove_uploads_of(connection: Connection, owner_id: UserId) -> None:
    """Forget all that a person has announced."""
    connection.execute(delete(uploads).where(uploads.c.owner_id == owner_id))


def remove_old_uploads(connection: Connection, before: Milliseconds) -> None:
    """Forget those that nobody has gone on with since then."""
    connection.execute(delete(uploads).where(uploads.c.touched_at < before))


def unfinished_uploads(connection: Connection) -> set[UploadId]:
    """Of all people, those of which anything may be here."""
    rows = connection.execute(select(uploads.c.id).where(uploads.c.attachment_id.is_(None)))
    return {UploadId(upload_id) for (upload_id,) in rows}
