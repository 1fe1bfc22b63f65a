"""`kho digitize` as a person types it: scans in, archive copies and one line each out."""

import hashlib
import json
import os
import subprocess
import sys
import time

import pypdf
import pytest
from PIL import Image, ImageDraw, ImageFont

from ocr_assets.signatures import signatures_of
from ocr_assets.toolbox import Toolbox
from orchestration.settings import PROJECT, settings
from tests.support.signing import PASSPHRASE, Credentials

KEYS = {"file", "sha256", "outcome", "reason", "pages", "words", "text_confidence", "pdfa"}
KEYS |= {"fields", "seconds"}
SENTENCE = "Ủy ban nhân dân phường thông báo lịch tiếp công dân"


@pytest.fixture(scope="module")
def scan():
    fonts = Toolbox(settings().tools).npm / "@expo-google-fonts" / "tinos"
    font = ImageFont.truetype(str(next(fonts.rglob("Tinos_400Regular.ttf"))), 50)
    page = Image.new("RGB", (2480, 3508), "white")
    drawn = ImageDraw.Draw(page)
    for line in range(6):
        drawn.text((300, 600 + 120 * line), SENTENCE, font=font, fill="black")
    return page


def key_in(tmp_path_factory):
    path = tmp_path_factory.mktemp("key") / "agency.p12"
    path.write_bytes(Credentials("TEST AGENCY SEAL").pkcs12())
    return path


def run(command, **environment):
    environment = {**os.environ, **environment}
    return subprocess.run(
        command,
        cwd=PROJECT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def digitized(scan, tmp_path_factory):
    inbox, out = tmp_path_factory.mktemp("inbox"), tmp_path_factory.mktemp("out")
    scan.save(inbox / "notice.jpg", dpi=(300, 300))
    scan.save(inbox / "notice.png", dpi=(300, 300))
    (inbox / "empty.pdf").touch()
    (inbox / "junk.pdf").write_bytes(b"not a scan")
    names = ["notice.jpg", "empty.pdf", "junk.pdf", "nowhere.pdf", "notice.png"]
    files = [inbox / name for name in names]
    before = {path: hashlib.sha256(path.read_bytes()).digest() for path in inbox.iterdir()}
    command = [sys.executable, "-m", "commands", "digitize", *map(str, files)]
    command += ["--out", str(out), "--json", "--sign-with", str(key_in(tmp_path_factory))]
    done = run(command, KHO_SIGNING_PASSPHRASE=PASSPHRASE.decode(), KHO_SIGNING_MARK="Cơ quan mẫu")
    after = {path: hashlib.sha256(path.read_bytes()).digest() for path in inbox.iterdir()}
    return done, files, out, before == after


def test_every_file_gets_one_line_in_the_order_asked_and_the_exit_code_is_zero(digitized):
    done, files, _, _ = digitized
    assert done.returncode == 0, done.stderr
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["file"] for line in lines] == [str(path) for path in files]
    assert all(set(line) == KEYS for line in lines)


def test_bad_files_have_a_named_reason_and_no_archive_copy(digitized):
    done, _, out, _ = digitized
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    verdicts = [(line["outcome"], line["reason"]) for line in lines]
    assert verdicts[0][0] in ("ok", "degraded")
    assert verdicts[1:4] == [
        ("failed", "empty_file"),
        ("failed", "format_unknown"),
        ("failed", "file_missing"),
    ]
    assert sorted(path.name for path in out.iterdir()) == ["notice-2.pdf", "notice.pdf"]


def test_the_copy_is_searchable_and_both_judges_approve(digitized):
    done, _, out, _ = digitized
    first = json.loads(done.stdout.splitlines()[0])
    assert first["pdfa"] == {
        "part": "2b",
        "passed": True,
        "judges": {"pikepdf": "passed", "verapdf": "passed"},
    }
    text = pypdf.PdfReader(out / "notice.pdf").pages[0].extract_text()
    assert "phường thông báo lịch tiếp công dân" in " ".join(text.split())


