"""What is received is told by its bytes, and refused with a reason before it can do harm."""

import time

import pikepdf
import pytest

from ocr_assets.outcome import Reason
from ocr_assets.profile import Limits
from ocr_assets.receive import JPEG, PDF, PNG, TIFF, Refused, receive
from tests.support.scans import (
    jpeg,
    jpeg_claiming,
    pdf_of,
    picture,
    png,
    png_claiming,
    tiff,
)

LIMITS = Limits()


def given(tmp_path, data, name="scan.bin"):
    path = tmp_path / name
    path.write_bytes(data)
    return path


def refusal(path, limits=LIMITS):
    with pytest.raises(Refused) as caught:
        receive(path, limits)
    return caught.value.reason


@pytest.mark.parametrize(
    ("data", "media_type", "pages"),
    [
        (jpeg(), JPEG, 1),
        (png(), PNG, 1),
        (tiff(), TIFF, 1),
        (tiff(picture(), picture(), picture(), compression="tiff_lzw"), TIFF, 3),
        (tiff(picture(mode="1"), picture(mode="1"), compression="group4"), TIFF, 2),
        (jpeg(picture(mode="CMYK")), JPEG, 1),
    ],
    ids=["jpeg", "png", "tiff", "three pages", "fax", "cmyk"],
)
def test_the_kind_is_told_by_the_bytes_not_by_the_name(tmp_path, data, media_type, pages):
    received = receive(given(tmp_path, data, "wrong-name.pdf"), LIMITS)
    assert (received.media_type, received.page_count) == (media_type, pages)
    assert received.size_bytes == len(data)
    assert received.signature_count == 0


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", Reason.EMPTY_FILE),
        (b"hello, this is a letter", Reason.FORMAT_UNKNOWN),
        (jpeg()[:-4000], Reason.DAMAGED),
        (tiff(compression="tiff_lzw")[:-9000], Reason.DAMAGED),
        (tiff(picture(), picture(), compression="tiff_deflate")[:60_000], Reason.DAMAGED),
        (png()[:-9000], Reason.DAMAGED),
        (b"%PDF-1.7\n" + b"rubbish " * 200, Reason.DAMAGED),
        (b"\xff\xd8\xff" + b"\0" * 300, Reason.DAMAGED),
    ],
    ids=["zero byte", "text", "jpeg", "tiff", "second page", "png", "pdf", "only a head"],
)
def test_what_cannot_be_read_is_refused_by_name(tmp_path, data, reason):
    assert refusal(given(tmp_path, data)) is reason


@pytest.mark.parametrize(
    "data",
    [png_claiming(40_000, 40_000), jpeg_claiming(65_535, 65_535), png_claiming(31_000, 10)],
    ids=["40,000 pixels", "65,535 pixels", "a long strip"],
)
def test_a_size_only_claimed_is_refused_before_anything_is_decoded(tmp_path, data):
    started = time.perf_counter()
    assert refusal(given(tmp_path, data)) is Reason.TOO_LARGE
    assert time.perf_counter() - started < 1


def test_a_picture_that_claims_40000_pixels_inside_a_pdf_is_refused(tmp_path):
    def claim(pdf):
        image = pdf.pages[0].obj.Resources.XObject.Im0
        image.Width = image.Height = 40_000

    assert refusal(pdf_of(tmp_path / "a.pdf", jpeg(), prepare=claim)) is Reason.TOO_LARGE


def test_a_file_of_more_bytes_or_pages_than_allowed_is_refused(tmp_path):
    path = pdf_of(tmp_path / "a.pdf", jpeg(), jpeg())
    assert refusal(path, Limits(max_pages=1)) is Reason.TOO_MANY_PAGES
    assert refusal(path, Limits(max_bytes=1000)) is Reason.TOO_LARGE


def test_a_pdf_that_asks_for_a_password_is_encrypted(tmp_path):
    lock = pikepdf.Encryption(user="open", owner="own")
    assert refusal(pdf_of(tmp_path / "a.pdf", jpeg(), encryption=lock)) is Reason.ENCRYPTED


def test_a_pdf_that_only_forbids_printing_can_be_worked_on(tmp_path):
    lock = pikepdf.Encryption(user="", owner="own")
    assert receive(pdf_of(tmp_path / "a.pdf", jpeg(), encryption=lock), LIMITS).page_count == 1


def test_a_pdf_without_pages_says_so(tmp_path):
    assert refusal(pdf_of(tmp_path / "a.pdf")) is Reason.NO_PAGES


def test_one_truncated_picture_among_pages_is_that_pages_damage(tmp_path):
    path = pdf_of(tmp_path / "a.pdf", jpeg(), jpeg()[:-9000], jpeg())
    received = receive(path, LIMITS)
    assert (received.media_type, received.page_count) == (PDF, 3)
    assert received.damaged_pages == {2}


def test_only_filled_signature_fields_count_as_signatures(tmp_path):
    def sign(pdf):
        filled = pikepdf.Dictionary(FT=pikepdf.Name.Sig, V=pikepdf.Dictionary())
        child = pikepdf.Dictionary(V=pikepdf.Dictionary())
        parent = pikepdf.Dictionary(FT=pikepdf.Name.Sig, Kids=pikepdf.Array([child]))
        empty = pikepdf.Dictionary(FT=pikepdf.Name.Sig)
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([filled, parent, empty]))

    path = pdf_of(tmp_path / "a.pdf", jpeg(), prepare=sign)
    assert receive(path, LIMITS).signature_count == 2
