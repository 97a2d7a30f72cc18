"""The least that a chat server can do: what one client says is sent to all, unread and unkept.

The load generator beside it shows how much it can take.
"""

import socket
import sys
from selectors import EVENT_READ, DefaultSelector

_READ_SIZE = 256 * 1024
_HELLO, _WELCOME = b"HELLO\r\n", b"WELCOME\r\n"


def main(port: int) -> None:
    """Relay until ended by a signal. Everybody is taken to read what they get, so nothing is buffered."""
    selector = DefaultSelector()
    listener = socket.create_server(("127.0.0.1", port), backlog=1024)
    selector.register(listener, EVENT_READ)
    inside: list[socket.socket] = []
    while True:
        for key, _ in selector.select():
            if key.fileobj is listener:
                client, _ = listener.accept()
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                selector.register(client, EVENT_READ)
                continue
            assert isinstance(key.fileobj, socket.socket), "only sockets are registered"
            said = key.fileobj.recv(_READ_SIZE)
            if said == _HELLO:
                inside.append(key.fileobj)
                key.fileobj.sendall(_WELCOME)
            elif said:
                for client in inside:
                    client.sendall(said)
            else:
                selector.unregister(key.fileobj)
                if key.fileobj in inside:
                    inside.remove(key.fileobj)


if __name__ == "__main__":
    main(int(sys.argv[1]))
