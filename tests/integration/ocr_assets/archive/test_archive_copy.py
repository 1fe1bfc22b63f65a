"""From received bytes to an archive copy that every judge accepts, and what they refuse."""

import hashlib
import io
from datetime import UTC, datetime, timedelta

import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from PIL import Image
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers

from ocr_assets.batch import digitize_all, judged
from ocr_assets.digitize import digitize
from ocr_assets.judge import judge, page_texts
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.pdf_images import fingerprint, page_images
from ocr_assets.profile import Declared, Scan
from ocr_assets.verapdf import VeraPdf
from ocr_assets.verdict import Verdict
from tests.support.pages import as_pdf
from tests.support.scans import jpeg, pdf_of


def digest(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def settle(toolbox):
    """Return what veraPDF makes of digitised scans."""
    judge = VeraPdf(toolbox.verapdf_jar, toolbox.java)
    return lambda *done: list(judged(done, judge))


@pytest.fixture(scope="module")
def archived(letter, profile, tmp_path_factory):
    folder = tmp_path_factory.mktemp("archived")
    return digitize(as_pdf(folder / "letter.pdf", letter), folder / "work", profile)


def signed(path):
    """Sign a PDF in place with a certificate made for the purpose."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "TEST SIGNER")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now)
        .not_valid_after(now + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    packed = pkcs12.serialize_key_and_certificates(
        b"test", key, certificate, None, serialization.NoEncryption()
    )
    signer = signers.SimpleSigner.load_pkcs12_data(packed, other_certs=[])
    with io.BytesIO(path.read_bytes()) as source, io.BytesIO() as out:
        signers.sign_pdf(
            IncrementalPdfFileWriter(source),
            signers.PdfSignatureMetadata(field_name="Signature1"),
            signer=signer,
            output=out,
        )
        path.write_bytes(out.getvalue())
    return path


def test_a_scan_becomes_a_copy_that_every_judge_accepts(archived, settle):
    (done,) = settle(archived)
    assert (done.outcome, done.reason) == (Outcome.OK, None)
    assert (done.pdfa_pikepdf, done.pdfa_verapdf) == (Verdict.PASSED, Verdict.PASSED)
    assert done.is_text_equal
    assert done.are_images_unchanged
    assert done.archive_sha256 == digest(done.archive)
    assert "QUYẾT ĐỊNH" in done.pages[0].text
    assert done.words > 60


def test_before_verapdf_has_spoken_the_copy_is_in_quarantine(archived):
    assert (archived.outcome, archived.reason) == (Outcome.QUARANTINED, Reason.NOT_JUDGED)


def test_the_same_scan_gives_the_same_bytes(archived, profile, tmp_path):
    source = archived.archive.parent.parent / "letter.pdf"
    again = digitize(source, tmp_path / "work", profile)
    assert again.sha256 == archived.sha256
    assert again.archive_sha256 == archived.archive_sha256


def test_another_process_gives_the_same_bytes(archived, profile, tmp_path):
    source = archived.archive.parent.parent / "letter.pdf"
    [done] = digitize_all([source], tmp_path / "work", profile, workers=1)
    assert done.archive_sha256 == archived.archive_sha256


def test_a_copy_says_whose_it_is_and_every_judge_accepts_that(letter, profile, settle, tmp_path):
    scan = Scan(
        as_pdf(tmp_path / "letter.pdf", letter),
        declared=Declared("H26.01", "Ủy ban <nhân dân> & xã Một", "D1"),
    )
    (done,) = settle(digitize(scan, tmp_path / "work", profile))
    assert done.pdfa_pikepdf is done.pdfa_verapdf is Verdict.PASSED
    with pikepdf.open(done.archive) as pdf, pdf.open_metadata() as told:
        assert told["dc:identifier"] == f"sha256:{done.sha256}"
        assert told["xmp:Identifier"] == {f"sha256:{done.sha256}", "agency:H26.01", "dossier:D1"}
        assert "51/QĐ-UBND" in told["dc:title"]
        accepted = done.fields["issuer"].accepted
        named = done.fields["issuer"].value if accepted else "Ủy ban <nhân dân> & xã Một"
        assert told["dc:publisher"] == {named}
        assert "/Info" not in pdf.trailer


def test_a_signed_original_keeps_its_bytes_and_its_copy_is_another_file(
    letter, profile, settle, tmp_path
):
    source = signed(as_pdf(tmp_path / "signed.pdf", letter))
    before = digest(source)
    (done,) = settle(digitize(source, tmp_path / "work", profile))
    assert digest(source) == before == done.sha256
    assert done.signature_count == 1
    assert done.outcome is Outcome.OK
    assert done.archive_sha256 != before


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "TIFF", "JPEG2000"])
def test_every_kind_of_picture_becomes_a_copy(letter, profile, settle, tmp_path, kind):
    small = letter.resize((1240, 1754))
    if kind == "JPEG2000":
        out = io.BytesIO()
        small.save(out, "JPEG2000")
        source = pdf_of(tmp_path / "a.pdf", jpeg(small), prepare=lambda pdf: _as_jpx(pdf, out))
    else:
        source = tmp_path / "scan"
        small.save(source, kind, dpi=(150, 150))
    (done,) = settle(digitize(source, tmp_path / "work", profile))
    assert (done.outcome, done.reason) == (Outcome.OK, None)
    assert done.pdfa_verapdf is Verdict.PASSED
    expected = Verdict.NOT_CHECKED if kind == "JPEG2000" else Verdict.PASSED
    assert done.pdfa_pikepdf is expected


def _as_jpx(pdf, data):
    image = pdf.pages[0].obj.Resources.XObject.Im0
    image.write(data.getvalue(), filter=pikepdf.Name.JPXDecode)


def test_a_picture_without_a_resolution_is_estimated_and_says_so(letter, profile, settle, tmp_path):
    letter.save(tmp_path / "a.jpg", "JPEG")
    (done,) = settle(digitize(tmp_path / "a.jpg", tmp_path / "work", profile))
    assert (done.outcome, done.reason) == (Outcome.DEGRADED, Reason.RESOLUTION_ESTIMATED)
    assert done.pages[0].dpi == pytest.approx(300, abs=1)


def test_one_bad_page_of_three_degrades_the_document_and_its_siblings_are_read(
    letter, profile, settle, tmp_path
):
    good = jpeg(letter)
    source = pdf_of(tmp_path / "a.pdf", good, good[: len(good) // 2], good)
    (done,) = settle(digitize(source, tmp_path / "work", profile))
    assert (done.outcome, done.reason) == (Outcome.DEGRADED, Reason.PAGE_UNREAD)
    assert [page.outcome for page in done.pages] == [Outcome.OK, Outcome.FAILED, Outcome.OK]
    assert done.pages[1].reason is Reason.DAMAGED
    assert done.page_count == 3
    assert done.pages[2].words > 60


def test_a_secret_stamp_leaves_nothing_but_a_count(secret_letter, profile, settle, tmp_path):
    source = as_pdf(tmp_path / "a.pdf", secret_letter)
    (done,) = settle(digitize(source, tmp_path / "work", profile))
    assert (done.outcome, done.reason) == (Outcome.QUARANTINED, Reason.STATE_SECRET)
    assert (done.pages, dict(done.fields), done.archive, done.words) == ((), {}, None, 0)
    assert [path for path in (tmp_path / "work").rglob("*") if path.is_file()] == []


def test_a_declared_secret_is_not_opened(profile, tmp_path):
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 whatever")
    done = digitize(Scan(tmp_path / "a.pdf", is_secret=True), tmp_path / "work", profile)
    assert (done.outcome, done.reason) == (Outcome.QUARANTINED, Reason.STATE_SECRET)
    assert done.sha256


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", Reason.EMPTY_FILE), (b"text", Reason.FORMAT_UNKNOWN), (None, Reason.FILE_MISSING)],
)
def test_a_bad_file_is_an_outcome(profile, tmp_path, data, reason):
    if data is not None:
        (tmp_path / "a.pdf").write_bytes(data)
    done = digitize(tmp_path / "a.pdf", tmp_path / "work", profile)
    assert (done.outcome, done.reason) == (Outcome.FAILED, reason)


def expected_of(done):
    with pikepdf.open(done.archive) as pdf:
        images = [[fingerprint(image) for image in page_images(page)] for page in pdf.pages]
    return [page.text for page in done.pages], images


def tampered(done, target, change):
    with pikepdf.open(done.archive) as pdf:
        change(pdf)
        pdf.save(target, **pikepdf.pdfa.resolve_save_kwargs("2b"))
    return target


def test_text_that_was_tampered_with_is_found(archived, tmp_path):
    def forget(pdf):
        drawn = pdf.pages[0].obj.Resources.XObject
        layer = next(drawn[key] for key in drawn if key.startswith("/TextLayer"))
        content = layer.read_bytes()
        cut = content.rindex(b"BT")
        layer.write(content[:cut] + content[content.index(b"ET", cut) + 2 :])

    texts, images = expected_of(archived)
    assert judge(archived.archive, texts, images).is_text_equal
    other = tampered(archived, tmp_path / "b.pdf", forget)
    found = judge(other, texts, images)
    assert not found.is_text_equal
    assert found.are_images_unchanged
    assert page_texts(other)[0]


def test_a_picture_that_was_tampered_with_is_found(archived, tmp_path):
    def exchange(pdf):
        image = page_images(pdf.pages[0])[0]
        with Image.open(io.BytesIO(image.read_raw_bytes())) as picture:
            image.write(jpeg(picture.convert("RGB")), filter=pikepdf.Name.DCTDecode)

    texts, images = expected_of(archived)
    found = judge(tampered(archived, tmp_path / "b.pdf", exchange), texts, images)
    assert (found.is_text_equal, found.are_images_unchanged) == (True, False)


def test_a_page_that_was_lost_is_found(archived, tmp_path):
    texts, images = expected_of(archived)
    other = tampered(archived, tmp_path / "b.pdf", lambda pdf: pdf.pages.append(pdf.pages[0]))
    found = judge(other, texts, images)
    assert (found.is_text_equal, found.are_images_unchanged) == (False, False)


def test_an_archive_that_turns_out_bad_is_removed(letter, profile, settle, tmp_path):
    done = digitize(as_pdf(tmp_path / "a.pdf", letter), tmp_path / "work", profile)
    with pikepdf.open(done.archive, allow_overwriting_input=True) as pdf:
        pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=b"app.beep()")
        pdf.save(done.archive)
    (settled,) = settle(done)
    assert (settled.outcome, settled.reason) == (Outcome.QUARANTINED, Reason.NOT_ARCHIVAL)
    assert settled.archive is None
    assert not done.archive.exists()
