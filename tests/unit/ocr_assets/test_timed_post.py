"""An endpoint that drips is waited for as long as was said, and then its connection is closed."""

import time

import numpy as np
import pytest
import requests

from ocr_assets import remote_lines
from ocr_assets.ask.remote_fields import RemoteFields
from ocr_assets.errors import EmbeddingsSilent, FieldsSilent
from ocr_assets.suggest import remote_embedding
from tests.support.dripping import DRIPS, dripping

PATIENCE = 1.0
LATE = PATIENCE + 1.5  # seconds; this machine may be busy


@pytest.fixture(params=DRIPS)
def server(request):
    with dripping(request.param) as made:
        yield made


def test_fields_are_not_waited_for(server):
    reader = RemoteFields(f"http://127.0.0.1:{server.port}/v1", "m1")
    reader.patience = PATIENCE
    begun = time.monotonic()
    with pytest.raises(FieldsSilent):
        reader.ask("một văn bản", ["number"])
    assert time.monotonic() - begun < LATE
    assert server.left.wait(3)


def test_vectors_are_not_waited_for(server, monkeypatch):
    monkeypatch.setattr(remote_embedding, "_PATIENCE", PATIENCE)
    embedder = remote_embedding.RemoteEmbedder(f"http://127.0.0.1:{server.port}/v1", "m1")
    begun = time.monotonic()
    with pytest.raises(EmbeddingsSilent):
        embedder.embed(["một văn bản"])
    assert time.monotonic() - begun < LATE
    assert server.left.wait(3)


def test_words_are_not_waited_for(server, monkeypatch):
    monkeypatch.setattr(remote_lines, "_PATIENCE", PATIENCE)
    reader = remote_lines.RemoteLines(f"http://127.0.0.1:{server.port}/lines")
    reader.show(np.zeros((100, 400), np.uint8), 300)
    begun = time.monotonic()
    assert reader.read((0.0, 0.0, 50.0, 20.0)) == []
    assert time.monotonic() - begun < LATE
    assert server.left.wait(3)


def test_an_answer_of_too_many_bytes_is_not_read_to_its_end():
    from ocr_assets.timed_post import AnswerTooLarge, post
    from tests.support.chat import chatting

    with chatting() as chat:
        chat.send(200, b" " * 20_000)
        with pytest.raises(AnswerTooLarge):
            post(chat.url, patience=5, largest=10_000, headers={}, json={})
        assert post(chat.url, patience=5, largest=20_000, headers={}, json={}).status == 200
        chat.hang()
        with pytest.raises(requests.Timeout):
            post(chat.url, patience=0.2, largest=10_000, headers={}, json={})
