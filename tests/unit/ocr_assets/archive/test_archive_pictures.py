"""Pictures go into a PDF, and through every save, without a changed sample."""

import io

import pikepdf
import pytest
from PIL import Image

from ocr_assets.pdf_images import fingerprint, full_page_dpi, is_whole, page_images
from ocr_assets.picture_pdf import picture_pdf, resolution_of
from tests.support.scans import jpeg, pdf_of, picture, png, tiff


@pytest.mark.parametrize(
    ("size", "declared", "dpi", "is_estimated"),
    [
        ((2480, 3508), 300, 300.0, False),
        ((2480, 3508), 0, 300.1, True),
        ((3508, 2480), 1, 300.1, True),
        ((2480, 3508), 4_000, 300.1, True),
        ((3000, 4000), 72, 362.8, True),
        ((595, 842), 72, 72.0, False),
        ((1654, 2339), 200, 200.0, False),
    ],
    ids=["declared", "missing", "one", "absurd", "camera", "small page", "200"],
)
def test_a_resolution_is_believed_only_where_such_a_page_exists(size, declared, dpi, is_estimated):
    found = resolution_of(*size, declared)
    assert found.dpi == pytest.approx(dpi, abs=0.2)
    assert found.is_estimated is is_estimated


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK"])
def test_a_jpeg_lies_in_the_pdf_byte_for_byte(tmp_path, mode):
    data = jpeg(picture(mode=mode), dpi=(200, 200))
    (tmp_path / "a").write_bytes(data)
    made, found = picture_pdf(tmp_path / "a")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        (image,) = page_images(pdf.pages[0])
        assert image.read_raw_bytes() == data
        assert full_page_dpi(pdf.pages[0]) == pytest.approx(200, abs=1)
    assert [one.dpi for one in found] == [200.0]


@pytest.mark.parametrize(
    "data",
    [
        png(picture()),
        png(picture(mode="L")),
        png(picture(mode="1")),
        png(picture(mode="P")),
        tiff(picture(mode="1"), compression="group4"),
        tiff(picture(), compression="tiff_lzw"),
    ],
    ids=["png", "grey", "bitonal", "palette", "fax", "lzw"],
)
def test_every_sample_of_another_format_is_kept(tmp_path, data):
    (tmp_path / "a").write_bytes(data)
    made, _ = picture_pdf(tmp_path / "a")
    with pikepdf.open(io.BytesIO(made)) as pdf, Image.open(io.BytesIO(data)) as source:
        (image,) = page_images(pdf.pages[0])
        kept = pikepdf.PdfImage(image).as_pil_image()
        assert kept.convert("RGB").tobytes() == source.convert("RGB").tobytes()


def test_a_transparent_picture_is_laid_on_white(tmp_path):
    Image.new("RGBA", (200, 300), (255, 0, 0, 0)).save(tmp_path / "a.png")
    made, _ = picture_pdf(tmp_path / "a.png")
    with pikepdf.open(io.BytesIO(made)) as pdf:
        (image,) = page_images(pdf.pages[0])
        assert pikepdf.PdfImage(image).as_pil_image().getpixel((5, 5)) == (255, 255, 255)


def prints(path):
    with pikepdf.open(path) as pdf:
        return [[fingerprint(image) for image in page_images(page)] for page in pdf.pages]


def test_a_fingerprint_outlives_a_save_and_not_a_changed_byte(tmp_path):
    path = pdf_of(tmp_path / "a.pdf", jpeg())
    with pikepdf.open(path) as pdf:
        pdf.save(tmp_path / "b.pdf", recompress_flate=True)
        image = pdf.pages[0].obj.Resources.XObject.Im0
        data = bytearray(image.read_raw_bytes())
        data[-30] ^= 1
        image.write(bytes(data), filter=pikepdf.Name.DCTDecode)
        pdf.save(tmp_path / "c.pdf")
    assert prints(path) == prints(tmp_path / "b.pdf")
    assert prints(path) != prints(tmp_path / "c.pdf")


def test_samples_packed_anew_without_loss_keep_their_fingerprint(tmp_path):
    def bare(pdf):
        image = pdf.pages[0].obj.Resources.XObject.Im0
        image.write(picture().tobytes())  # no filter: every save packs it

    path = pdf_of(tmp_path / "a.pdf", jpeg(), prepare=bare, compress_streams=False)
    with pikepdf.open(path) as pdf:
        pdf.save(tmp_path / "b.pdf", compress_streams=True)
    assert (tmp_path / "b.pdf").stat().st_size < path.stat().st_size
    assert prints(path) == prints(tmp_path / "b.pdf")


def test_a_picture_that_nothing_draws_is_not_the_pages(tmp_path):
    def leave(pdf):
        pdf.pages[0].obj.Contents = pdf.make_stream(b"q Q")

    assert prints(pdf_of(tmp_path / "a.pdf", jpeg(), prepare=leave)) == [[]]


def test_a_picture_with_too_few_samples_is_not_whole(tmp_path):
    def shorten(pdf):
        image = pdf.pages[0].obj.Resources.XObject.Im0
        image.write(picture().tobytes()[:-50_000])

    path = pdf_of(tmp_path / "a.pdf", jpeg(), prepare=shorten)
    with pikepdf.open(path) as pdf:
        assert not is_whole(page_images(pdf.pages[0])[0])
