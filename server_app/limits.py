"""How much anybody may ask for: one table of numbers, each with its reason and with what others do."""

import dataclasses
import math
from dataclasses import dataclass

from shared.limits import MEBIBYTE

from .limit import NONE, Kind, limit

RATE, CAP, SECONDS, SIZE = Kind


@dataclass(frozen=True)
class Limits:
    """Every limit of the server. Rates are per second; a burst is how many may come at once after a silence."""

    connections: float = limit(
        math.inf,
        CAP,
        "server",
        "Never more than file descriptors allow, less a reserve for database and log.",
        "nginx: worker_connections, bounded by open files.",
    )
    connections_per_address: float = limit(
        256,
        CAP,
        "address",
        "A school behind one address, two devices each; a single host cannot take them all.",
        "Postfix: 50.",
    )
    connections_per_site: float = limit(
        1024,
        CAP,
        "/48 of IPv6",
        "Who has one such network has 65,536 addresses of the kind that is counted as one.",
        "RFC 6177: a site gets a /48 to a /64.",
    )
    arrivals_per_second: float = limit(
        20,
        RATE,
        "address",
        "A handshake costs a millisecond; so many take 2 % of a core.",
        "OpenSSH: drops at random from 10 unauthenticated.",
    )
    arrivals_burst: float = limit(
        512,
        RATE,
        "address",
        "A school that comes back at once, two devices each.",
        "nginx: limit_req has a burst, none by default.",
    )
    handshake_seconds: float = limit(
        30, SECONDS, "connection", "A whole house that comes back at once waits for each other.", "nginx: 60 s."
    )
    login_seconds: float = limit(
        30,
        SECONDS,
        "connection",
        "A client dials when the button is pressed, and a resume takes milliseconds.",
        "OpenSSH: 120 s; PostgreSQL: 60 s.",
    )
    idle_seconds: float = limit(
        1200,
        SECONDS,
        "connection",
        "Keep-alive finds who is gone in two minutes; this, who only seems to be there.",
        "nginx, streams: 10 min.",
    )
    frames_per_second: float = limit(
        100,
        RATE,
        "connection",
        "Fast scrolling asks some ten times a second; beyond this the server reads slower.",
        "Discord’s gateway: 2.",
    )
    frames_burst: float = limit(
        1000, RATE, "connection", "A client that comes back sends its outbox at once.", "Discord’s gateway: 120."
    )
    stranger_frames_per_second: float = limit(
        5, RATE, "connection", "Before login one asks once, or a few times where the password is mistyped.", NONE
    )
    stranger_frames_burst: float = limit(20, RATE, "connection", "Hello, login, and a few tries.", NONE)
    login_tries: float = limit(
        10, SIZE, "connection", "After so many in vain the time to log in is not begun anew.", "OpenSSH: 6."
    )
    bytes_per_second: float = limit(
        8 * MEBIBYTE,
        RATE,
        "connection",
        "A file of 25 MB in four seconds; beyond this the server reads slower, and ten seconds’ worth at once.",
        "IRC daemons: a few KB waiting, then the link ends.",
    )
    stranger_bytes_per_second: float = limit(
        16 * 1024,
        RATE,
        "connection",
        "A login has 200 bytes; the largest frame of a stranger comes in at once, and the next in turn.",
        NONE,
    )
    pending_requests: float = limit(
        100,
        SIZE,
        "connection",
        "Requests read but not answered; beyond this the socket is not read.",
        "nginx, HTTP/2: 128 streams.",
    )
    messages_per_second: float = limit(
        5, RATE, "account", "Nobody types faster.", "Discord: 5 in 5 s; IRC, RFC 1459: 0.5; Synapse: 0.2."
    )
    messages_burst: float = limit(
        10, RATE, "account", "A pasted poem; the outbox of a train ride goes out in turn.", "IRC: 5; Synapse: 10."
    )
    history_per_second: float = limit(
        20,
        RATE,
        "account",
        "A page is 50 messages: scrolling shows 1,000 a second.",
        "Discord: 50 requests of any kind.",
    )
    history_burst: float = limit(
        100, RATE, "account", "A client fills its gaps in many channels when it comes back.", "Discord: 50."
    )
    searches_per_second: float = limit(
        2, RATE, "account", "A client searches when one pauses while typing; each takes some milliseconds.", NONE
    )
    searches_burst: float = limit(20, RATE, "account", "Somebody who types, thinks again and scrolls on.", NONE)
    changes_per_second: float = limit(
        10, RATE, "account", "Read marks, joins, topics: each is written to disk.", "Discord: 50 requests of any kind."
    )
    changes_burst: float = limit(100, RATE, "account", "“Mark all as read” on a hundred channels.", "Discord: 50.")
    channels_per_second: float = limit(
        0.1, RATE, "account", "Six new channels a minute are a lively afternoon.", "Synapse: 0.016."
    )
    channels_burst: float = limit(20, RATE, "account", "Setting up a new server.", NONE)
    invites_per_second: float = limit(
        0.02, RATE, "account", "One a minute; a link for many people is one invite with many uses.", "Synapse: 0.3."
    )
    invites_burst: float = limit(
        20, RATE, "account", "An evening of inviting one’s friends one by one.", "Synapse: 10."
    )
    reports_per_second: float = limit(
        0.05, RATE, "account", "Moderators read each of them; three a minute are a bad evening.", NONE
    )
    reports_burst: float = limit(10, RATE, "account", "Everything that one rude person said.", NONE)
    open_reports_per_account: float = limit(
        50, CAP, "account", "More than that nobody reads of one person before deciding on the first.", NONE
    )
    moderation_per_second: float = limit(
        0.5, RATE, "account", "A stolen moderator’s account cannot empty the house before anybody looks.", NONE
    )
    moderation_burst: float = limit(
        30, RATE, "account", "A raid: thirty are shown the door as fast as one can click.", NONE
    )
    blocks_per_second: float = limit(0.2, RATE, "account", "People are blocked one by one.", NONE)
    blocks_burst: float = limit(30, RATE, "account", "A raid, seen by one person.", NONE)
    profiles_per_second: float = limit(
        0.2, RATE, "account", "Everybody is told of each: a status every five seconds, all day.", NONE
    )
    profiles_burst: float = limit(15, RATE, "account", "Somebody who tries out how it looks.", NONE)
    role_changes_per_second: float = limit(
        0.5, RATE, "account", "Roles are given by hand, and everybody is told of each.", NONE
    )
    role_changes_burst: float = limit(50, RATE, "account", "Setting up a new server: every role once.", NONE)
    typing_per_second: float = limit(
        1, RATE, "account", "A client tells it every two seconds; what is more is left out in silence.", NONE
    )
    typing_burst: float = limit(10, RATE, "account", "Two devices, and somebody who looks into many channels.", NONE)
    uploads_per_second: float = limit(
        1, RATE, "account", "Files are chosen by hand; announcing one and finishing it count as two.", NONE
    )
    uploads_burst: float = limit(100, RATE, "account", "The pictures of a holiday, ten to a message.", NONE)
    chunks_per_second: float = limit(
        32,
        RATE,
        "account",
        "Pieces of files that one sends: 4 MB a second, a quarter of what a house’s disk writes easily.",
        "Discord: 10 files at once.",
    )
    chunks_burst: float = limit(1600, RATE, "account", "200 MB: a message full of files goes as fast as it can.", NONE)
    fetches_per_second: float = limit(
        64, RATE, "account", "Pieces of files that one gets: 8 MB a second, or as many small pictures.", NONE
    )
    fetches_burst: float = limit(
        2000, RATE, "account", "Scrolling through a thousand pictures that one has not seen yet.", NONE
    )
    uploads_per_account: float = limit(
        100, CAP, "account", "Files that are on their way at once; each has a place in the folder of files.", NONE
    )
    channels: float = limit(300, CAP, "server", "All of them are in the snapshot, which is one frame.", "Discord: 500.")
    accounts: float = limit(5000, CAP, "server", "All of them are in the snapshot, which is one frame.", NONE)
    open_invites_per_account: float = limit(
        20,
        CAP,
        "account",
        "More than that nobody keeps an eye on; revoke one to make another.",
        "Discord: 1,000 a server.",
    )
    waiting_newcomers: float = limit(
        100,
        CAP,
        "server",
        "Somebody has to look at each; who has an invite is not counted, so no stranger shuts them out.",
        NONE,
    )
    private_channels_per_account: float = limit(
        50, CAP, "account", "Those that one person made; they count among the channels of the server, too.", NONE
    )
    groups_per_account: float = limit(
        100, CAP, "account", "Groups that one person made; each is in the snapshot of all its members.", NONE
    )
    group_members: float = limit(10, CAP, "group", "More than a table full is a channel.", "Discord: 10.")
    roles: float = limit(
        50, CAP, "server", "More than that nobody can tell apart; all of them are in the snapshot.", "Discord: 250."
    )
    filtered_words: float = limit(
        500, CAP, "server", "Each message is looked through for all of them.", "Discord: 1,000 in a filter."
    )
    blocks_per_account: float = limit(
        1000, CAP, "account", "The hub asks for each receiver; all of them are in the snapshot of whoever blocks.", NONE
    )
    logins_per_second: float = limit(0.5, RATE, "address", "A class of 30 comes in within a minute.", "Synapse: 0.003.")
    logins_burst: float = limit(30, RATE, "address", "A class of 30 behind one address.", "Synapse: 5.")
    login_failures: float = limit(
        5,
        CAP,
        "account and address",
        "A person who tries all the passwords they use; what comes then waits 1, 2, 4 … seconds.",
        "OpenSSH: 6 a connection; Zulip: 5 in 30 min.",
    )
    login_delay_seconds: float = limit(
        60,
        SECONDS,
        "account and address",
        "The longest such wait: 1,440 guesses a day from one address find no password of 8 characters.",
        "OWASP: delays that double from one second.",
    )
    account_logins_per_second: float = limit(
        0.1,
        RATE,
        "account",
        "Failures from all addresses together that the account has not been used from: 8,640 a day.",
        "Synapse: 0.17.",
    )
    account_logins_burst: float = limit(
        10, RATE, "account", "A person who is somewhere new and tries all the passwords they use.", "Synapse: 3."
    )
    strange_logins_per_second: float = limit(
        4,
        RATE,
        "server",
        "Failures of all strangers together: half of what two threads can check; the rest is for people known here.",
        NONE,
    )
    strange_logins_burst: float = limit(100, RATE, "server", "Three classes that mistype at the same time.", NONE)
    registrations_per_second: float = limit(0.1, RATE, "address", "Accounts are made once.", "Synapse: 0.17.")
    registrations_burst: float = limit(50, RATE, "address", "A class of 30, some of whom mistype.", "Synapse: 3.")
    sessions_per_account: float = limit(
        50, CAP, "account", "Devices that can come back; the one that was away longest makes room.", NONE
    )
    hashing_queue: float = limit(
        200,
        CAP,
        "server",
        "At 4 password checks a second and thread, who waits longer has gone away.",
        "OpenSSH: 100 unauthenticated.",
    )
    outgoing_bytes: float = limit(
        4 * MEBIBYTE,
        SIZE,
        "connection",
        "Four of the largest frames; whoever reads slower comes back and asks.",
        "Redis, subscribers: 32 MB.",
    )

    def without_rates_and_caps(self) -> "Limits":
        """The same with every rate and cap lifted, for load tests; deadlines and buffer sizes stay."""
        lifted = {
            each.name: math.inf for each in dataclasses.fields(self) if each.metadata["kind"] in (Kind.RATE, Kind.CAP)
        }
        return dataclasses.replace(self, **lifted)
