"""What one tells of oneself: how one looks, what one is up to, what one is called."""

from client_app.core.client import Client
from client_app.core.surface import Surface
from client_app.core.writing.durations import duration_in_words, split_duration
from shared.errors import BadRequest
from shared.limits import MAX_SPAN_SECONDS
from shared.types import Availability

from .action import Action, Run
from .channels import OFF


def _status(client: Client, surface: Surface, text: str) -> None:
    if not text:
        surface.ask_status()
        return
    if text.lower() in (*OFF, "clear"):
        client.profiles.set_status("", then=lambda: client.notice("Your status is taken away."))
        return
    seconds, words = split_duration(text, MAX_SPAN_SECONDS)
    if not words:
        raise BadRequest("Say what you are up to, too: /status 30m At lunch.")
    span = f" for {duration_in_words(seconds)}" if seconds else ""
    client.profiles.set_status(words, seconds, lambda: client.notice(f"Your status is “{words}”{span}."))


def _away(client: Client, _surface: Surface, _argument: str) -> None:
    client.idleness.go_away()
    client.notice("You look idle on this device, until you choose “Online”.")


def _become(availability: Availability, sentence: str) -> Run:
    """An action that chooses how one looks."""

    def run(client: Client, _surface: Surface, _argument: str) -> None:
        client.idleness.go_away(False)
        client.profiles.set_availability(availability)
        client.notice(sentence)

    return run


def _nick(client: Client, surface: Surface, name: str) -> None:
    if not name:
        surface.show_own_profile()
        return
    name = "" if name.lower() in OFF else name
    done = f"You are called “{name}” now." if name else "You are called by your name again."
    client.profiles.set_profile(name=name, then=lambda: client.notice(done))


# fmt: off
ONESELF = (
    Action("status", "Set a status…", _status, (),
           "status", "[30m] [text]", "say what you are up to, for a while or until “off”"),
    Action("online", "Online", _become(Availability.AUTOMATIC, "You are online."), (),
           "online", "", "be seen here, and idle when you are not"),
    Action("away", "Idle", _away, (),
           "away", "", "look idle on this device until you choose “Online”"),
    Action("do-not-disturb", "Do not disturb",
           _become(Availability.DO_NOT_DISTURB, "Nothing is notified to you, and others see that."), (),
           "dnd", "", "get no notifications on any device, and be seen as such"),
    Action("invisible", "Invisible",
           _become(Availability.INVISIBLE, "To everybody else you look offline, until you choose otherwise."), (),
           "invisible", "", "look offline to everybody while you are here"),
    Action("profile-of-mine", "Your profile…", _nick, (),
           "nick", "[name]", "be called otherwise; “off” for your name alone"),
)
# fmt: on
