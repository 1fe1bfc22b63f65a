"""Separator sheets are told from pages of documents, however they went through the scanner."""

import io

import numpy as np
import pikepdf
import pytest
from PIL import Image

from ocr_assets.outcome import Reason
from ocr_assets.patch_code import NARROW_IN, WIDE_IN, bears_patch_t
from ocr_assets.pdf_images import fingerprint, page_images
from ocr_assets.profile import Limits
from ocr_assets.receive import Refused
from ocr_assets.separator_sheets import sheet, write_sheets
from ocr_assets.separators import Separator, separator_on
from ocr_assets.stack import cut
from ocr_assets.stack_process import cut_apart
from tests.support.separators import DPI, coded, patch, scanned, text_page
from tests.support.tools import TOOLS

FONTS = TOOLS / "npm" / "node_modules"
WORN = {"angle": -5, "noise": 22, "quality": 30, "scale": 0.92}


@pytest.mark.parametrize("edge", range(4))
@pytest.mark.parametrize("how", [{}, {"angle": 7}, {"noise": 25, "quality": 30}, WORN], ids=str)
def test_patch_t_is_seen_along_every_edge(edge, how):
    assert separator_on(scanned(patch(edge=edge), **how), DPI) == Separator("patch_t")


@pytest.mark.parametrize(
    "bars",
    [
        (WIDE_IN, NARROW_IN, WIDE_IN, NARROW_IN),  # patch 3: T seen from the other side
        (WIDE_IN, NARROW_IN, NARROW_IN, WIDE_IN),
        (NARROW_IN, WIDE_IN, WIDE_IN, NARROW_IN),
        (NARROW_IN, NARROW_IN, WIDE_IN, WIDE_IN),
        (NARROW_IN, WIDE_IN, NARROW_IN),
    ],
)
def test_other_bars_separate_nothing(bars):
    assert not bears_patch_t(patch(bars), DPI)


def test_short_bars_are_a_picture_on_a_page():
    assert not bears_patch_t(patch(length_in=1.0), DPI)


@pytest.mark.parametrize("how", [{}, WORN], ids=str)
def test_a_page_of_a_document_separates_nothing(how):
    assert separator_on(scanned(text_page(), **how), DPI) is None
    assert separator_on(np.full((1169, 827), 250, np.uint8), DPI) is None


@pytest.mark.parametrize("turn", range(4))
def test_a_code_may_name_the_dossier_that_follows(turn):
    worn = np.rot90(scanned(coded("KHO:DOSSIER=H26.18.2026.001"), **WORN), turn)
    assert separator_on(worn, DPI) == Separator("qr", "H26.18.2026.001")


@pytest.mark.parametrize(
    "text", ["https://example.test/51-QD-UBND", "KHO:DOSSIER=", "KHO:DOSSIER=a\nb", "KHO-OTHER"]
)
def test_the_codes_of_documents_separate_nothing(text):
    assert separator_on(coded(text), DPI) is None


def test_the_sheets_we_print_are_separators_by_bars_and_by_code(tmp_path):
    write_sheets(tmp_path / "sheets.pdf", 3, FONTS)
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        assert len(pdf.pages) == 3
    for dossier, text in ((None, "KHO-SEPARATOR"), ("D-7", "KHO:DOSSIER=D-7")):
        printed = sheet(text, FONTS).convert("L").resize((827, 1169), Image.Resampling.BOX)
        for turn in range(4):
            seen = np.rot90(scanned(np.array(printed), **WORN), turn)
            assert separator_on(seen, DPI) == Separator("qr", dossier)
            assert bears_patch_t(seen, DPI)


def jpeg(page):
    out = io.BytesIO()
    Image.fromarray(page).convert("RGB").save(out, "JPEG", quality=70, dpi=(DPI, DPI))
    return out.getvalue()


def stack_of(target, *pages, shared=True):
    """Write a PDF of pages whose pictures all stand in one list, as some scanners write them."""
    with pikepdf.new() as pdf:
        pictures = {}
        for number, page in enumerate(pages):
            stream = pikepdf.Stream(pdf, jpeg(page))
            stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            stream.Width, stream.Height, stream.BitsPerComponent = page.shape[1], page.shape[0], 8
            stream.ColorSpace, stream.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
            pictures[f"/Im{number}"] = stream
        resources = pdf.make_indirect(pikepdf.Dictionary(XObject=pikepdf.Dictionary(pictures)))
        for number, _ in enumerate(pages):
            page = pdf.add_blank_page(page_size=(595, 842))
            page.obj.Resources = resources
            page.obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im%d Do Q" % number)
        pdf.save(target)
    return target


