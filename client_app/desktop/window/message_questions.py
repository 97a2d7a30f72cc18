"""What the table of message actions asks for: the conversation does it, or a dialog over it."""

from collections.abc import Callable, Sequence

from client_app.core.client import Client
from client_app.core.markdown.writing import Sign
from client_app.core.signals import (
    ChannelsChanged,
    FileArrived,
    FileFailed,
    FilePreviewed,
    FileProgress,
    LoggedIn,
    MentionsChanged,
    Phase,
    PinsChanged,
    SavedMessagesChanged,
    StatusChanged,
)
from client_app.core.timeline.timeline import Entry
from client_app.desktop.conversation.conversation import Conversation
from client_app.desktop.dialogs.forward import ask_to_forward
from client_app.desktop.dialogs.found import FoundMessages, refresh_found
from client_app.desktop.dialogs.pick import show_switcher
from client_app.desktop.dialogs.pins import PinsDialog
from client_app.desktop.dialogs.saved import SavedDialog
from client_app.desktop.dialogs.versions import VersionsDialog
from client_app.desktop.files import FileDesk, picture_supply
from client_app.desktop.inbox import InboxDialog, refresh_inbox
from client_app.desktop.message_list import FileNews, MessageEvents
from client_app.desktop.message_list.following import follow_file, show_preview
from client_app.desktop.pictures import PictureDeed
from client_app.desktop.toolkit import Root
from client_app.desktop.viewer import Looking, Seen, pictures_of
from shared.errors import Refusal
from shared.types import ChannelId, Seq, UserId

from .choosing import Choosing
from .questions import Questions
from .toast import Toast


