"""A small blocking client over the real wire, for tests and benchmarks."""

import contextlib
import hashlib
import socket
import ssl
import time
import uuid
from collections import deque
from types import TracebackType
from typing import Self, TypeVar

from msgspec.structs import replace

from shared.answers import Done, Refused
from shared.codec import decode_from_server, decode_result, encode
from shared.entities import Attachment, Message, Snapshot
from shared.errors import Refusal
from shared.events import AnyEvent
from shared.framing import FrameReader, frame
from shared.limits import MAX_CHUNK, MAX_FRAME
from shared.requests import (
    BeginUpload,
    FetchFile,
    FetchHistory,
    FinishUpload,
    LoggedIn,
    Login,
    MarkManyRead,
    OpenDirect,
    Ping,
    Posted,
    Register,
    Request,
    Resume,
    SendChunk,
    SendMessage,
)
from shared.tls import pinning_context
from shared.types import GENERAL, AttachmentId, ChannelId, FileVariant, Seq, Token, UploadId, UserId

R = TypeVar("R")
E = TypeVar("E")

PASSWORD = "correct horse"
DEADLINE = 30.0
"""Seconds that a peer waits for what must come."""


class HungUp(Exception):
    """The server closed the connection."""


class Peer:
    """One connection. What comes in between is kept until it is asked for.

    A small `receive_buffer` (bytes) makes the server wait for this peer to read. What comes `first` comes before TLS.
    """

    def __init__(
        self, address: tuple[str, int], *, tls: bool = True, receive_buffer: int | None = None, first: bytes = b""
    ) -> None:
        self._socket = socket.socket(socket.AF_INET6 if ":" in address[0] else socket.AF_INET)
        if receive_buffer is not None:
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self._socket.settimeout(DEADLINE)
        self._socket.connect(address[:2])
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._socket.sendall(first)
        if tls:
            self._socket = pinning_context().wrap_socket(self._socket)
        self._reader = FrameReader(2 * MAX_FRAME)
        self._events: deque[AnyEvent] = deque()
        self._replies: dict[int | None, Done | Refused] = {}
        self._last_id = 0
        self.login: LoggedIn | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    # --- requests -----------------------------------------------------------------------------------------------------

    def request(self, request: Request[R], deadline: float = DEADLINE) -> R:
        """Ask, and wait for the answer. Raises `Refusal`, and `HungUp`."""
        return self.answer(request, self.ask(request), deadline)

    def ask(self, request: Request[R]) -> int:
        """Ask, without waiting; the request's id."""
        self._last_id += 1
        self.send_bytes(frame(encode(replace(request, id=self._last_id))))
        return self._last_id

    def answer(self, request: Request[R], request_id: int, deadline: float = DEADLINE) -> R:
        """Wait for the answer to what was asked under this id."""
        return decode_result(type(request), self.done(request_id, deadline))

    def done(self, request_id: int | None, deadline: float = DEADLINE) -> Done:
        """Wait for the reply with this id. Raises the `Refusal` that it may be."""
        until = time.monotonic() + deadline
        while request_id not in self._replies:
            self._pump(until)
        reply = self._replies.pop(request_id)
        if isinstance(reply, Refused):
            raise Refusal(reply.message, code=reply.code, retry_after=reply.retry_after)
        return reply

    def register(self, name: str, password: str = PASSWORD, device: str = "test", invite: str | None = None) -> Self:
        """Make an account and log in."""
        self.login = self.request(Register(name=name, password=password, device=device, invite=invite))
        return self

    def log_in(self, name: str, password: str = PASSWORD, device: str = "test") -> Self:
        """Log in."""
        self.login = self.request(Login(name=name, password=password, device=device))
        return self

    def resume(self, token: Token) -> Self:
        """Come back by token."""
        self.login = self.request(Resume(token=token))
        return self

    @property
    def user_id(self) -> UserId:
        """Who is logged in here."""
        return self._logged_in.snapshot.me.id

    @property
    def token(self) -> Token:
        """The session's token."""
        return self._logged_in.token

    @property
    def snapshot(self) -> Snapshot:
        """What the house was when this peer logged in."""
        return self._logged_in.snapshot

    @property
    def _logged_in(self) -> LoggedIn:
        assert self.login is not None, "log in first"
        return self.login

    def say(self, body: str, channel_id: ChannelId = GENERAL, client_id: str | None = None) -> Posted:
        """Send a message and wait until it is on disk."""
        return self.request(SendMessage(channel_id=channel_id, client_id=client_id or uuid.uuid4().hex, body=body))

    def bodies(self, channel_id: ChannelId = GENERAL) -> list[str]:
        """What was said in a channel, oldest first."""
        return [message.body for message in self.request(FetchHistory(channel_id=channel_id, limit=100)).messages]

    def begin_upload(self, content: bytes, name: str = "notes.txt") -> UploadId:
        """Announce a file."""
        sha256 = hashlib.sha256(content).hexdigest()
        return self.request(BeginUpload(name=name, size=len(content), sha256=sha256)).upload_id

    def send_chunks(self, upload_id: UploadId, content: bytes, start: int = 0) -> None:
        """Send what comes from there on."""
        for offset in range(start, len(content), MAX_CHUNK):
            self.request(SendChunk(upload_id=upload_id, offset=offset, data=content[offset : offset + MAX_CHUNK]))

    def upload(self, content: bytes, name: str = "notes.txt") -> Attachment:
        """Bring a file to the server, to be attached to a message."""
        upload_id = self.begin_upload(content, name)
        self.send_chunks(upload_id, content)
        return self.request(FinishUpload(upload_id=upload_id)).attachment

    def say_with(self, *files: Attachment, body: str = "", channel_id: ChannelId = GENERAL) -> Seq:
        """Send a message that holds these; its number."""
        ids = tuple(each.id for each in files)
        request = SendMessage(channel_id=channel_id, client_id=uuid.uuid4().hex, body=body, attachments=ids)
        return self.request(request).seq

    def fetch(
        self,
        seq: Seq,
        attachment_id: AttachmentId,
        channel_id: ChannelId = GENERAL,
        variant: FileVariant = FileVariant.ORIGINAL,
    ) -> bytes:
        """A file that a message holds."""
        content, size = b"", 1
        while len(content) < size:
            request = FetchFile(
                channel_id=channel_id, seq=seq, attachment_id=attachment_id, variant=variant, offset=len(content)
            )
            part = self.request(request)
            content, size = content + part.data, part.size
        return content

    def newest(self, channel_id: ChannelId = GENERAL) -> Message:
        """What was said last in a channel, as it is now."""
        (message,) = self.request(FetchHistory(channel_id=channel_id, limit=1)).messages
        return message

    def direct(self, user_id: UserId) -> ChannelId:
        """The direct channel with somebody."""
        return self.request(OpenDirect(user_id=user_id)).channel_id

    # --- events -------------------------------------------------------------------------------------------------------

    def next_event(self, kind: type[E], deadline: float = DEADLINE) -> E:
        """Wait for the next event of this type; others stay for those who ask for them."""
        until = time.monotonic() + deadline
        while True:
            for event in self._events:
                if isinstance(event, kind):
                    self._events.remove(event)
                    return event
            self._pump(until)

    def heard(self, kind: type[E]) -> list[E]:
        """Events of this type that came of what anybody was answered up to now; they are taken.

        Others' connections may be served by other threads, so the answer to a ping proves nothing about what they did.
        What goes through the writer is answered after everything that was written before.
        """
        with contextlib.suppress(Refusal):
            self.request(Ping() if self.login is None else MarkManyRead(positions=()))
        found: list[E] = [event for event in self._events if isinstance(event, kind)]
        self._events = deque(event for event in self._events if not isinstance(event, kind))
        return found

    # --- bytes --------------------------------------------------------------------------------------------------------

    def send_bytes(self, data: bytes) -> None:
        """Send these, whatever they are."""
        self._socket.settimeout(DEADLINE)
        self._socket.sendall(data)

    def wait_until_closed(self, deadline: float = DEADLINE) -> None:
        """Wait for the server to hang up."""
        until = time.monotonic() + deadline
        try:
            while True:
                self._pump(until)
        except HungUp:
            pass

    def _pump(self, until: float) -> None:
        self._socket.settimeout(max(0.001, until - time.monotonic()))
        try:
            data = self._socket.recv(256 * 1024)
        except TimeoutError:
            raise TimeoutError("what was waited for did not come in time") from None
        except (ConnectionError, ssl.SSLError) as error:
            raise HungUp(str(error)) from None
        if not data:
            raise HungUp("the server closed the connection")
        for payload in self._reader.feed(data):
            told = decode_from_server(payload)
            if isinstance(told, Done | Refused):
                self._replies[told.id] = told
            elif told is not None:
                self._events.append(told)
