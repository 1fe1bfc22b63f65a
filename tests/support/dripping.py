"""A server that answers any request with a beginning, and then a few bytes at a time for ever."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

OK = b"HTTP/1.1 200 OK\r\n"
# Name: (what comes at once, what is repeated, seconds between).
DRIPS = {
    "body": (OK + b"Content-Length: 1000\r\n\r\n", b" ", 0.5),
    "one header": (OK + b"X-Slow: ", b"a", 0.5),
    "many headers": (OK, b"X-More: 1\r\n", 0.3),
    "continue": (b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01),
    "chunk extension": (OK + b"Transfer-Encoding: chunked\r\n\r\n1;", b"a", 0.5),
    "chunks": (OK + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n", 0.5),
}


class Dripping:
    """Where it is, and whether whoever asked has hung up."""

    def __init__(self, name: str) -> None:
        self._beginning, self._drop, self._pause = DRIPS[name]
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.over, self.left = threading.Event(), threading.Event()
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        try:
            asker, _ = self._socket.accept()
            with asker:
                asker.recv(1 << 16)
                asker.sendall(self._beginning)
                while not self.over.wait(self._pause):
                    asker.sendall(self._drop)
        except OSError:
            self.left.set()

    def close(self) -> None:
        """Stop."""
        self.over.set()
        self._socket.close()


@contextmanager
def dripping(name: str) -> Iterator[Dripping]:
    """Give one until the end of the block."""
    server = Dripping(name)
    try:
        yield server
    finally:
        server.close()
