"""How the session of an account begins: its parts made, and told of each other."""

from shared.types import ChannelId, Permission

from .asks import Asks
from .drafts import Drafts, Rescue
from .endings import Endings
from .files import Files
from .files.attached import Attached
from .history import History
from .keeping import Keeping
from .outbox import Outbox
from .permissions import Permissions
from .reading import Reading
from .replies import Replies
from .session import Session
from .state import State
from .store import Kept
from .telling import Telling
from .timeline import Outlook
from .typists import Typists


def begin(
    account: str,
    state: State,
    kept: Kept,
    asks: Asks,
    *,
    telling: Telling,
    files: Files,
) -> Session:
    """The session of an account, with what this computer kept of it; `state` is what was known last."""

    def put(state: State) -> None:
        session.state = state

    def unsent_changed(channel_id: ChannelId) -> None:
        history.unsent_changed(channel_id)

    def outlook(channel_id: ChannelId) -> Outlook:
        blocked = session.state.blocked(allowed.now())
        may_delete = allowed.may(Permission.DELETE_MESSAGES, channel_id)
        return Outlook(blocked, may_delete, allowed.may(Permission.SEND_MESSAGES, channel_id), session.names_rev)

    allowed = Permissions(lambda: session.state)
    outbox = Outbox(kept.unsent, asks, unsent_changed, files.begin(account, is_kept=kept.keeps_history))
    history = History(asks, outbox, kept.messages, lambda: session.state, telling.timeline_changed, outlook=outlook)
    reading = Reading(asks, lambda: session.state, put)
    if kept.keeps_history:
        kept.prune_later()
    drafts = Drafts(kept.drafts, Attached(kept.attached, telling.emit))
    rescue = Rescue(drafts, outbox, asks, lambda: session.state)
    session = Session(
        account=account,
        state=state,
        outbox=outbox,
        history=history,
        reading=reading,
        drafts=drafts,
        replies=Replies(kept.replies),
        rescue=rescue,
        keeping=Keeping(kept),
        endings=Endings(asks),
        permissions=allowed,
        typists=Typists(asks, lambda: session.state.blocked(allowed.now())),
    )
    return session
