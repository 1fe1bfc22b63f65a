"""A scan that crashes, hangs or eats all memory is that scan's outcome; its siblings go on."""

import os
import signal
import subprocess
import sys
import threading
import time
import zlib
from dataclasses import replace

import pikepdf
import psutil
import pytest

from ocr_assets.batch import digitize_all
from ocr_assets.errors import EngineMissing
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.profile import Limits, Profile, Scan
from ocr_assets.toolbox import Toolbox
from ocr_assets.worker_process import SCRATCH
from tests.support.pages import as_pdf
from tests.support.scans import jpeg, picture

USABLE = {Outcome.OK, Outcome.DEGRADED}


@pytest.fixture
def scans(letter, tmp_path):
    return [as_pdf(tmp_path / f"{number}.pdf", letter) for number in range(3)]


def once_busy(folder, act):
    """Do ``act`` with the id of the first worker that has begun a scan, from another thread."""

    def watch():
        deadline = time.monotonic() + 90
        while time.monotonic() < deadline:
            if any(folder.glob(".worker-*")):
                time.sleep(0.3)
                act(next(w.pid for w in _workers()))
                return
            time.sleep(0.02)

    thread = threading.Thread(target=watch)
    thread.start()
    return thread


def _workers(parent=None):
    children = psutil.Process(parent).children()
    return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


def test_a_killed_worker_is_replaced_and_costs_nothing(scans, profile, tmp_path):
    work = tmp_path / "work"
    killer = once_busy(work, lambda pid: os.kill(pid, signal.SIGKILL))
    done = list(digitize_all(scans, work, profile, workers=1))
    killer.join()
    assert [one.file for one in done] == ["0.pdf", "1.pdf", "2.pdf"]
    assert {one.outcome for one in done} <= USABLE
    assert list(work.glob(f"{SCRATCH}*")) == []
    assert _workers() == []


def test_a_stopped_worker_is_ended_by_the_clock_wherever_it_stood(scans, hasty, tmp_path):
    stopper = once_busy(tmp_path / "work", lambda pid: os.kill(pid, signal.SIGSTOP))
    done = list(digitize_all(scans[:2], tmp_path / "work", hasty, workers=1))
    stopper.join()
    # in a page: that page is read again; before the pages: there is nothing to go on with
    assert done[0].outcome in USABLE or done[0].reason is Reason.TIMED_OUT
    assert done[1].outcome in USABLE


ORPHANING = """
import sys
from pathlib import Path
from ocr_assets.batch import digitize_all
from ocr_assets.profile import Profile
from ocr_assets.toolbox import Toolbox

if __name__ == "__main__":
    tools, work, *scans = map(Path, sys.argv[1:])
    list(digitize_all(scans, work, Profile(Toolbox(tools), reader="fast"), workers=1))
"""


def test_workers_end_when_their_parent_is_killed(letter, toolbox, tmp_path):
    long = as_pdf(tmp_path / "long.pdf", *[letter] * 30)
    program, work = tmp_path / "batch_of_its_own.py", tmp_path / "work"
    program.write_text(ORPHANING)
    place = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    parent = subprocess.Popen([sys.executable, program, toolbox.root, work, long], env=place)
    deadline = time.monotonic() + 120
    while not any(work.glob(".worker-*")) and time.monotonic() < deadline:
        time.sleep(0.1)
    time.sleep(5)  # into the pages: before them the worker would notice by the pipe
    orphans = _workers(parent.pid)
    parent.kill()
    parent.wait()
    assert len(orphans) == 1
    assert psutil.wait_procs(orphans, timeout=8)[1] == []


def bomb(path):
    """Write a PDF of a few kilobytes whose page unpacks to 8 GiB of blanks."""
    packer = zlib.compressobj(9)
    block = b" " * (1 << 24)
    data = b"".join(packer.compress(block) for _ in range(512)) + packer.flush()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        content = pikepdf.Stream(pdf, zlib.compress(data, 9))
        content.Filter = pikepdf.Array([pikepdf.Name.FlateDecode] * 2)
        pdf.pages[0].obj.Contents = pdf.make_indirect(content)
        keep = pikepdf.StreamDecodeLevel.none
        pdf.save(path, compress_streams=False, stream_decode_level=keep)
    assert path.stat().st_size < 50_000
    return path


