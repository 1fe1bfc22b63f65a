import json
import os
import sys
import time

import psutil
import pytest

from commands import ports
from commands.processes import ProcessStopped, Records

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


@pytest.fixture
def records(tmp_path):
    kept = Records(tmp_path)
    yield kept
    for path in (tmp_path / "run").glob("*.json"):
        kept.stop(path.stem, patience=0.2)


def test_a_started_process_is_found_until_it_is_stopped(records):
    running = records.start("one", SLEEP, os.environ)
    assert records.find("one") == running
    assert records.stop("one")
    assert records.find("one") is None
    assert not psutil.pid_exists(running.pid) or not running.process()


def test_stopping_what_does_not_run_says_so(records):
    assert not records.stop("nobody")


def test_a_pid_that_was_given_to_somebody_else_is_never_signalled(records, tmp_path):
    ours = {"name": "old", "pid": os.getpid(), "created": 12345.0, "port": None}
    (tmp_path / "run" / "old.json").write_text(json.dumps(ours))
    assert records.find("old") is None
    assert not records.stop("old")  # and this test goes on living


@pytest.mark.parametrize("spoilt", ["", "{", "[]", '{"pid": 1}'])
def test_a_spoilt_record_reads_as_not_running(records, tmp_path, spoilt):
    (tmp_path / "run" / "torn.json").write_text(spoilt)
    assert records.find("torn") is None


def test_a_process_that_ignores_the_request_is_killed(records):
    deaf = (
        "import signal, time; signal.signal(15, signal.SIG_IGN); "
        "print(1, flush=True); time.sleep(60)"
    )
    running = records.start("deaf", [sys.executable, "-c", deaf], os.environ)
    log = records.logs / "deaf.log"
    records.wait_until(running, lambda: log.read_text() == "1\n", seconds=20)
    assert records.stop("deaf", patience=0.3)
    assert running.process() is None


def test_children_end_with_their_parent(records):
    parent = (
        f"import subprocess, time; print(subprocess.Popen({SLEEP!r}).pid, flush=True); "
        "time.sleep(60)"
    )
    running = records.start("parent", [sys.executable, "-c", parent], os.environ)
    log = records.logs / "parent.log"
    records.wait_until(running, lambda: bool(log.read_text()), seconds=20)
    child = psutil.Process(int(log.read_text()))
    records.stop("parent")
    assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


def test_a_process_that_ends_while_starting_names_its_log(records):
    running = records.start("short", [sys.executable, "-c", "raise SystemExit(3)"], os.environ)
    with pytest.raises(ProcessStopped, match=r"short ended while starting.*short\.log"):
        records.wait_until(running, lambda: False, seconds=20)


def test_a_process_that_is_never_ready_is_given_up(records):
    running = records.start("slow", SLEEP, os.environ)
    started = time.monotonic()
    with pytest.raises(ProcessStopped, match="not ready in 1 s"):
        records.wait_until(running, lambda: False, seconds=1)
    assert time.monotonic() - started < 10


def test_a_taken_port_is_passed_over():
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert ports.listens(port)
        assert ports.free(port) != port
