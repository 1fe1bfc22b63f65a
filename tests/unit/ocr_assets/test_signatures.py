"""What is told about digital signatures of received files, hostile ones included."""

import csv
import io
import socket
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from ocr_assets import signature_facts
from ocr_assets.errors import TrustStoreUnusable
from ocr_assets.signature import Coverage, Integrity, LaterChanges, Problem, Trust
from ocr_assets.signatures import signatures_of
from tests.support.signing import Credentials

BOX = (297.5, 758, 595, 842)


@pytest.fixture(scope="module")
def signer():
    return Credentials()


@pytest.fixture
def plain(tmp_path):
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.add_blank_page(page_size=(595, 842))
        pdf.save(tmp_path / "a.pdf")
    return tmp_path / "a.pdf"


@pytest.fixture
def signed(plain, signer):
    return signer.sign(plain, box=BOX, page=1)


def only(path, **how):
    [found] = signatures_of(path, **how)
    return found


def test_a_signature_says_by_whom_of_when_and_where(signed):
    found = only(signed)
    assert (found.integrity, found.coverage) == (Integrity.INTACT, Coverage.WHOLE_FILE)
    assert found.later_changes is LaterChanges.NONE
    assert found.is_valid
    assert (found.signer_name, found.signer_organization) == ("TEST SIGNER", "TEST AGENCY")
    assert (found.serial_number, found.issuer_name) == ("abc", "TEST SIGNER")
    assert (found.digest_algorithm, found.field_name) == ("sha256", "Signature1")
    assert abs(datetime.now(UTC) - found.signed_at) < timedelta(minutes=5)
    assert found.page == 2
    assert found.box == pytest.approx((0.5, 0, 1, 84 / 842))
    assert found.problem is None


def test_the_place_of_a_mark_turns_with_its_page(plain, signer):
    with pikepdf.open(plain, allow_overwriting_input=True) as pdf:
        pdf.pages[1].obj.Rotate = 90
        pdf.save(plain)
    found = only(signer.sign(plain, box=(0, 421, 119, 842), page=1))
    assert found.box == pytest.approx((0.5, 0, 1, 0.2))


def test_one_changed_byte_breaks_it(signed):
    data = bytearray(signed.read_bytes())
    data[data.index(b"/MediaBox") + 12] ^= 1
    signed.write_bytes(data)
    found = only(signed)
    assert found.integrity is Integrity.BROKEN
    assert not found.is_valid


def test_a_second_signature_leaves_the_first_valid_and_says_what_came_after(signed, signer):
    other = Credentials("OTHER SIGNER")
    other.sign(signed, field="Signature2")
    first, second = signatures_of(signed)
    assert (first.ordinal, first.signer_name) == (1, "TEST SIGNER")
    assert (second.ordinal, second.signer_name) == (2, "OTHER SIGNER")
    assert first.coverage is Coverage.EARLIER_REVISION
    assert first.later_changes is LaterChanges.FORM_FILLING
    assert second.coverage is Coverage.WHOLE_FILE
    assert first.is_valid
    assert second.is_valid


def test_a_page_changed_after_signing_is_found_out_though_the_signature_is_whole(signed):
    with io.BytesIO(signed.read_bytes()) as source:
        writer = IncrementalPdfFileWriter(source)
        page = writer.find_page_for_modification(0)[0].get_object()
        page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"0 0 9 9 re f"))
        writer.update_container(page)
        writer.write_in_place()
        signed.write_bytes(source.getvalue())
    found = only(signed)
    assert found.integrity is Integrity.INTACT
    assert found.later_changes is LaterChanges.OTHER
    assert found.are_later_changes_allowed is False
    assert not found.is_valid


def test_bytes_before_the_document_are_told_and_not_covered(signed):
    signed.write_bytes(b"\x00 something of a portal\n" + signed.read_bytes())
    found = only(signed)
    assert (found.integrity, found.coverage) == (Integrity.INTACT, Coverage.FROM_HEADER)
    assert not found.is_valid


def with_range(path, change):
    """Write other numbers of the same length into the byte range."""
    data = path.read_bytes()
    start = data.index(b"/ByteRange") + len(b"/ByteRange")
    end = data.index(b"]", start) + 1
    numbers = list(map(int, data[start:end].strip(b" []").split()))
    told = b"[" + b" ".join(b"%d" % number for number in change(*numbers)) + b"]"
    assert len(told) <= end - start
    path.write_bytes(data[:start] + told.ljust(end - start) + data[end:])
    return path


@pytest.mark.parametrize(
    "change",
    [
        lambda a, b, c, d: (a, b - 100, c, d),
        lambda a, b, c, d: (a, b, c, d - 9),
        lambda a, b, c, d: (9, b - 9, c, d),
        lambda a, b, c, d: (c, d, a, b),
        lambda a, b, c, d: (a, b, c, d * 9),
        lambda a, b, c, d: (a, b, c),
    ],
)
def test_a_range_that_leaves_something_out_is_never_valid(signed, change):
    found = only(with_range(signed, change))
    assert found.integrity is not Integrity.INTACT
    assert not found.is_valid