def test_a_bomb_of_memory_harms_nobody_else(scans, toolbox, tmp_path):
    narrow = Profile(toolbox, reader="fast", limits=Limits(memory_bytes=4 << 30))
    given = [bomb(tmp_path / "bomb.pdf"), scans[0]]
    done = list(digitize_all(given, tmp_path / "work", narrow, workers=1))
    assert (done[0].outcome, done[0].reason) == (Outcome.FAILED, Reason.OUT_OF_MEMORY)
    assert done[1].outcome in USABLE


def laughing(path):
    """Write a PDF of a few kilobytes whose page draws a form that draws sixteen, 11 levels deep."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        inner = pdf.make_stream(b"0 0 1 1 re f")
        inner.Type, inner.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        inner.BBox = pikepdf.Array([0, 0, 9, 9])
        for _ in range(11):
            outer = pdf.make_stream(b"/F Do " * 16)
            outer.Type, outer.Subtype, outer.BBox = inner.Type, inner.Subtype, inner.BBox
            outer.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))
            inner = outer
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))
        pdf.pages[0].obj.Contents = pdf.make_stream(b"/F Do")
        pdf.save(path)
    return path


def test_a_page_that_never_stops_drawing_is_ended_by_its_processor_time(scans, toolbox, tmp_path):
    limits = Limits(cpu_seconds_to_open=1.0, cpu_seconds_per_page=3.0)
    given = [laughing(tmp_path / "laughing.pdf"), scans[0]]
    started = time.monotonic()
    few = Profile(toolbox, reader="fast", limits=limits)
    done = list(digitize_all(given, tmp_path / "work", few, workers=1))
    assert (done[0].outcome, done[0].reason) == (Outcome.FAILED, Reason.TIMED_OUT)
    assert done[1].outcome in USABLE
    assert time.monotonic() - started < limits.seconds_to_open  # it was not the clock


def test_what_would_fill_the_disk_is_ended_where_its_output_is_too_large(scans, toolbox, tmp_path):
    loud = tmp_path / "loud.jpg"
    loud.write_bytes(jpeg(picture(3000, 4000)))
    limits = Limits(output_bytes=2 << 20)
    assert scans[0].stat().st_size < limits.output_bytes < loud.stat().st_size
    little = Profile(toolbox, reader="fast", limits=limits)
    done = list(digitize_all([loud, scans[0]], tmp_path / "work", little, workers=1))
    assert (done[0].outcome, done[0].reason) == (Outcome.FAILED, Reason.OUTPUT_TOO_LARGE)
    assert done[1].outcome in USABLE
    assert list((tmp_path / "work").glob(f"{SCRATCH}*")) == []


def test_the_same_bytes_twice_get_a_copy_each(scans, profile, tmp_path):
    twin = tmp_path / "twin.pdf"
    twin.write_bytes(scans[0].read_bytes())
    done = list(digitize_all([scans[0], twin], tmp_path / "work", profile))
    assert done[0].sha256 == done[1].sha256
    assert done[0].archive_sha256 == done[1].archive_sha256
    assert done[0].archive != done[1].archive


def test_good_and_bad_come_back_in_the_order_given(scans, profile, tmp_path):
    (tmp_path / "empty.pdf").write_bytes(b"")
    given = [
        tmp_path / "empty.pdf",
        scans[0],
        tmp_path / "gone.pdf",
        Scan(scans[1], is_secret=True),
    ]
    done = list(digitize_all(given, tmp_path / "work", profile))
    assert [one.reason for one in done] == [
        Reason.EMPTY_FILE,
        None,
        Reason.FILE_MISSING,
        Reason.STATE_SECRET,
    ]


def test_a_missing_tool_is_told_before_any_work(scans, profile, tmp_path):
    bare = replace(profile, toolbox=Toolbox(tmp_path / "nothing"))
    with pytest.raises(EngineMissing, match="kho setup"):
        list(digitize_all(scans, tmp_path / "work", bare))
    assert _workers() == []