def hashes(path):
    with pikepdf.open(path) as pdf:
        return [tuple(map(fingerprint, page_images(page))) for page in pdf.pages]


def streams(path):
    with pikepdf.open(path) as pdf:
        return sum(isinstance(thing, pikepdf.Stream) for thing in pdf.objects)


DOCUMENTS = [text_page(seed) for seed in range(4)]


@pytest.fixture
def stack(tmp_path):
    """Two pages, a worn PATCH-T, one page, a code sheet printed on both sides, one page."""
    first, second, third, fourth = DOCUMENTS
    sheets = (scanned(patch(edge=2), **WORN), coded("KHO:DOSSIER=D-9"), coded("KHO-SEPARATOR"))
    return stack_of(
        tmp_path / "stack.pdf", first, second, sheets[0], third, sheets[1], sheets[2], fourth
    )


def test_a_stack_is_cut_and_nothing_of_a_page_changes_or_comes_along(stack, tmp_path):
    found = cut(stack, tmp_path / "out", 3, Limits())
    assert found.reason is None
    assert [(p.first_page, p.last_page, p.opened_by, p.dossier_code) for p in found.parts] == [
        (1, 2, "none", None),
        (4, 4, "patch_t", None),
        (7, 7, "qr", "D-9"),
    ]
    assert (found.pages, found.separator_pages) == (7, 3)
    received = hashes(stack)
    assert [hashes(part.path) for part in found.parts] == [
        received[:2],
        received[3:4],
        received[6:],
    ]
    # one stream of instructions and one picture a page: no other document's picture hides there
    assert [streams(part.path) for part in found.parts] == [4, 2, 2]


def test_the_same_stack_gives_the_same_parts(stack, tmp_path):
    once, again = (cut(stack, tmp_path / name, 3, Limits()) for name in ("a", "b"))
    assert [part.sha256 for part in once.parts] == [part.sha256 for part in again.parts]


@pytest.mark.parametrize("expected", [2, 4])
def test_a_stack_that_holds_another_number_than_declared_is_not_cut(stack, tmp_path, expected):
    """F8: a sheet that was missed, or one too many; what was seen is told, nothing is guessed."""
    found = cut(stack, tmp_path / "out", expected, Limits())
    assert found.reason is Reason.SEPARATORS_DIFFER
    assert [(part.first_page, part.last_page) for part in found.parts] == [(1, 2), (4, 4), (7, 7)]
    assert {part.path for part in found.parts} == {None}
    assert not (tmp_path / "out").exists()


def test_sheets_before_the_first_and_after_the_last_document_hold_nothing(tmp_path):
    sheet = patch()
    path = stack_of(tmp_path / "s.pdf", sheet, DOCUMENTS[0], sheet, DOCUMENTS[1], sheet)
    assert len(cut(path, tmp_path / "out", 2, Limits()).parts) == 2


def test_a_tiff_of_many_pages_is_a_stack_too(tmp_path):
    pages = [Image.fromarray(page) for page in (DOCUMENTS[0], patch(edge=1), DOCUMENTS[1])]
    path = tmp_path / "stack.tif"
    pages[0].save(path, save_all=True, append_images=pages[1:], dpi=(DPI, DPI))
    found = cut(path, tmp_path / "out", 2, Limits())
    assert [len(hashes(part.path)) for part in found.parts] == [1, 1]


def test_what_is_no_stack_of_pages_is_refused(tmp_path):
    path = tmp_path / "s.pdf"
    path.write_bytes(b"%PDF-1.7 nonsense")
    with pytest.raises(Refused):
        cut(path, tmp_path / "out", 2, Limits())


def test_a_stack_is_cut_in_another_process_and_what_befalls_that_is_its_reason(stack, tmp_path):
    assert len(cut_apart(stack, tmp_path / "out", 3, Limits()).parts) == 3
    (tmp_path / "bad.pdf").write_bytes(b"%PDF-1.7 nonsense")
    assert cut_apart(tmp_path / "bad.pdf", tmp_path / "x", 2, Limits()).reason is Reason.DAMAGED
    starved = cut_apart(stack, tmp_path / "y", 3, Limits(memory_bytes=200 << 20))
    assert starved.reason in {Reason.OUT_OF_MEMORY, Reason.WORKER_DIED}
