"""Links to messages: made for others, and followed."""

from client_app.core.network.address import is_message_link, message_link, parse_message_link
from shared.errors import BadRequest, NotFound
from shared.types import ChannelId, ChannelKind, Seq

from .marking import Marking

GONE = "There is no such message here, or you may not see the channel that it is in."


class Linking(Marking):
    """A client that knows where links lead."""

    def link_to_message(self, channel_id: ChannelId, seq: Seq) -> str:
        """The link to a message. Raises `BadRequest` while nobody is logged in."""
        if self.address is None:
            raise BadRequest("Log in first.")
        return message_link(self.address, channel_id, seq)

    def place_of(self, link: str) -> tuple[ChannelId, Seq]:
        """Where a link leads. Raises a `Refusal` with a sentence where that is not on this server, or not to be seen.

        A channel that one may not see and one that does not exist are told apart by nothing.
        """
        place = parse_message_link(link)
        here = self.address
        if self.state is None or here is None:
            raise BadRequest("Log in first.")
        if (place.address.host.casefold(), place.address.port) != (here.host.casefold(), here.port):
            raise BadRequest(f"This link leads to another server: {place.address}. You are at {here}.")
        channel = self.state.channels.get(place.channel_id)
        if channel is None or not 1 <= place.seq <= channel.last_seq:
            raise NotFound(GONE)
        return place.channel_id, place.seq

    def name_of_link(self, link: str) -> str:
        """What a link to a message is called where one can follow it, `#plans › message`; empty for any other."""
        if not is_message_link(link):
            return ""
        try:
            channel_id, _ = self.place_of(link)
        except (BadRequest, NotFound):
            return ""
        if self.state is None:
            return ""
        channel = self.state.channels[channel_id]
        sign = "#" if channel.kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE) else ""
        return f"{sign}{self.state.title(channel)} › message"
