"""An endpoint that speaks the OpenAI form, really over HTTP: it says what a test puts into it."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class _Answering(BaseHTTPRequestHandler):
    def do_POST(self):
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked.append((self.path, dict(self.headers), asked))
        self.server.act(self)

    def log_message(self, *_):
        """Say nothing."""


class Chat(ThreadingHTTPServer):
    """The server; ``asked`` holds path, headers and body of each question."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answering)
        self.asked: list[tuple[str, dict[str, str], Any]] = []
        self.act: Callable[[BaseHTTPRequestHandler], None] = lambda _: None
        self.released = threading.Event()

    @property
    def url(self) -> str:
        """Return its address up to /v1."""
        return f"http://127.0.0.1:{self.server_port}/v1"

    def say(self, fields: Any) -> None:
        """Answer every question with ``fields``, as a model does."""
        self.send(200, {"choices": [{"message": {"content": json.dumps(fields)}}]})

    def know(self, **fields: str) -> None:
        """Answer each question by its own schema: what is known of the fields, else null."""

        def act(handler: BaseHTTPRequestHandler) -> None:
            schema = self.asked[-1][2]["response_format"]["json_schema"]["schema"]
            self.say({name: fields.get(name) for name in schema["properties"]})
            self.act, answer = act, self.act
            answer(handler)

        self.act = act

    def send(self, status: int, body: Any) -> None:
        """Answer with a status and bytes, or something that becomes JSON."""
        data = body if isinstance(body, bytes) else json.dumps(body).encode()

        def act(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            handler.send_header("Content-Length", str(len(data)))
            handler.end_headers()
            handler.wfile.write(data)

        self.act = act

    def hang(self) -> None:
        """Take questions and say nothing until the test is over."""
        self.act = lambda _: self.released.wait(30)

    def drip(self) -> None:
        """Begin an answer and go on without an end."""

        def act(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(200)
            handler.end_headers()
            try:
                while not self.released.wait(0.05):
                    handler.wfile.write(b" " * 5000)
                    handler.wfile.flush()
            except OSError:
                return

        self.act = act


@contextmanager
def chatting() -> Iterator[Chat]:
    """Give a server that answers until the end of the block."""
    server = Chat()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.released.set()
        server.shutdown()
        server.server_close()
