"""One batch of everything that goes wrong with scans: each gets its reason, the good ones finish.

Pages that lie on their side are read and say how sure the turn is; a page that looks empty is
flagged and kept like its siblings.
"""

import pikepdf
import pypdf
import pytest
from PIL import Image, ImageDraw

from ocr_assets.batch import digitize_all
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.text_layer import TextLayer
from tests.support.pages import A4, as_pdf
from tests.support.scans import jpeg, pdf_of, png_claiming, tiff

FAILED = {
    "600 megapixels.png": Reason.TOO_LARGE,
    "torn.tif": Reason.DAMAGED,
    "locked.pdf": Reason.ENCRYPTED,
    "empty.pdf": Reason.EMPTY_FILE,
    "letter.docx": Reason.FORMAT_UNKNOWN,
}
USABLE = ("fax.tif", "inks.jpg", "turned.pdf", "backs.pdf", "absurd.pdf", "named.pdf")


def pencilled():
    """Draw a page with nothing but a faint note on it."""
    page = Image.new("RGB", A4, (245, 245, 245))
    draw = ImageDraw.Draw(page)
    for word in range(3):
        x = 400 + 260 * word
        points = [(x + 16 * i, 900 + (40 if i % 2 else 0)) for i in range(12)]
        draw.line(points, fill=(215, 215, 215), width=4)
    return page


def stamped_on_the_back():
    page = Image.new("RGB", A4, (245, 245, 245))
    ImageDraw.Draw(page).ellipse((1500, 2400, 1920, 2820), outline=(240, 170, 170), width=6)
    return page


def absurd(pdf):
    """Make the page two and a half metres wide, as a wrong resolution does."""
    pdf.pages[0].obj.MediaBox = pikepdf.Array([0, 0, 7000, 9906])
    pdf.pages[0].obj.Contents = pdf.make_stream(b"q 7000 0 0 9906 0 0 cm /Im0 Do Q")


@pytest.fixture(scope="module")
def folder(letter, tmp_path_factory):
    folder = tmp_path_factory.mktemp("delivered")
    turned = [letter.rotate(degrees, expand=True) for degrees in (90, 180, 270)]
    backs = [letter, pencilled(), stamped_on_the_back(), Image.new("RGB", A4, (245, 245, 245))]
    small = letter.resize((A4[0] * 2 // 3, A4[1] * 2 // 3))
    fax = small.convert("1", dither=Image.Dither.NONE)
    lock = pikepdf.Encryption(user="open", owner="own")
    files = {
        "600 megapixels.png": png_claiming(30_000, 20_000),
        "torn.tif": tiff(small, compression="tiff_lzw")[:-9000],
        "empty.pdf": b"",
        "letter.docx": b"no scan at all",
        "fax.tif": tiff(fax, fax, compression="group4", dpi=(200, 200)),
        "inks.jpg": jpeg(letter.convert("CMYK"), dpi=(300, 300)),
        "named.pdf": jpeg(letter, dpi=(300, 300)),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    pdf_of(folder / "locked.pdf", jpeg(), encryption=lock)
    pdf_of(folder / "absurd.pdf", jpeg(letter), prepare=absurd)
    as_pdf(folder / "turned.pdf", *turned)
    as_pdf(folder / "backs.pdf", *backs)
    return folder


@pytest.fixture(scope="module")
def done(folder, profile, tmp_path_factory):
    files = [folder / name for name in (*FAILED, *USABLE)]
    work = tmp_path_factory.mktemp("work")
    return {one.file: one for one in digitize_all(files, work, profile)}


@pytest.mark.parametrize("name", FAILED)
def test_each_bad_file_has_its_own_reason(done, name):
    assert (done[name].outcome, done[name].reason) == (Outcome.FAILED, FAILED[name])


@pytest.mark.parametrize("name", USABLE)
def test_its_siblings_finish(done, name):
    assert done[name].outcome in {Outcome.OK, Outcome.DEGRADED}
    assert done[name].archive.is_file()
    assert "QUYẾT ĐỊNH" in done[name].pages[0].text


def test_pages_on_their_side_are_read_and_say_how_sure_the_turn_is(done):
    pages = done["turned.pdf"].pages
    assert [page.rotation for page in pages] == [90, 180, 270]
    assert all(page.rotation_confidence > 0.95 for page in pages)
    assert all("Căn cứ Luật Tổ chức" in page.text for page in pages)


def test_a_faint_note_and_a_stamp_on_the_back_are_no_blank_pages_and_blank_ones_stay(done):
    backs = done["backs.pdf"]
    assert [page.quality.is_blank for page in backs.pages] == [False, False, False, True]
    assert len(pypdf.PdfReader(backs.archive).pages) == backs.page_count == 4


def test_an_absurd_resolution_is_estimated_and_the_document_says_so(done):
    absurd = done["absurd.pdf"]
    assert (absurd.outcome, absurd.reason) == (Outcome.DEGRADED, Reason.RESOLUTION_ESTIMATED)
    assert absurd.pages[0].is_dpi_estimated
    assert absurd.pages[0].dpi == pytest.approx(300, abs=2)


def test_what_a_file_tells_of_itself_goes_with_it(done):
    assert done["named.pdf"].is_misnamed
    assert not done["fax.tif"].is_misnamed
    assert done["turned.pdf"].is_encrypted is False
    (page, _) = done["fax.tif"].pages
    assert page.picture_size == (A4[0] * 2 // 3, A4[1] * 2 // 3)
    assert page.text_layer is TextLayer.NONE
    assert page.quality.sharpness > 0.3
    assert not page.is_damaged
