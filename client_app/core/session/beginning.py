"""How the session of an account begins: with what is kept of it here, its parts made and told of each other."""

from client_app.core.files import Files
from client_app.core.files.attached import Attached
from client_app.core.history.history import History
from client_app.core.history.reading import Reading
from client_app.core.network.asks import Asks
from client_app.core.store import Kept, Store
from client_app.core.timeline.timeline import Outlook
from client_app.core.world.endings import Endings
from client_app.core.world.keeping import Keeping
from client_app.core.world.permissions import Permissions
from client_app.core.world.state import State, from_world
from client_app.core.writing.drafts import Drafts, Rescue
from client_app.core.writing.outbox import Outbox
from client_app.core.writing.replies import Replies
from client_app.core.writing.typists import Typists
from shared.types import ChannelId, Permission

from .session import Session
from .telling import Telling


class Beginnings:
    """Begins sessions with what this computer keeps of their accounts."""

    def __init__(self, store: Store, asks: Asks, telling: Telling, files: Files) -> None:
        self._store, self._asks, self._telling, self._files = store, asks, telling, files

    def logged_in(self, account: str, state: State, *, keeps_history: bool) -> Session:
        """The session of an account that has logged in; `state` is what the server told."""
        kept = self._store.of(account, keeps_history=keeps_history)
        world = kept.world.load() if kept.keeps_history else None
        if world is not None and (world.me.id, world.me.created_at) != (state.me.id, state.me.created_at):
            kept.forget_history()  # Another server answers at this address now.
            kept = self._store.of(account, keeps_history=keeps_history)
            world = None
        return self._begin(account, from_world(world) if world else state, kept)

    def kept(self, account: str) -> Session | None:
        """The session of an account whose world is kept here, with its connection still to come."""
        if not self._store.is_there(account):
            return None
        kept = self._store.of(account)
        if (world := kept.world.load()) is None:
            return None
        session = self._begin(account, from_world(world), kept)
        session.last_open_channel_id = world.open_channel_id
        return session

    def _begin(self, account: str, state: State, kept: Kept) -> Session:
        """With what this computer kept of it; `state` is what was known last."""
        asks, telling = self._asks, self._telling

        def put(state: State) -> None:
            session.state = state

        def unsent_changed(channel_id: ChannelId) -> None:
            history.unsent_changed(channel_id)

        def outlook(channel_id: ChannelId) -> Outlook:
            blocked = session.state.blocked(allowed.now())
            may_delete = allowed.may(Permission.DELETE_MESSAGES, channel_id)
            return Outlook(blocked, may_delete, allowed.may(Permission.SEND_MESSAGES, channel_id), session.names_rev)

        allowed = Permissions(lambda: session.state)
        outbox = Outbox(kept.unsent, asks, unsent_changed, self._files.begin(account, is_kept=kept.keeps_history))
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
