"""All that a device needs to know at the start, made to fit into one frame whatever the house holds."""

from msgspec.structs import replace

from server_app.context import Context
from server_app.storage import accounts, channels, memberships
from server_app.storage import sessions as stored_sessions
from shared.codec import encode
from shared.entities import Snapshot
from shared.errors import Unauthorized
from shared.requests import LoggedIn, Login, Register, Resume

from .fitting import FRAME_BUDGET, fit_channels
from .sessions import Opened


def take_snapshot(context: Context, request: Register | Login | Resume, opened: Opened) -> LoggedIn:
    """The token, and the house as it is now; of the people, only what a resumed device does not know.

    The connection hears events already, so nothing can fall between.
    """
    database = context.connection
    if not stored_sessions.session_exists(database, opened.session_id):
        raise Unauthorized("Your session is over. Log in again.")
    me = accounts.user(database, opened.user_id)
    assert me is not None, "sessions refer to accounts"
    known = request.users_rev if isinstance(request, Resume) else 0
    if known > accounts.newest_rev(database):
        known = 0  # The device has outlived a restored backup: it is told everything.
    snapshot = Snapshot(
        me=me,
        users=accounts.users_since(database, known),
        users_since=known,
        online_ids=tuple(sorted({*context.house.online_ids(), me.id})),
        channels=channels.channels_for(database, me.id),
        read_positions=memberships.read_positions(database, me.id),
        idle_seconds=context.house.settings.limits.idle_seconds,
    )
    rest = replace(snapshot, channels=())
    fitting = fit_channels(snapshot.channels, me.id, FRAME_BUDGET - len(encode(rest)))
    return LoggedIn(token=opened.token, snapshot=replace(snapshot, channels=fitting))
