"""Where a message is to be passed on to: channels and people, several of them, and a comment."""

from collections.abc import Sequence

from client_app.core.client import Client
from client_app.core.world.state import TALKS
from client_app.desktop.lists import ItemRow, ListRow
from client_app.desktop.switcher import Choice
from client_app.desktop.text import display_text
from client_app.desktop.theme import Space
from client_app.desktop.toolkit import Root
from client_app.desktop.widgets.text_line import TextLine
from client_app.desktop.words.channel_words import channel_sign
from shared.errors import BadRequest
from shared.types import BlockKind, ChannelId, ChannelKind, Permission, Seq, UserId

from .several import SeveralPicker

HEIGHT = 280
MOST = 10
"""Places at once."""


class ForwardDialog(SeveralPicker):
    """The button forwards; what was said where few could read it goes to a public place after one question."""

    def __init__(self, root: Root, client: Client, channel_id: ChannelId, seqs: Sequence[Seq]) -> None:
        self._client, self._channel_id, self._seqs = client, channel_id, tuple(seqs)
        self._asked_of: tuple[str, ...] = ()
        """The public channels of which was asked already whether they are meant."""
        title = "Forward to…" if len(seqs) == 1 else f"Forward {len(seqs)} messages to…"
        super().__init__(root, title, _places(client), most=MOST, confirm_label="Forward", height=HEIGHT)
        self.begin()

    def _add_below(self) -> None:
        self.comment = TextLine(self.body, placeholder_text="Add a comment, if you like")
        self.comment.pack(side="bottom", fill="x", pady=(Space.SMALL, 0))

    def _do(self) -> bool:
        channel_ids = [ChannelId(int(choice.key.split()[1])) for choice in self._taken if choice.key[0] == "c"]
        user_ids = [UserId(int(choice.key.split()[1])) for choice in self._taken if choice.key[0] == "p"]
        if not self._taken:
            self.show_error("Choose where to.")
            return False
        public = self._client.made_public(self._channel_id, channel_ids)
        if public and public != self._asked_of:
            self._ask(public)
            return False
        try:
            self._client.forward(self._channel_id, self._seqs, channel_ids, user_ids, self.comment.get())
        except BadRequest as refusal:
            self.show_error(refusal.message)
            return False
        self._client.notice(f"Forwarded to {self._names()}.")
        self._client.tell()
        return True

    def _row_of(self, choice: Choice) -> ListRow:
        if choice.is_person and not choice.people:
            return self._person_row(choice)
        is_taken = choice in self._taken
        title = f"{choice.title}   ✓ taken" if is_taken else choice.title
        if choice.people:
            return ItemRow(choice.key, title, people=choice.people, is_strong=is_taken)
        return ItemRow(choice.key, title, icon="#", sign=choice.sign, is_strong=is_taken)

    def _said(self) -> str:
        return f"To {self._names()}." if self._taken else f"Up to {MOST} places."

    def _too_many(self) -> str:
        return f"At most {MOST} places at once."

    def _ask(self, public: tuple[str, ...]) -> None:
        """Once, whether that is meant."""
        self._asked_of = public
        self.confirm_button.configure(text="Forward anyway")
        self.show_error(f"Not everybody could read this so far. In {', '.join(public)} everybody can.")

    def _changed(self) -> None:
        self._asked_of = ()
        self.confirm_button.configure(text="Forward")
        self.show_error("")

    def _names(self) -> str:
        return ", ".join(
            display_text(choice.title if choice.is_person else f"#{choice.title}") for choice in self._taken
        )


def ask_to_forward(root: Root, client: Client, channel_id: ChannelId, seqs: Sequence[Seq]) -> ForwardDialog:
    """Ask where messages of a channel are to be said again, and do it."""
    return ForwardDialog(root, client, channel_id, seqs)


def _places(client: Client) -> list[Choice]:
    """Where one may write, and people to whom one may."""
    rows = [row for row in client.channels.in_order() if row.may_write]
    channels = [
        Choice(
            f"channel {row.channel_id}",
            row.title,
            is_person=row.kind in TALKS,
            user_id=row.other_id,
            presence=row.presence if row.kind is ChannelKind.DIRECT else None,
            sign=channel_sign(row),
            people=len(row.member_ids) if row.kind is ChannelKind.GROUP else 0,
        )
        for row in rows
    ]
    written = {choice.user_id for choice in channels if choice.user_id}
    if not client.may(Permission.WRITE_DIRECTLY):
        return channels
    people = [
        Choice(
            f"person {row.user_id}",
            row.name,
            is_person=True,
            user_id=row.user_id,
            also=row.handle,
            presence=row.presence,
        )
        for row in client.roster.everybody()
        if row.user_id not in written and (row.block is None or row.block.kind is not BlockKind.BLOCK)
    ]
    return [*channels, *people]
