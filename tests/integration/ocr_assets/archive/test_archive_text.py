"""The text a reader copies out of an archive copy, whatever the text in the received file was."""

import unicodedata
from dataclasses import replace

import pikepdf
import pytest
from fpdf import FPDF
from pikepdf import Dictionary, Name
from pypdf import PdfReader

from ocr_assets.batch import judged
from ocr_assets.digitize import digitize
from ocr_assets.outcome import Outcome
from ocr_assets.verapdf import VeraPdf
from tests.integration.ocr_assets.archive.conftest import FONT
from tests.support.old_codes import tcvn3
from tests.support.pages import as_pdf

WORDS = "Quyết định công nhận kết quả ﬁle và ưu tiên của Ủy ban nhân dân phường Thử Nghiệm"


@pytest.fixture(scope="module")
def archived(toolbox, profile, tmp_path_factory):
    """Return the archive copy of a file and the text pypdf gets out of it, in one line."""
    judge = VeraPdf(toolbox.verapdf_jar, toolbox.java, start_seconds=120.0)

    def archive(source):
        work = tmp_path_factory.mktemp("work")
        (done,) = judged([digitize(source, work, profile)], judge)
        assert done.archive is not None, done.reason
        with PdfReader(done.archive) as reader:
            text = " ".join(page.extract_text() for page in reader.pages)
        return done, " ".join(text.split())

    return archive


def test_text_by_glyph_numbers_and_with_ligatures_comes_out_as_words(archived, tmp_path):
    page = FPDF()
    page.add_page()
    page.add_font("tinos", fname=FONT)
    page.set_font("tinos", size=16)
    page.multi_cell(0, 10, WORDS)
    source = tmp_path / "cid.pdf"
    page.output(source)
    with pikepdf.open(source) as pdf:
        [font] = pdf.pages[0].obj.Resources.Font.as_dict().values()
        assert font.Subtype == Name.Type0
    done, text = archived(source)
    assert done.is_text_equal
    assert text == " ".join(done.pages[0].text.split())
    plain = unicodedata.normalize("NFKC", WORDS)
    assert unicodedata.normalize("NFKC", text).count(plain) == 1


def test_an_old_layer_in_tcvn3_gives_way_to_what_the_page_shows(archived, letter, tmp_path):
    source = as_pdf(tmp_path / "old.pdf", letter)
    nonsense = tcvn3("Quyết định của Ủy ban nhân dân")
    with pikepdf.open(source, allow_overwriting_input=True) as pdf:
        page = pdf.pages[0]
        font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/.VnTime"))
        page.obj.Resources.Font = Dictionary(F1=pdf.make_indirect(font))
        shown = nonsense.encode("latin-1", "replace").replace(b"(", b"").replace(b")", b"")
        layer = b"BT 3 Tr /F1 12 Tf 72 700 Td (" + shown + b") Tj ET"
        page.contents_add(pdf.make_stream(layer))
        pdf.save(source)
    assert nonsense.split()[0] in PdfReader(source).pages[0].extract_text()
    done, text = archived(source)
    assert done.outcome in (Outcome.OK, Outcome.DEGRADED)
    assert done.is_text_equal
    assert done.are_images_unchanged
    assert "QUYẾT ĐỊNH" in text
    assert nonsense.split()[0] not in text.split()


def test_what_a_seal_left_is_in_the_copy_as_in_the_reading(toolbox, profile, letter, tmp_path):
    judge = VeraPdf(toolbox.verapdf_jar, toolbox.java, start_seconds=120.0)
    planted = replace(profile, reader="tests.support.readers:sees_remains_of_a_seal")
    source = as_pdf(tmp_path / "sealed.pdf", letter)
    (done,) = judged([digitize(source, tmp_path, planted)], judge)
    assert done.is_text_equal
    assert done.pages[0].text.split()[-2:] == ["0", "SAI"]
