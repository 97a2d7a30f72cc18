"""Asks for the name and topic of a new channel, and whether it is for everybody or for those who are brought in."""

from client_app.core.client import Client
from client_app.desktop.theme import Space, pair
from client_app.desktop.toolkit import Dialog, Label, Root, Switch
from client_app.desktop.widgets.fields import LabelledEntry
from shared.types import Permission

from .emoji_button import EmojiButton
from .lines import is_name, is_topic

WIDTH = 440
PUBLIC, PRIVATE = (
    "Everybody sees it and is in it, until they leave.",
    "Only you, and those whom you bring in, see it or know of it. Nobody else can look in, not even the owner.",
)


class NewChannel(Dialog):
    """Offers what one may make: public channels, private ones, or both."""

    def __init__(self, root: Root, client: Client) -> None:
        super().__init__(root, "New channel", on_confirm=self._make, confirm_label="Create channel", width=WIDTH)
        self._client = client
        self.name = LabelledEntry(self.body, "Name", hint="plans")
        self.topic = LabelledEntry(self.body, "Topic (may be left empty)", hint="what it is about")
        for field in (self.name, self.topic):
            field.pack(fill="x", pady=(0, Space.MEDIUM))
            EmojiButton(field, root, client)
        self.private = Switch(self.body, "Private channel", command=self._explain)
        self.private.pack(anchor="w")
        self._sentence = Label(
            self.body,
            "",
            role="small",
            text_color=pair("text_muted"),
            wraplength=WIDTH,
            justify="left",
            height=36,
            anchor="nw",
        )
        self._sentence.pack(fill="x")
        may_both = client.may(Permission.CREATE_CHANNELS) and client.may(Permission.CREATE_PRIVATE_CHANNELS)
        if not client.may(Permission.CREATE_CHANNELS):
            self.private.select()
        if not may_both:
            self.private.configure(state="disabled")
        self._explain()
        self.open(self.name)

    def _explain(self) -> None:
        self._sentence.configure(text=PRIVATE if self.private.get() else PUBLIC)

    def _make(self) -> bool:
        if not (is_name(self.name) and is_topic(self.topic)):
            return False
        self._client.create_channel(self.name.get(), self.topic.get().strip(), private=bool(self.private.get()))
        self._client.tell()
        return True


def ask_new_channel(root: Root, client: Client) -> NewChannel:
    """Ask for name, topic and kind of a new channel, and make it."""
    return NewChannel(root, client)