class MessageQuestions(Questions):
    """The part of the main window that concerns messages."""

    conversation: Conversation
    choosing: Choosing
    toast: Toast

    def __init__(self, root: Root, client: Client) -> None:
        super().__init__(root, client)
        client.on(StatusChanged, lambda status: self._ask_anew() if status.phase is Phase.ONLINE else None)
        client.on(PinsChanged, lambda _: refresh_found(root, PinsDialog))
        client.on(SavedMessagesChanged, lambda _: refresh_found(root, SavedDialog))
        client.on(MentionsChanged, lambda _: refresh_inbox(root, has_new=True))
        client.on(ChannelsChanged, lambda _: refresh_inbox(root, has_new=False))
        self.files = FileDesk(root, client, self)
        self.pictures = picture_supply(root, client)
        self.looking = Looking(root, client, self.pictures, self)
        client.on(FileProgress, lambda told: follow_file(root, told.key))
        client.on(FileArrived, lambda told: follow_file(root, told.key))
        client.on(FileFailed, lambda told: follow_file(root, told.key))
        self.pictures.gallery.measures.measured = lambda key: show_preview(root, key)
        client.on(FilePreviewed, lambda told: show_preview(root, told.key))

    def _ask_anew(self) -> None:
        """The connection is back: what open lists show may be another by now."""
        refresh_found(self._root_window, FoundMessages)

    def edit_message(self, seq: Seq, text: str) -> None:
        """Let a message of the open channel be written anew; a text is saved at once."""
        self.conversation.desk.begin_edit(seq, text)

    def begin_reply(self, seq: Seq) -> None:
        """Let what is written next in the open channel answer this message."""
        self.conversation.desk.begin_reply(seq)

    def ask_to_delete(self, seq: Seq) -> None:
        """Ask whether a message of the open channel is to be deleted."""
        self.conversation.ask_to_delete(seq)

    def ask_to_forward(self, seqs: Sequence[Seq]) -> None:
        """Ask where messages of the open channel are to be said again."""
        if self._client.open_channel_id is not None:
            ask_to_forward(self._root_window, self._client, self._client.open_channel_id, seqs)

    def show_message(self, channel_id: ChannelId, seq: Seq) -> None:
        """Show a message where it was said, which may be another channel and far up."""
        if channel_id != self._client.open_channel_id:
            self._client.open_channel(channel_id)
        self.conversation.show_message(seq)

    def follow_link(self, link: str) -> None:
        """Show the message to which a link leads, or say why not."""
        try:
            self.show_message(*self._client.place_of(link))
        except Refusal as refusal:
            self._client.notice(refusal.message, is_error=True)
        self._client.tell()

    def follow_once_in(self, link: str) -> None:
        """Follow this link, if it is one, as soon as the server has told somebody what there is."""
        links = [link] if link else []

        def follow() -> None:
            if links and self._client.phase is Phase.ONLINE:
                self.follow_link(links.pop())

        self._client.on(LoggedIn, lambda _: self.after_idle(follow))

    def show_switcher(self) -> None:
        """Show channels and people, to type a few letters of one, or to paste a link to a message."""
        show_switcher(self._root_window, self._client, self.follow_link)

    def show_versions(self, seq: Seq) -> None:
        """Show what an edited message of the open channel said before."""
        entry, channel_id = self.conversation.editing.entry(seq), self._client.open_channel_id
        if entry is not None and channel_id is not None:
            VersionsDialog(self._root_window, self._client, channel_id, entry)

    def ask_to_report(self, seq: Seq) -> None:
        """Ask why a message of the open channel is to be shown to the moderators."""
        self.conversation.ask_to_report(seq)

    def pick_reaction(self, seq: Seq) -> None:
        """Let an emoji be chosen to be put under a message of the open channel."""
        self.choosing.pick_reaction(seq)

    def choose_files(self) -> None:
        """Let files be chosen that go out with what is being written."""
        self.conversation.desk.attach()

    def save_files(self, entry: Entry) -> None:
        """Save the files of a message among the downloads."""
        self.files.download_all(entry)

    def show_draft(self) -> None:
        """What is to be written in the open channel is something else now."""
        self.conversation.desk.show_draft()

    def tell(self, text: str, button: str, on_click: Callable[[], None]) -> None:
        """Say something, with a button that does what it says."""
        self.toast.show(text, on_click=on_click, button=button)

    @property
    def contents(self) -> MessageEvents:
        """What any list of messages needs to show what they hold beside words."""
        files, measures = self._client.files, self.pictures.gallery.measures
        return MessageEvents(
            news=FileNews(files.progress, files.failure, files.previews.of, files.previews.want, measures.of),
            file=self.files.do,
            pictures=self.pictures,
            picture=lambda entry, each, deed: self.looking.do(Seen(entry, each), deed),
        )

    def view_pictures(self, entry: Entry) -> None:
        """Show the pictures of a message large, one after the other."""
        self.looking.do(pictures_of([entry])[0], PictureDeed.OPEN)

    @property
    def shown_entries(self) -> Sequence[Entry]:
        """The messages of the open channel that are loaded."""
        return self.conversation.messages.entries

    def redraw_messages(self) -> None:
        """Draw messages anew, as they are wanted now."""
        self.conversation.messages.redraw()

    def pick_emoji(self) -> None:
        """Let an emoji be chosen for what is being written."""
        self.choosing.pick_emoji()

    def format_text(self, sign: Sign) -> None:
        """Put a sign around what is selected of what is being written, or take it away."""
        self.conversation.desk.composer.format_text(sign)

    def has_selected_text(self) -> bool:
        """Whether something of what is being written is selected."""
        return self.conversation.desk.composer.has_selection

    def pick_message(self, seq: Seq) -> None:
        """Pick a message of the open channel, to which others may be added."""
        entry = self.conversation.editing.entry(seq)
        if entry is not None:
            self.conversation.messages.picks.toggle(entry)

    def show_pins(self) -> None:
        """Show what is pinned to the open channel."""
        if self._client.open_channel_id is not None:
            PinsDialog(self._root_window, self._client, self.show_message, self._client.open_channel_id, self.contents)

    def show_saved(self) -> None:
        """Show the messages that one saved for oneself."""
        SavedDialog(self._root_window, self._client, self.show_message, self.contents)

    def show_inbox(self) -> None:
        """Show what mentions me, and what is unread."""
        InboxDialog(self._root_window, self._client, self.show_message, self.contents)

    def scroll_page(self, direction: int) -> None:
        """Scroll the messages by a page."""
        self.conversation.messages.scroll_page(direction)

    def scroll_to_end(self) -> None:
        """Show the newest message."""
        self.conversation.jump_to_end()

    def mention(self, user_id: UserId) -> None:
        """Put somebody's name into the composer."""
        if (row := next((row for row in self._client.roster.everybody() if row.user_id == user_id), None)) is not None:
            self.conversation.desk.mention(row.handle)
