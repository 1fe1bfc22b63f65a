"""Our own signature on archive copies: added after judging, proved again, or there is no copy."""

import hashlib
import io
import socket
from dataclasses import replace
from pathlib import Path

import numpy as np
import pikepdf
import psutil
import pypdfium2 as pdfium
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from ocr_assets import worker_process
from ocr_assets.batch import digitize_all, judged
from ocr_assets.copy_signer import CopySigner
from ocr_assets.digitize import digitize
from ocr_assets.errors import KeyUnusable, TimestampSilent
from ocr_assets.judge import page_texts
from ocr_assets.notary import notary
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.signature import Coverage, Integrity
from ocr_assets.signatures import signatures_of
from ocr_assets.signed_copy import is_sound
from ocr_assets.signing import SigningKey
from ocr_assets.verapdf import VeraPdf
from ocr_assets.verdict import Verdict
from tests.support.pages import as_pdf
from tests.support.signing import PASSPHRASE, Credentials

AGENCY = "Trung tâm Phục vụ hành chính công thành phố Thử Nghiệm, chi nhánh số 3"


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def key_of(credentials, folder, **how):
    path = folder / "key.p12"
    path.write_bytes(credentials.pkcs12())
    return SigningKey(path, PASSPHRASE.decode(), AGENCY, **how)


@pytest.fixture(scope="module")
def key(tmp_path_factory):
    return key_of(Credentials("TEST AGENCY SEAL"), tmp_path_factory.mktemp("key"))


@pytest.fixture(scope="module")
def judge(toolbox):
    return VeraPdf(toolbox.verapdf_jar, toolbox.java, start_seconds=120.0)


@pytest.fixture(scope="module")
def source(letter, tmp_path_factory):
    """A letter that came with a signature and its visible mark, top right."""
    path = as_pdf(tmp_path_factory.mktemp("inbox") / "letter.pdf", letter)
    return Credentials("TEST SENDER").sign(path, box=(450, 790, 590, 838))


@pytest.fixture(scope="module")
def signed(source, key, profile, tmp_path_factory):
    before = digest(source)
    work = tmp_path_factory.mktemp("signed")
    [done] = digitize_all([source], work, profile, workers=1, signing=key)
    assert digest(source) == before
    return done


@pytest.fixture
def copy(signed, tmp_path):
    """The copy as it was before our signature: the first so many bytes."""
    path = tmp_path / "copy.pdf"
    path.write_bytes(signed.archive.read_bytes()[: signed.unsigned_size_bytes])
    return path


@pytest.fixture
def ours(copy, key, toolbox, tmp_path):
    return CopySigner(key, toolbox.npm).sign(copy, tmp_path / "ours.pdf", [])


def texts_of(done):
    return [page.text for page in done.pages]


def test_a_signed_copy_verifies_and_every_judge_accepts_it(signed, judge):
    assert (signed.outcome, signed.reason) == (Outcome.OK, None)
    [ours] = signatures_of(signed.archive)
    assert (ours.integrity, ours.coverage) == (Integrity.INTACT, Coverage.WHOLE_FILE)
    assert ours.is_valid
    assert ours.subfilter == "ETSI.CAdES.detached"
    assert ours.signer_name == "TEST AGENCY SEAL"
    assert ours.signed_at == signed.copy_signed_at
    assert ours.certificate_sha256 == signed.copy_certificate_sha256
    assert judge.judge([signed.archive]) == {signed.archive: Verdict.PASSED}
    assert signed.archive_sha256 == digest(signed.archive)


def test_the_judged_copy_is_the_beginning_of_the_signed_one_and_always_the_same(
    signed, copy, source, profile, tmp_path
):
    assert digest(copy) == signed.unsigned_sha256 != signed.archive_sha256
    again = digitize(source, tmp_path / "work", profile)
    assert again.archive_sha256 == again.unsigned_sha256 == signed.unsigned_sha256


def test_what_was_received_keeps_its_bytes_and_its_signature(signed, source):
    [theirs] = signatures_of(source)
    assert theirs.is_valid
    assert theirs.signer_name == "TEST SENDER"
    assert signed.sha256 == digest(source)
    assert [one.signer_name for one in signed.signatures] == ["TEST SENDER"]


def test_the_mark_adds_no_text_and_stands_beside_the_mark_that_came(signed):
    assert [" ".join(text.split()) for text in page_texts(signed.archive)] == [
        " ".join(text.split()) for text in texts_of(signed)
    ]
    [ours] = signatures_of(signed.archive)
    assert ours.page == 1
    assert ours.box[2] < 450 / 595
    with pdfium.PdfDocument(signed.archive) as document:
        document.init_forms()
        page = np.asarray(document[0].render(scale=2).to_pil().convert("L"))
    high, wide = page.shape
    left, top, right, bottom = ours.box
    inside = page[int(top * high) : int(bottom * high), int(left * wide) : int(right * wide)]
    assert 0.01 < (inside < 128).mean() < 0.3


def test_another_page_turned_gets_an_upright_mark_every_judge_accepts(
    copy, key, judge, toolbox, tmp_path
):
    signer = CopySigner(key, toolbox.npm)
    made = []
    for rotation in (90, 180, 270):
        turned, target = tmp_path / f"{rotation}.pdf", tmp_path / f"{rotation}-signed.pdf"
        with pikepdf.open(copy) as pdf:
            pdf.pages[0].obj.Rotate = rotation
            pdf.save(turned, **pikepdf.pdfa.resolve_save_kwargs("2b"))
        made.append(signer.sign(turned, target, []).path)
        [found] = signatures_of(target)
        left, top, right, bottom = found.box
        assert right > 0.95
        assert top < 0.02
        assert right - left > 3 * (bottom - top)
    assert set(judge.judge(made).values()) == {Verdict.PASSED}


