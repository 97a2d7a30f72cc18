"""Messages, and what belongs to them."""

from msgspec import Struct

from shared.types import ChannelId, ClientId, Emoji, KeptBody, MessageId, MessageKind, Milliseconds, Rev, Seq, UserId

from .files import Attachment


class Mention(Struct, frozen=True, omit_defaults=True):
    """A person, or everybody, whom a message names: which characters of its body do so.

    The body keeps what was typed; whoever shows it puts the person's name of today there.
    """

    start: int
    """The index of the `@`, counted in code points."""
    length: int
    user_id: UserId | None = None
    """None for everybody (`@channel`, `@here`)."""


class Reaction(Struct, frozen=True):
    """One emoji under a message, and who put it there, in their order."""

    emoji: Emoji
    user_ids: tuple[UserId, ...]


class Message(Struct, frozen=True, omit_defaults=True):
    """What somebody said in a channel, as it is now. Order within the channel is `seq`, never a clock."""

    id: MessageId
    channel_id: ChannelId
    seq: Seq
    author_id: UserId
    client_id: ClientId
    kind: MessageKind
    body: KeptBody
    created_at: Milliseconds
    rev: Rev = 0
    """The channel's change that made it what it is; 0 while it is what was said at first."""
    edited_at: Milliseconds | None = None
    """When its author last wrote it anew."""
    is_deleted: bool = False
    """Whether it was deleted: nothing of what it said is left."""
    is_hidden: bool = False
    """Whether it was said by somebody whom I block: its body is not here; `reveal_message` gives it."""
    reply_to: Seq | None = None
    """The message of the same channel that it answers."""
    forwarded_from: UserId | None = None
    """Who said it first, somewhere else."""
    mentions: tuple[Mention, ...] = ()
    """In the order of the body, none within another."""
    reactions: tuple[Reaction, ...] = ()
    """In the order in which each was first used."""
    has_hidden_reactions: bool = False
    """Whether somebody whom I block reacted to it, which is not among them."""
    pinned_at: Milliseconds | None = None
    """When it was pinned to its channel."""
    attachments: tuple[Attachment, ...] = ()
    """In the order in which they are shown."""

    @property
    def speakers(self) -> tuple[UserId, ...]:
        """Whose words it is: its author's, and whoever's it says again."""
        return (self.author_id,) if self.forwarded_from is None else (self.author_id, self.forwarded_from)


class Version(Struct, frozen=True):
    """What an edited message said before."""

    number: int
    """Of a message, the first version is number 1; the numbers of what is not kept any more are not given again."""
    body: KeptBody
    written_at: Milliseconds


class Saved(Struct, frozen=True):
    """A message that somebody saved for themselves, as it is now."""

    message: Message
    saved_at: Milliseconds
