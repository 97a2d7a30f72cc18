"""The yardstick: a server of Hearth's protocol with a thread per connection, as a careful author writes it first."""

import argparse
import contextlib
import socket
import socketserver
import sqlite3
import threading
import time
from typing import Any

import msgspec

from shared import framing


class Chat(socketserver.ThreadingTCPServer):
    """Everybody who is connected, the next number, and the table of messages."""

    daemon_threads = allow_reuse_address = True
    request_queue_size = 1024

    def __init__(self, port: int, database: str | None) -> None:
        super().__init__(("127.0.0.1", port), Device)
        self.lock = threading.Lock()
        self.devices: dict[socket.socket, None] = {}
        self.seq = 0
        self.database = database and sqlite3.connect(database, check_same_thread=False)
        if self.database:
            self.database.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
            self.database.execute(
                "CREATE TABLE messages (seq INTEGER PRIMARY KEY, author, client_id, body, created_at)"
            )

    def post(self, author: int, request: dict[str, Any], author_device: socket.socket) -> None:
        """Store, acknowledge, tell everybody. Under one lock, so that everybody sees one order."""
        with self.lock:
            self.seq += 1
            row = (self.seq, author, request["client_id"], request["body"], int(time.time() * 1000))
            if self.database:
                self.database.execute("INSERT INTO messages VALUES (?, ?, ?, ?, ?)", row)
                self.database.commit()
            send(
                author_device,
                {"type": "done", "id": request["id"], "result": {"message_id": self.seq, "seq": self.seq}},
            )
            names = ("seq", "author_id", "client_id", "body", "created_at")
            message = {"id": self.seq, "channel_id": 1, "kind": "text"} | dict(zip(names, row, strict=True))
            data = framing.frame(msgspec.json.encode({"type": "message_posted", "message": message}))
            for device in list(self.devices):
                try:
                    device.sendall(data)
                except OSError:
                    self.devices.pop(device, None)


class Device(socketserver.BaseRequestHandler):
    """One connection, on a thread of its own."""

    server: Chat

    def handle(self) -> None:
        self.request.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        reader = framing.FrameReader(1024 * 1024)
        with contextlib.suppress(OSError):
            while data := self.request.recv(65536):
                for payload in reader.feed(data):
                    self.dispatch(msgspec.json.decode(payload))
        with self.server.lock:
            self.server.devices.pop(self.request, None)

    def dispatch(self, request: dict[str, Any]) -> None:
        match request["type"]:
            case "register" | "login":
                with self.server.lock:
                    self.server.devices[self.request] = None
                    send(self.request, {"type": "done", "id": request["id"], "result": {"token": "", "snapshot": {}}})
            case "send_message":
                self.server.post(1, request, self.request)
            case _:
                send(self.request, {"type": "refused", "id": request["id"], "code": "unknown_type", "message": "No."})


def send(device: socket.socket, payload: dict[str, Any]) -> None:
    """One frame to one device."""
    device.sendall(framing.frame(msgspec.json.encode(payload)))


if __name__ == "__main__":
    options = argparse.ArgumentParser()
    options.add_argument("--port", type=int, required=True)
    options.add_argument("--db", help="where messages are stored; without it they are not")
    chosen = options.parse_args()
    Chat(chosen.port, chosen.db).serve_forever()
