"""Pictures of people and of the house: made of what somebody brought here, kept, and given out."""

from dataclasses import dataclass

from msgspec import Raw
from msgspec.structs import replace

from server_app.audiences import Everyone
from server_app.context import Context
from server_app.pictures import Shape
from server_app.storage import accounts, attachments, files, pictures
from shared.entities import Attachment, User
from shared.errors import BadRequest, NotFound
from shared.events import IconChanged, UserChanged
from shared.requests import AddEmoji, FetchPicture, Nothing, SetAvatar, SetIcon
from shared.types import AttachmentId, AuditAction, PictureId

from .audit import note
from .files import file_part
from .wording import require_speech

CROPPED_SIDE, WHOLE_SIDE = 256, 128
"""Pixels: of people and the house, shown at 80 at most on screens with small pixels; of emoji, at 48."""


@dataclass(frozen=True)
class Made:
    """A square that lies in place; nothing refers to it yet."""

    picture: PictureId
    size: int
    """Bytes."""
    is_animated: bool


Changing = SetAvatar | SetIcon | AddEmoji


def find_picture(context: Context, request: Changing, _value: None) -> Attachment | None:
    """What somebody brought here to make a picture of; None where there shall be none."""
    if request.attachment_id is None:
        return None
    found = attachments.unsaid(context.connection, (request.attachment_id,)).get(request.attachment_id)
    if found is None or found.owner_id != context.me:
        raise NotFound("There is no such upload. Choose the picture again.")
    if not found.attachment.width:
        raise BadRequest(f"“{found.attachment.name}” is no picture that can be shown. Choose a JPEG, PNG, GIF or WebP.")
    return found.attachment


def make_square(context: Context, request: Changing, found: Attachment | None) -> Made | None:
    """Have it made and put in place, before anything says that it is there."""
    if found is None:
        return None
    store = context.house.files
    is_emoji = isinstance(request, AddEmoji)
    side, shape = (WHOLE_SIDE, Shape.WHOLE) if is_emoji else (CROPPED_SIDE, Shape.CROPPED)
    square = context.house.pictures.square(store.content(found.sha256), side, shape)
    if square is None:
        raise BadRequest(f"“{found.name}” cannot be made small. Choose another picture.")
    return Made(store.keep_data(square.data), len(square.data), square.is_animated)


def set_avatar(context: Context, request: SetAvatar, made: Made | None) -> Nothing:
    """Everybody hears how somebody wants to be seen from now on."""
    me = accounts.user(context.connection, context.me)
    assert me is not None, "whoever asks is there"
    if made is not None:
        require_speech(context)
    picture = use(context, request.attachment_id, made)
    if picture != me.avatar:
        show(context, me, picture)
    return Nothing()


def show(context: Context, person: User, picture: PictureId) -> None:
    """Everybody hears of a person's picture; empty for none."""
    context.house.files.doubt((person.avatar,) if person.avatar else ())
    changed = accounts.change_user(context.connection, replace(person, avatar=picture))
    context.emit(UserChanged(user=changed), Everyone())


def set_icon(context: Context, request: SetIcon, made: Made | None) -> Nothing:
    """Everybody hears which picture stands for the house."""
    before = pictures.icon(context.connection)
    picture = use(context, request.attachment_id, made)
    if picture != before:
        context.house.files.doubt((before,) if before else ())
        pictures.set_icon(context.connection, picture)
        context.emit(IconChanged(icon=picture), Everyone())
        note(context, AuditAction.ICON_CHANGED, detail="another picture" if picture else "no picture any more")
    return Nothing()


def use(context: Context, attachment_id: AttachmentId | None, made: Made | None) -> PictureId:
    """Note that a square is there, and that what it was made of is not needed; empty where none was made."""
    if attachment_id is None or made is None:
        return ""
    store = context.house.files
    files.add_file(context.connection, made.picture, made.size, context.house.now())
    store.noted(made.picture)
    store.doubt(attachments.remove_unsaid(context.connection, attachment_id))
    return made.picture


def fetch_picture(context: Context, request: FetchPicture, _value: None) -> Raw:
    """A piece of a picture that is in use; of no other file, even if one knows its content."""
    if not context.house.directory.is_shown(request.picture):
        raise NotFound("There is no such picture any more.")
    return file_part(context, request.picture, request.offset)