def test_a_sound_signed_copy_passes_the_examiner(copy, ours, signed):
    assert is_sound(copy, ours, texts_of(signed))


def rewritten(path, change):
    data = bytearray(path.read_bytes())
    change(data)
    path.write_bytes(data)


def add_revision(path, change):
    with io.BytesIO(path.read_bytes()) as stream:
        writer = IncrementalPdfFileWriter(stream)
        change(writer)
        writer.write_in_place()
        path.write_bytes(stream.getvalue())


def scribble(writer):
    page = writer.find_page_for_modification(0)[0].get_object()
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 9 9 re f"))
    writer.update_container(page)


@pytest.mark.parametrize(
    "harm",
    [
        lambda path: rewritten(path, lambda data: data.__setitem__(2000, data[2000] ^ 1)),
        lambda path: rewritten(path, lambda data: data.extend(b"%more\n")),
        lambda path: rewritten(path, lambda data: data.__delitem__(slice(len(data) - 300, None))),
        lambda path: add_revision(path, scribble),
        lambda path: Credentials().sign(path, field="Another"),
        lambda path: path.write_bytes(b""),
    ],
    ids=["a bit", "a tail", "cut", "a revision", "another signature", "empty"],
)
def test_a_signed_copy_that_anything_happened_to_does_not_pass(copy, ours, signed, harm):
    harm(ours.path)
    assert not is_sound(copy, ours, texts_of(signed))


def test_a_copy_signed_by_somebody_else_or_of_another_text_does_not_pass(copy, ours, signed):
    assert not is_sound(copy, replace(ours, certificate_sha256="0" * 64), texts_of(signed))
    assert not is_sound(copy, ours, ["something else"])


def test_an_update_that_changes_a_page_before_our_signature_is_found_out(
    copy, key, toolbox, signed, tmp_path
):
    other = tmp_path / "other.pdf"
    other.write_bytes(copy.read_bytes())
    add_revision(other, scribble)
    made = CopySigner(key, toolbox.npm).sign(other, tmp_path / "b.pdf", [])
    assert not is_sound(copy, made, texts_of(signed))


def test_what_does_not_verify_is_not_archived(source, key, profile, judge, tmp_path):
    done = digitize(source, tmp_path / "work", profile)
    [done] = judged([done], judge)
    hurried = replace(judge, start_seconds=0.05, seconds_per_file=0.0)
    with notary(key, profile.toolbox.npm, hurried) as sign:
        [refused] = sign([done])
    assert (refused.outcome, refused.reason) == (Outcome.QUARANTINED, Reason.NOT_SIGNED)
    assert refused.archive is None
    assert [path for path in (tmp_path / "work").rglob("*") if path.is_file()] == []


def test_what_was_refused_before_is_not_signed(key, profile, judge, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"")
    bad = digitize(tmp_path / "a.pdf", tmp_path / "work", profile)
    with notary(key, profile.toolbox.npm, judge) as sign:
        assert list(sign([bad])) == [bad]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"passphrase": "wrong"}, "does not open"),
        ({"passphrase": None}, "does not open"),
        ({"path": Path("nowhere.p12")}, "cannot be read"),
        ({"mark": "漢字"}, "KHO_SIGNING_MARK"),
    ],
)
def test_a_key_of_no_use_says_what_to_do_and_not_what_was_tried(key, toolbox, change, says):
    with pytest.raises(KeyUnusable, match=says) as caught:
        CopySigner(replace(key, **change), toolbox.npm)
    assert "wrong" not in str(caught.value)


def test_a_key_of_no_use_stops_the_work_before_it_begins(source, key, profile, tmp_path):
    wrong = replace(key, passphrase="wrong")
    with pytest.raises(KeyUnusable, match="does not open"):
        list(digitize_all([source], tmp_path / "work", profile, signing=wrong))
    assert not list((tmp_path / "work").rglob("*"))


def test_an_expired_certificate_may_not_sign(toolbox, tmp_path):
    with pytest.raises(KeyUnusable, match="not valid today"):
        CopySigner(key_of(Credentials(days=-1), tmp_path), toolbox.npm)


def test_a_silent_timestamp_authority_is_asked_again_later(copy, toolbox, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        place = f"http://127.0.0.1:{taken.getsockname()[1]}/"
    key = key_of(Credentials(), tmp_path, timestamp_url=place)
    with pytest.raises(TimestampSilent) as caught:
        CopySigner(key, toolbox.npm).sign(copy, tmp_path / "b.pdf", [])
    assert caught.value.retryable


def test_who_parses_received_bytes_sees_neither_key_nor_passphrase(
    source, key, profile, tmp_path, monkeypatch
):
    monkeypatch.setenv("KHO_SIGNING_PASSPHRASE", "hidden-word")
    process = worker_process.WorkerProcess(profile, tmp_path)
    try:
        assert "hidden-word" not in psutil.Process(process.process.pid).environ().values()
    finally:
        process.stop()
    assert "hidden-word" not in repr(replace(key, passphrase="hidden-word"))
