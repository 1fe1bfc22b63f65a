"""A process beside the workers: it answers, or it is ended and asked again afresh."""

import os
import signal
import time
from pathlib import Path

import psutil
import pytest

from ocr_assets.errors import KeyUnusable, TimestampSilent
from ocr_assets.side_process import SideProcess


def parrot(prefix):
    def answer(word):
        if word == "die":
            os.kill(os.getpid(), signal.SIGKILL)
        if word == "sleep":
            time.sleep(60)
        if word == "grow":
            return bytearray(1 << 40)
        if word == "silent":
            raise TimestampSilent("nobody there")
        return f"{prefix} {word} {'KHO_SECRET' in os.environ} {os.getpid()}"

    return answer


def refusing():
    raise KeyUnusable("this key opens nothing")


@pytest.fixture
def process():
    process = SideProcess(parrot, "said")
    yield process
    process.stop()
    assert not [c for c in psutil.Process().children() if "spawn_main" in " ".join(c.cmdline())]


def test_a_question_is_answered_by_a_process_that_does_not_see_our_settings(process, monkeypatch):
    monkeypatch.setenv("KHO_SECRET", "hidden")
    said, word, sees, pid = process.ask("hello", seconds=30).split()
    assert (said, word, sees) == ("said", "hello", "False")
    assert b"hidden" not in Path(f"/proc/{pid}/environ").read_bytes()
    assert os.environ["KHO_SECRET"] == "hidden"


@pytest.mark.parametrize(("word", "seconds"), [("die", 30), ("sleep", 0.3), ("grow", 30)])
def test_what_fells_the_process_gets_no_answer_and_the_next_one_does(process, word, seconds):
    assert process.ask(word, seconds=seconds) is None
    assert process.ask("again", seconds=30).startswith("said again")


def test_an_error_that_is_not_the_questions_fault_is_raised(process):
    with pytest.raises(TimestampSilent, match="nobody") as caught:
        process.ask("silent", seconds=30)
    assert caught.value.retryable
    assert process.ask("again", seconds=30).startswith("said again")


def test_a_process_that_cannot_begin_says_why():
    process = SideProcess(refusing)
    with pytest.raises(KeyUnusable, match="opens nothing"):
        process.start()
