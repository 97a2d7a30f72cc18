"""A real D-Bus daemon of the test's own, and on it a notification service that records and can be clicked."""

import asyncio
import shutil
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from dbus_fast import Message, MessageType
from dbus_fast.aio import MessageBus

DEADLINE = 30.0
LONELY_BUS = """<busconfig>
<type>session</type><listen>unix:tmpdir=/tmp</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*"/><allow receive_sender="*"/><allow own="*"/></policy>
</busconfig>"""
"""A bus that starts no service by itself: the system's own would pop up in the middle of a test."""


PATH, SERVICE = "/org/freedesktop/Notifications", "org.freedesktop.Notifications"
INTERFACE = """<node><interface name="org.freedesktop.Notifications">
<method name="Notify"><arg direction="in" type="s"/><arg direction="in" type="u"/><arg direction="in" type="s"/>
<arg direction="in" type="s"/><arg direction="in" type="s"/><arg direction="in" type="as"/>
<arg direction="in" type="a{sv}"/><arg direction="in" type="i"/><arg direction="out" type="u"/></method>
<method name="CloseNotification"><arg direction="in" type="u"/></method>
<method name="GetCapabilities"><arg direction="out" type="as"/></method>
<method name="GetServerInformation"><arg direction="out" type="s"/><arg direction="out" type="s"/>
<arg direction="out" type="s"/><arg direction="out" type="s"/></method>
<signal name="ActionInvoked"><arg type="u"/><arg type="s"/></signal>
<signal name="NotificationClosed"><arg type="u"/><arg type="u"/></signal>
</interface></node>"""


@dataclass
class Shown:
    """One notification on the screen."""

    number: int
    title: str
    body: str
    actions: list[str]


@dataclass
class Desk:
    """The desktop of the test: what is on its screen, what was ever on it, and a finger to click with."""

    address: str
    screen: list[Shown] = field(default_factory=list)
    ever: list[Shown] = field(default_factory=list)
    changed: threading.Condition = field(default_factory=threading.Condition)
    loop: asyncio.AbstractEventLoop | None = None
    bus: MessageBus | None = None
    over: asyncio.Event | None = None

    def close(self) -> None:
        assert self.loop is not None
        assert self.over is not None
        self.loop.call_soon_threadsafe(self.over.set)

    def put(self, title: str, body: str, actions: list[str]) -> int:
        with self.changed:
            shown = Shown(len(self.ever) + 1, title, body, actions)
            self.ever.append(shown)
            self.screen.append(shown)
            self.changed.notify_all()
            return shown.number

    def take_away(self, number: int) -> None:
        with self.changed:
            self.screen = [shown for shown in self.screen if shown.number != number]
            self.changed.notify_all()

    def wait_for(self, condition: Any) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: condition(self), DEADLINE), self.screen

    def click(self, shown: Shown) -> None:
        assert self.loop is not None
        self.loop.call_soon_threadsafe(self._tell, "ActionInvoked", "us", [shown.number, "default"])

    def run(self, ready: threading.Event) -> None:
        """Serve until `close`."""

        async def serve() -> None:
            self.bus = await MessageBus(bus_address=self.address).connect()
            self.bus.add_message_handler(self._answer)
            await self.bus.request_name(SERVICE)
            self.loop, self.over = asyncio.get_running_loop(), asyncio.Event()
            ready.set()
            await self.over.wait()

        asyncio.run(serve())

    def _answer(self, call: Message) -> Message | None:
        if call.message_type is not MessageType.METHOD_CALL:
            return None
        match call.member:
            case "Introspect":
                return Message.new_method_return(call, "s", [INTERFACE])
            case "Notify":
                return Message.new_method_return(call, "u", [self.put(call.body[3], call.body[4], call.body[5])])
            case "CloseNotification":
                self.take_away(call.body[0])
                self._tell("NotificationClosed", "uu", [call.body[0], 3])
                return Message.new_method_return(call)
            case "GetCapabilities":
                return Message.new_method_return(call, "as", [["actions", "body"]])
            case "GetServerInformation":
                return Message.new_method_return(call, "ssss", ["desk", "hearth-tests", "1", "1.2"])
        return None

    def _tell(self, signal: str, signature: str, body: list[Any]) -> None:
        assert self.bus is not None
        self.bus.send(Message.new_signal(PATH, SERVICE, signal, signature, body))


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """The address of a private bus, which is the session's own for the length of the test."""
    if shutil.which("dbus-daemon") is None:
        pytest.skip("dbus-daemon is missing: sudo apt install dbus")
    configuration = tmp_path / "bus.conf"
    configuration.write_text(LONELY_BUS)
    daemon = subprocess.Popen(
        ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        text=True,
    )
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    yield address
    daemon.terminate()
    daemon.wait(DEADLINE)
    daemon.stdout.close()


@pytest.fixture
def desk(bus: str) -> Iterator[Desk]:
    """A notification service on the private bus."""
    desk = Desk(bus)
    ready = threading.Event()

    thread = threading.Thread(target=desk.run, args=[ready], daemon=True)
    thread.start()
    assert ready.wait(DEADLINE)
    yield desk
    desk.close()
    thread.join(DEADLINE)
