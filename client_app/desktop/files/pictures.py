"""Brings the files of pictures from the client to whoever draws them."""

from client_app.core.client import Client
from client_app.core.files import FilePlace, key_of
from client_app.core.signals import FileArrived, FileFailed
from client_app.core.timeline.timeline import Entry
from client_app.desktop.pictures import Gallery, PictureSupply, Source
from client_app.desktop.toolkit import Root
from shared.entities import Attachment
from shared.types import FileVariant


def picture_supply(root: Root, client: Client) -> PictureSupply:
    """All pictures of a window: as the client brings them, and shown as the settings want it."""
    gallery = Gallery(root)
    client.on(FileArrived, lambda told: gallery.arrivals.arrived(told.key, told.path))
    client.on(FileFailed, lambda told: gallery.arrivals.failed(told.key, told.reason))
    return PictureSupply(
        gallery,
        lambda entry, attachment, is_original: _source(client, entry, attachment, is_original),
        lambda: client.settings.show_pictures == "always",
        lambda: client.settings.play_pictures == "hover",
    )


def _source(client: Client, entry: Entry, attachment: Attachment, is_original: bool) -> Source:
    files, place = client.files, FilePlace(entry.channel_id, entry.seq, attachment)
    variant = FileVariant.ORIGINAL if is_original else FileVariant.THUMBNAIL
    key = key_of(attachment, variant)
    return Source(
        key,
        lambda: files.want(place, variant),
        lambda: files.failure(key),
        lambda: files.try_again(key),
        # Of a whole file somebody else may be in need, who saves it.
        lambda: None if is_original else files.cancel(key),
    )