def test_copies_are_signed_with_the_key_that_was_named(digitized):
    _, _, out, _ = digitized
    for name in ("notice.pdf", "notice-2.pdf"):
        [ours] = signatures_of(out / name)
        assert ours.is_valid
        assert ours.signer_name == "TEST AGENCY SEAL"


@pytest.mark.parametrize("passphrase", ["wrong", None])
def test_a_key_that_does_not_open_is_told_plainly(tmp_path_factory, passphrase):
    key, out = key_in(tmp_path_factory), tmp_path_factory.mktemp("out")
    (out / "a.pdf").touch()
    command = [sys.executable, "-m", "commands", "digitize", str(out / "a.pdf"), "--out", str(out)]
    told = {"KHO_SIGNING_PASSPHRASE": passphrase} if passphrase else {}
    done = run([*command, "--sign-with", str(key)], **told)
    assert done.returncode == 1
    assert "does not open" in done.stderr
    assert "Traceback" not in done.stderr
    assert "wrong" not in done.stderr


def test_received_files_are_left_as_they_were(digitized):
    assert digitized[3]


def test_a_name_that_is_no_utf8_is_a_name_like_any_other(scan, tmp_path):
    odd = tmp_path / os.fsdecode("Qu\xfd I.png".encode("latin-1"))
    scan.save(odd, dpi=(300, 300))
    command = [sys.executable, "-m", "commands", "digitize", odd, "--out", tmp_path / "out"]
    done = run([*command, "--json", "--reader", "fast"])
    [line] = [json.loads(line) for line in done.stdout.splitlines()]
    assert line["outcome"] in ("ok", "degraded"), done.stderr
    assert line["file"].endswith("Qu\\udcfd I.png")
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["Qu I.pdf"]


def test_a_termination_leaves_no_work_folder_and_no_part_of_a_copy(scan, tmp_path):
    scan.save(tmp_path / "a.png", dpi=(300, 300))
    (tmp_path / "tmp").mkdir()
    command = [sys.executable, "-m", "commands", "digitize", *[tmp_path / "a.png"] * 20]
    with subprocess.Popen(
        [*command, "--out", tmp_path / "out", "--json"],
        cwd=PROJECT,
        env={**os.environ, "TMPDIR": str(tmp_path / "tmp")},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as started:
        deadline = time.monotonic() + 60
        while not list((tmp_path / "tmp").glob("*/*/*/page-*")) and time.monotonic() < deadline:
            time.sleep(0.1)
        is_under_way = started.poll() is None and list((tmp_path / "tmp").glob("*/*/*/page-*"))
        started.terminate()
        said = started.communicate(timeout=30)[1]
    assert is_under_way
    assert started.returncode == 143
    assert b"Traceback" not in said
    assert list((tmp_path / "tmp").glob("kho-digitize-*")) == []
    assert [path for path in (tmp_path / "out").iterdir() if path.suffix != ".pdf"] == []


def test_a_full_disk_is_told_and_leaves_no_part_of_a_copy(scan, tmp_path):
    scan.save(tmp_path / "a.png", dpi=(300, 300))
    out = tmp_path / "out"
    out.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(out)]
    if subprocess.run(mounted, capture_output=True, check=False).returncode:
        pytest.skip("may not mount a small disk here")
    try:
        command = [sys.executable, "-m", "commands", "digitize", tmp_path / "a.png", "--out", out]
        done = run([*command, "--reader", "fast"])
        left = list(out.iterdir())
    finally:
        subprocess.run(["umount", str(out)], check=True)
    assert done.returncode == 2
    assert "cannot take the copy (No space left on device)" in " ".join(done.stderr.split())
    assert left == []


def test_a_folder_is_refused_with_what_to_write(tmp_path):
    command = [sys.executable, "-m", "commands", "digitize", str(tmp_path), "--out", str(tmp_path)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "is a folder; name its files" in " ".join(done.stderr.split())
