"""A further reader over HTTP: heard where it answers, not waited for, never elsewhere."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import cv2
import numpy as np
import pytest

from ocr_assets.errors import EndpointElsewhere
from ocr_assets.opinions import Opinion
from ocr_assets.remote_lines import RemoteLines


class Answering(BaseHTTPRequestHandler):
    """Answers with what the test put on the server, and keeps what it was asked."""

    def do_POST(self):
        self.server.asked.append(self.rfile.read(int(self.headers["Content-Length"])))
        status, body = self.server.answer
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Say nothing."""


@pytest.fixture
def endpoint():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    server.asked, server.answer = [], (200, b"{}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def reader_of(endpoint):
    reader = RemoteLines(f"http://127.0.0.1:{endpoint.server_port}/lines")
    reader.show(np.arange(100 * 400, dtype=np.uint32).astype(np.uint8).reshape(100, 400), 300)
    return reader


def test_its_words_stand_where_they_stand_on_the_page(endpoint):
    words = [{"text": "Căn", "left": 3, "right": 40}, {"text": "cứ", "left": 45, "right": 70}]
    endpoint.answer = 200, json.dumps({"words": words}).encode()
    said = reader_of(endpoint).read((100.0, 20.0, 200.0, 40.0))
    assert said == [Opinion("Căn", 100.0, 137.0), Opinion("cứ", 142.0, 167.0)]
    shown = cv2.imdecode(np.frombuffer(endpoint.asked[0], np.uint8), cv2.IMREAD_GRAYSCALE)
    assert shown.shape == (27, 107)


@pytest.mark.parametrize(
    "answer",
    [
        (500, b"broken"),
        (302, b""),
        (200, b"not json"),
        (200, b"[]"),
        (200, b'{"words": 3}'),
        (200, b'{"words": [{"text": "a", "left": "x", "right": 2}]}'),
    ],
)
def test_a_page_on_which_it_fails_is_read_without_it(endpoint, answer):
    endpoint.answer = answer
    reader = reader_of(endpoint)
    assert [reader.read((0.0, 0.0, 50.0, 20.0)) for _ in range(5)] == [[]] * 5
    assert len(endpoint.asked) == 3  # then it is not asked any more, for this page
    endpoint.answer = 200, b'{"words": []}'
    reader.show(np.zeros((100, 400), np.uint8), 300)
    reader.read((0.0, 0.0, 50.0, 20.0))
    assert len(endpoint.asked) == 4


def test_a_reader_that_is_not_there_costs_nothing_but_its_opinion():
    reader = RemoteLines("http://127.0.0.1:9/lines")
    reader.show(np.zeros((100, 400), np.uint8), 300)
    assert reader.read((0.0, 0.0, 50.0, 20.0)) == []


@pytest.mark.parametrize(
    "url",
    [
        "http://10.0.0.5/ocr",
        "https://example.org/ocr",
        "http://localhost.example.org/",
        "file:///x",
        "http://localhost/ocr",
    ],
)
def test_no_page_goes_to_another_machine(url):
    with pytest.raises(EndpointElsewhere, match=r"127\.0\.0\.1"):
        RemoteLines(url)
