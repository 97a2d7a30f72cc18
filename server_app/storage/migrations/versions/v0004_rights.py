"""Rights: roles, private channels, invites, bans, reports, blocks, the rules of the house, a log that only grows."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_ROLES = (
    (1, "owner", 100, "*"),
    (2, "admin", 80, "*"),
    (
        3,
        "moderator",
        60,
        "view_channels send_messages send_in_read_only bypass_slow_mode delete_messages add_members create_channels "
        "create_private_channels write_directly create_invites approve_newcomers time_out_people kick_people "
        "ban_people purge_messages handle_reports",
    ),
    (4, "member", 20, "view_channels send_messages create_channels create_private_channels write_directly"),
    (5, "guest", 10, "send_messages"),
)
"""The roles with which a server begins; as they were when this migration was written."""
_ALL = (
    "view_channels send_messages send_in_read_only bypass_slow_mode delete_messages add_members manage_channels "
    "create_channels create_private_channels write_directly create_invites manage_invites approve_newcomers "
    "manage_roles manage_server time_out_people kick_people ban_people purge_messages handle_reports view_audit_log "
    "announce"
)


def upgrade() -> None:
    """Make the tables; the first account stays the owner, everybody else is a member."""
    _change_what_is_there()
    _make_roles()
    _make_invites()
    _make_what_keeps_the_peace()
    _make_what_people_wish()
    _make_what_the_limits_remember()
    for verb in ("update", "delete"):
        _refuse(verb)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false())


def _number(name: str, default: int = 0) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, server_default=sa.text(str(default)))


def _words(name: str, default: str = "") -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=False, server_default=sa.text(f"'{default}'"))


def _person(name: str, *, is_key: bool = False, is_unique: bool = False, is_needed: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey("users.id")
    return sa.Column(name, sa.Integer, key, primary_key=is_key, unique=is_unique, nullable=not (is_needed or is_key))


def _change_what_is_there() -> None:
    for column in (_number("role_id", 4), _number("timeout_until"), _flag("is_banned"), _flag("is_pending")):
        op.add_column("users", column)
    op.execute("update users set role_id = 1 where role = 'owner'")
    op.drop_column("users", "role")
    op.add_column("sessions", sa.Column("address", sa.String(45), nullable=False, server_default=sa.text("''")))
    rules = (_flag("is_read_only"), _number("slow_seconds"), _flag("is_archived"), _words("overrides"))
    for rule in (*rules, _flag("is_deleted")):
        op.add_column("channels", rule)
    op.add_column("memberships", _number("posted_at"))
    op.add_column("memberships", sa.Column("withheld_by", sa.Integer))


def _make_roles() -> None:
    roles = op.create_table(
        "roles",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("name", sa.String(30), nullable=False),
        sa.Column("name_key", sa.String(200), nullable=False, unique=True),
        sa.Column("rank", sa.Integer, nullable=False),
        sa.Column("permissions", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    rows = [
        {"id": role_id, "name": name, "name_key": name, "rank": rank, "permissions": _json(permissions)}
        for role_id, name, rank, permissions in _ROLES
    ]
    op.bulk_insert(roles, rows)


def _json(permissions: str) -> str:
    names = (_ALL if permissions == "*" else permissions).split()
    return "[" + ",".join(f'"{name}"' for name in names) + "]"


def _make_invites() -> None:
    op.create_table(
        "invites",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("code", sa.String(64), nullable=False, unique=True),
        sa.Column("role_id", sa.Integer, nullable=False),
        _person("created_by"),
        sa.Column("created_at", sa.Integer, nullable=False),
        sa.Column("expires_at", sa.Integer),
        sa.Column("max_uses", sa.Integer),
        _number("uses"),
        _flag("is_revoked"),
    )
    op.create_table(
        "invite_uses",
        sa.Column("invite_id", sa.Integer, sa.ForeignKey("invites.id"), primary_key=True),
        _person("user_id", is_key=True),
        sa.Column("used_at", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )


def _make_what_keeps_the_peace() -> None:
    op.create_table(
        "bans",
        sa.Column("id", sa.Integer, primary_key=True),
        _person("user_id", is_unique=True),
        sa.Column("address", sa.String(45), unique=True),
        sa.Column("reason", sa.Text, nullable=False),
        _person("created_by"),
        sa.Column("created_at", sa.Integer, nullable=False),
        sa.Column("until", sa.Integer),
    )
    op.create_table(
        "reports",
        sa.Column("id", sa.Integer, primary_key=True),
        _person("reporter_id", is_needed=True),
        _person("author_id", is_needed=True),
        sa.Column("channel_id", sa.Integer, sa.ForeignKey("channels.id"), nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("said_at", sa.Integer, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("created_at", sa.Integer, nullable=False),
        _person("closed_by"),
        sa.Column("closed_at", sa.Integer),
        _words("outcome"),
    )
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("at", sa.Integer, nullable=False),
        sa.Column("action", sa.String(40), nullable=False),
        sa.Column("actor_id", sa.Integer),
        sa.Column("user_id", sa.Integer),
        sa.Column("channel_id", sa.Integer),
        sa.Column("detail", sa.Text, nullable=False),
    )


def _make_what_people_wish() -> None:
    op.create_table(
        "blocks",
        _person("user_id", is_key=True),
        _person("other_id", is_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("until", sa.Integer),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_blocks_other_id", "blocks", ["other_id"])
    policy = op.create_table(
        "policy",
        sa.Column("id", sa.Integer, primary_key=True),
        _flag("needs_approval"),
        _flag("is_raided"),
        _words("filtered_words", "[]"),
    )
    op.bulk_insert(policy, [{"id": 1}])


def _make_what_the_limits_remember() -> None:
    op.create_table(
        "buckets",
        sa.Column("rate", sa.String(40), primary_key=True),
        sa.Column("key_hash", sa.String(64), primary_key=True),
        sa.Column("full_at", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "known_addresses",
        _person("user_id", is_key=True),
        sa.Column("address_hash", sa.String(64), primary_key=True),
        sa.Column("seen_at", sa.Integer, nullable=False),
        sqlite_with_rowid=False,
    )


def _refuse(verb: str) -> None:
    """Nobody changes or removes what the audit log says, whatever the program does."""
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            f"create trigger audit_no_{verb} before {verb} on audit "
            "begin select raise(abort, 'the audit log is only added to'); end"
        )
