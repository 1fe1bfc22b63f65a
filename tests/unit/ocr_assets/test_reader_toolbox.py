"""The toolbox: nothing half-written, nothing done twice, nothing missing without a name."""

import gzip

import pytest

from ocr_assets.errors import EngineMissing
from ocr_assets.toolbox import LANGUAGE_DATA, Toolbox


@pytest.fixture
def fetched(tmp_path):
    source = tmp_path / "npm" / "node_modules" / LANGUAGE_DATA
    source.parent.mkdir(parents=True)
    source.write_bytes(gzip.compress(b"first edition"))
    return Toolbox(tmp_path)


def test_a_missing_tool_is_named_with_its_remedy(tmp_path):
    box = Toolbox(tmp_path)
    with pytest.raises(EngineMissing, match=r"rec\.onnx is missing; run \./kho setup"):
        box.require(box.recogniser)


def test_an_empty_root_misses_everything_but_java(tmp_path):
    assert Toolbox(tmp_path).missing() == [
        "npm packages",
        "Vietnamese language data",
        "line recogniser",
        "veraPDF",
    ]


def test_language_data_is_unpacked_once_and_again_when_its_source_changes(fetched):
    fetched._install_language_data()
    assert fetched.language_data.read_bytes() == b"first edition"
    before = fetched.language_data.stat().st_mtime_ns
    fetched._install_language_data()
    assert fetched.language_data.stat().st_mtime_ns == before
    (fetched.npm / LANGUAGE_DATA).write_bytes(gzip.compress(b"second edition"))
    fetched._install_language_data()
    assert fetched.language_data.read_bytes() == b"second edition"


def test_damaged_language_data_leaves_nothing_behind(fetched):
    (fetched.npm / LANGUAGE_DATA).write_bytes(b"not gzip")
    with pytest.raises(gzip.BadGzipFile):
        fetched._install_language_data()
    assert not fetched.tessdata.exists() or not list(fetched.tessdata.iterdir())


def test_the_recogniser_gives_out_its_posteriors(tmp_path):
    import onnx

    box = Toolbox(tmp_path)
    box._install_recogniser()
    outputs = [output.name for output in onnx.load(box.recogniser).graph.output]
    assert outputs[-1] == "/LogSoftmax_output_0"
    onnx.checker.check_model(onnx.load(box.recogniser))
