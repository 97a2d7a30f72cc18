"""Every limit that both ends must agree on, with its reason."""

MEBIBYTE = 1024 * 1024

MAX_FRAME = MEBIBYTE
"""Bytes of one payload: enough for a snapshot of 5,000 people, too little to fill a server's memory."""

MAX_FRAME_BEFORE_LOGIN = 64 * 1024
"""Bytes of one payload from a stranger. A login fits in 1 KiB; TLS peers are wont to send 16 KiB records."""

MAX_INTEGER = 2**53 - 1
"""The largest integer that every JSON reader keeps exact (ECMA-404 readers in JavaScript use doubles)."""

MAX_BODY = 4000
"""Characters of one message: twice what Discord gives, which is where people begin to complain."""

MAX_TOPIC = 250
"""Characters of a topic: one line of a wide window (Slack allows 250)."""

MAX_CHANNEL_NAME = 40
MIN_NAME, MAX_NAME = 3, 20
MIN_PASSWORD, MAX_PASSWORD_BYTES = 8, 72
"""bcrypt reads 72 bytes and not one more; a longer password would be cut in silence, so it is refused aloud."""

MAX_DEVICE = 60
MAX_PAGE = 100
"""Messages in one page of history."""
MAX_REASON = 500
"""Characters of why somebody was banned, or a message reported (Discord allows 512)."""
MAX_GROUP = 10
"""People in a group conversation, oneself among them (as Discord has it); more of them want a channel."""
MAX_MARKED = 500
"""Channels that are marked as read at once."""
MAX_SLOW_SECONDS = 6 * 60 * 60
"""Between two messages of one person in a channel in slow mode (as Discord has it)."""
MAX_TIMEOUT_SECONDS = 28 * 24 * 60 * 60
"""Four weeks, as Discord has it; whoever should be silent for longer is to be banned."""
MAX_SPAN_SECONDS = 10 * 365 * 24 * 60 * 60
"""Of anything that ends some day, such as a ban or a mute; what should last longer has no end."""
MAX_PURGE_HOURS = 28 * 24
MAX_ROLE_NAME = 30
MAX_RANK = 99
MAX_INVITE_USES = 10_000
MAX_FILTERED_WORDS = 500

MAX_STATUS = 128
"""Characters of what somebody is up to (as Discord has it): it stands in one line below a name."""
MAX_DISPLAY_NAME = 40
MAX_PRONOUNS = 40
MAX_ABOUT = 190
"""Characters that somebody tells of themselves: a card shows all of it (as Discord has it)."""
MAX_NOTE = 1_000
"""Characters that somebody writes down about another person."""

MAX_REACTION_KINDS = 20
"""Different reactions of one message (as Discord has it)."""
MAX_REACTIONS = 2_000
"""All reactions of one message: each names its person, and a page of messages has to fit into a frame."""
MAX_MENTIONS = 50
"""How often one message mentions somebody: a page of messages has to fit into a frame."""
MAX_PINS = 100
"""Pinned messages of one channel (twice what Discord allows)."""
MAX_SAVED = 1_000
"""Messages that one person has saved."""
MAX_VERSIONS = 100
"""Earlier versions that are kept of one message; the oldest go first."""

MAX_ATTACHMENTS = 10
"""Files of one message (as Discord has it)."""
MAX_FILE_NAME = 255
"""Bytes of a file's name: what the file systems of Linux, macOS and Windows take."""
MAX_CHUNK = 128 * 1024
"""Bytes of a file in one request or answer: little enough that a message beside it waits for milliseconds only."""
MAX_PREVIEW = 1024
"""Bytes of the picture of a few pixels that is shown until the real one is there: many of them fit into a page."""
MIN_EMOJI_NAME, MAX_EMOJI_NAME = 2, 32
MAX_CUSTOM_EMOJI = 500
"""Emoji of one house: each snapshot tells all of them (Discord has 50 to 500)."""

PINGS = 3
"""How often a client that has nothing else to say pings within the server's `idle_seconds`."""
KEEPALIVE = {"TCP_KEEPIDLE": 60, "TCP_KEEPINTVL": 15, "TCP_KEEPCNT": 4}
"""Socket options of both ends: seconds of silence, seconds between two questions, questions. So the system itself finds
out within two minutes that the other end is gone, and neither program is woken for it."""
MAX_QUERY = 512
"""Characters of a search: nobody types more, and each word of it is work."""
MAX_UTC_OFFSET = 24 * 60
"""Minutes by which a clock may be ahead of UTC or behind; on earth, 14 hours at most."""
