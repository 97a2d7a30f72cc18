"""What stands above the first message of a channel."""

from client_app.core.panes.channels import ChannelRow
from client_app.desktop.message_list import Introduction
from client_app.desktop.words.channel_words import channel_sign
from shared.types import ChannelKind


def introduction(row: ChannelRow) -> Introduction:
    """What stands above the first message of a channel."""
    if row.kind is ChannelKind.DIRECT:
        sentence = f"This is where your conversation with {row.title} begins."
        return Introduction(row.title, sentence, row.other_id, row.title)
    if row.kind is ChannelKind.GROUP:
        sentence = f"This is where your conversation of {len(row.member_ids)} begins."
        return Introduction(row.title, sentence, sign="people")
    usual = "This is where it begins. Say something."
    if row.kind is ChannelKind.PRIVATE:
        usual = "Only those who were brought in see it, or know of it."
    elif not row.may_write:
        usual = "This is where it begins."
    return Introduction(f"Welcome to #{row.title}", row.topic or usual, sign=channel_sign(row))
