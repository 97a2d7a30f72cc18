"""What the actions may ask of whoever draws them; the desktop's main window is one."""

from collections.abc import Callable, Sequence
from typing import Protocol

from client_app.core.markdown.writing import Sign
from shared.types import ChannelId, Seq, UserId

from .timeline.timeline import Entry


class Surface(Protocol):
    """What an action may ask of the user interface."""

    def ask_new_channel(self) -> None:
        """Ask for the name and topic of a new channel."""

    def ask_topic(self) -> None:
        """Ask for a topic of the open channel."""

    def ask_rename(self) -> None:
        """Ask for another name of the open channel."""

    def ask_direct(self) -> None:
        """Ask whom to write to."""

    def edit_message(self, seq: Seq, text: str) -> None:
        """Let a message of one's own in the open channel be written anew; a text is saved at once."""

    def ask_to_delete(self, seq: Seq) -> None:
        """Ask whether a message of the open channel is to be deleted."""

    def begin_reply(self, seq: Seq) -> None:
        """Let what is written next in the open channel answer this message."""

    def ask_to_forward(self, seqs: Sequence[Seq]) -> None:
        """Ask where messages of the open channel are to be said again."""

    def show_message(self, channel_id: ChannelId, seq: Seq) -> None:
        """Show a message where it was said, which may be another channel and far up."""

    def ask_to_report(self, seq: Seq) -> None:
        """Ask why a message of the open channel is to be shown to the moderators."""

    def show_versions(self, seq: Seq) -> None:
        """Show what an edited message of the open channel said before."""

    def pick_message(self, seq: Seq) -> None:
        """Pick a message of the open channel, to which others may be added."""

    def show_pins(self) -> None:
        """Show what is pinned to the open channel."""

    def show_inbox(self) -> None:
        """Show what mentions me, and what is unread."""

    def show_search(self, channel_id: ChannelId | None, query: str) -> None:
        """Let messages be searched, in this channel or everywhere; at once for this, where it is not empty."""

    def step_found(self, direction: int) -> None:
        """Show the next (1) or previous (-1) of what was found where it was said."""

    def show_saved(self) -> None:
        """Show the messages that one saved for oneself."""

    def pick_reaction(self, seq: Seq) -> None:
        """Let an emoji be chosen to be put under a message of the open channel."""

    def choose_files(self) -> None:
        """Let files be chosen that go out with what is being written."""

    def view_pictures(self, entry: Entry) -> None:
        """Show the pictures of a message large, one after the other."""

    def save_files(self, entry: Entry) -> None:
        """Save the files of a message among the downloads."""

    def pick_emoji(self) -> None:
        """Let an emoji be chosen for what is being written."""

    def format_text(self, sign: Sign) -> None:
        """Put a sign around what is selected of what is being written, or take it away."""

    def has_selected_text(self) -> bool:
        """Whether something of what is being written is selected."""

    def confirm(self, title: str, text: str, verb: str, then: Callable[[], None]) -> None:
        """Ask once before something that cannot be undone: the button that does it says `verb`."""

    def copy(self, text: str) -> None:
        """Put this on the clipboard."""

    def show_profile(self, user_id: UserId) -> None:
        """Show a person with what may be done with them."""

    def show_own_profile(self) -> None:
        """Show what I tell of myself, to be changed."""

    def ask_status(self) -> None:
        """Ask what I am up to, and for how long."""

    def show_channel_settings(self) -> None:
        """Show the rules and the members of the open channel."""

    def show_administration(self, page: str = "") -> None:
        """Show what those see who keep the house; a page of it where one is named."""

    def show_join(self) -> None:
        """Show the channels that one has left."""

    def show_switcher(self) -> None:
        """Show channels and people, to type a few letters of one."""

    def show_help(self) -> None:
        """Show this table."""

    def show_settings(self) -> None:
        """Show what can be set."""

    def step_pane(self, direction: int) -> None:
        """Give the keyboard to the next (1) or previous (-1) part of the window."""

    def toggle_members(self) -> None:
        """Show or hide the right pane."""

    def scroll_page(self, direction: int) -> None:
        """Scroll the messages by a page: -1 up, 1 down."""

    def scroll_to_end(self) -> None:
        """Show the newest message."""

    def show_new(self) -> None:
        """Show the first message that was new when the open channel was opened."""

    def zoom(self, step: int) -> None:
        """Make everything larger (1) or smaller (-1), or as it was (0)."""

    def quit(self) -> None:
        """Close the window."""