@pytest.mark.parametrize("junk", [b"", b"\x30\x80", b"\x00" * 400, b"\x30\x82\x0f\xff" * 50])
def test_a_signature_that_cannot_be_parsed_is_a_row_saying_so(signed, junk):
    with pikepdf.open(signed, allow_overwriting_input=True) as pdf:
        pdf.Root.AcroForm.Fields[0].V.Contents = pikepdf.String(junk)
        pdf.save(signed)
    found = only(signed)
    assert (found.integrity, found.problem) == (Integrity.UNKNOWN, Problem.UNREADABLE)
    assert found.page == 2


def test_a_form_that_contains_itself_ends(signed):
    with pikepdf.open(signed, allow_overwriting_input=True) as pdf:
        group = pdf.make_indirect(pikepdf.Dictionary(T="group"))
        group.Kids = pikepdf.Array([group, group])
        pdf.Root.AcroForm.Fields.append(group)
        pdf.save(signed)
    assert len(signatures_of(signed)) == 1


def test_of_too_many_signatures_the_rest_are_listed_and_not_examined(signed, signer, monkeypatch):
    signer.sign(signed, field="Signature2")
    monkeypatch.setattr(signature_facts, "MOST_EXAMINED", 1)
    first, second = signatures_of(signed)
    assert (first.problem, second.problem) == (None, Problem.TOO_MANY)


def test_a_certificate_is_held_against_the_trust_store(signed, signer, tmp_path):
    store, other = tmp_path / "store", tmp_path / "other"
    for folder, who in ((store, signer), (other, Credentials())):
        folder.mkdir()
        (folder / "root.pem").write_bytes(who.pem)
    assert only(signed).trust is Trust.NOT_EXAMINED
    assert only(signed, trust_store=store).trust is Trust.TRUSTED
    assert only(signed, trust_store=other).trust is Trust.UNTRUSTED


def test_a_certificate_that_had_expired_when_it_signed_is_not_trusted(plain, tmp_path):
    expired = Credentials(days=-30)
    (tmp_path / "root.pem").write_bytes(expired.pem)
    assert only(expired.sign(plain), trust_store=tmp_path).trust is Trust.UNTRUSTED


@pytest.mark.parametrize("content", [None, b"no certificate"])
def test_a_trust_store_of_no_use_is_an_error_that_names_the_remedy(signed, tmp_path, content):
    store = tmp_path / "store"
    store.mkdir()
    if content:
        (store / "root.pem").write_bytes(content)
    with pytest.raises(TrustStoreUnusable, match="trust store"):
        signatures_of(signed, trust_store=store)


def test_nobody_is_asked_about_revocation(plain, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as listening:
        asked = f"http://127.0.0.1:{listening.getsockname()[1]}/told"
        wary = Credentials(asked=asked)
        (tmp_path / "root.pem").write_bytes(wary.pem)
        assert only(wary.sign(plain), trust_store=tmp_path).is_valid
        listening.settimeout(0.2)
        with pytest.raises(TimeoutError):
            listening.accept()


def test_a_file_without_signatures_does_not_load_what_examines_them(plain):
    program = (
        "import sys; from pathlib import Path; from ocr_assets.signatures import signatures_of;"
        "assert signatures_of(Path(sys.argv[1])) == (); assert 'pyhanko' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program, plain], check=True, timeout=120)


@pytest.mark.parametrize("folder", ["vn_scans", "vn_scans_diverse"])
def test_signatures_of_real_scans_are_all_found_and_whole(corpus, folder):
    with (corpus / folder / "labels.csv").open(encoding="utf-8", newline="") as lines:
        labels = list(csv.DictReader(lines))
    for label in labels:
        if label["file"].endswith(".pdf"):
            found = signatures_of(corpus / folder / label["file"])
            assert len(found) == int(label["n_pdf_signatures"] or 0), label["file"]
            assert {one.integrity for one in found} <= {Integrity.INTACT}, label["file"]
            assert all(one.signer_name for one in found), label["file"]


def test_hostile_files_are_told_or_refused_and_nothing_else(corpus):
    found = {}
    for path in sorted((corpus / "hostile").rglob("*.pdf")):
        try:
            found[path.name] = signatures_of(path)
        except (pikepdf.PdfError, pikepdf.PasswordError):
            continue
    told = found["pades-lta-dss-indirect-arrs-test.pdf"]
    assert [one.kind for one in told] == ["signature", "document_timestamp"]
    assert all(one.is_valid for one in told)
    assert all(one.timestamp_integrity is Integrity.INTACT for one in told)
    assert len(found["minimal-signed-twice-no-sig-type.pdf"]) == 2
