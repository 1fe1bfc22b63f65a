"""A prepared page looks as received and holds nothing that PDF/A forbids."""

import io

import numpy as np
import pikepdf
import pypdfium2 as pdfium
import pytest
from pikepdf import Array, Dictionary, Name, pdfa
from PIL import Image, ImageCms

from ocr_assets.cmyk import cmyk_profile
from ocr_assets.outcome import Reason
from ocr_assets.prepare import prepare
from ocr_assets.profile import Limits
from ocr_assets.receive import Refused, receive
from tests.support.scans import jpeg, pdf_of, picture
from tests.support.tools import TOOLS

NPM = TOOLS / "npm" / "node_modules"
needs_fonts = pytest.mark.skipif(not NPM.exists(), reason="no fonts here: run ./kho setup")


def prepared(path, tmp_path):
    return prepare(receive(path, Limits()), tmp_path / "prepared.pdf", fonts=NPM)


def verdict(path):
    with pikepdf.open(path) as pdf:
        pdfa.prepare(pdf, "2b")
        return pdfa.check(pdf, "2b")


def look(path, page=0):
    with pdfium.PdfDocument(path) as document:
        document.init_forms()
        return np.asarray(document[page].render(scale=0.5).to_pil().convert("L"), dtype=int)


def assert_looks_like(path, other, tolerance=3.0):
    assert np.abs(look(path) - look(other)).mean() < tolerance


def drawing(*lines, fonts=None, **resources):
    """Return what makes a page say ``lines`` of instructions."""

    def change(pdf):
        page = pdf.pages[0].obj
        page.Contents = pdf.make_stream(page.Contents.read_bytes() + b"\n" + b"\n".join(lines))
        for name, font in (fonts or {}).items():
            page.Resources.Font = page.Resources.get("/Font", Dictionary())
            page.Resources.Font[name] = pdf.make_indirect(font)
        for key, value in resources.items():
            page.Resources[f"/{key}"] = value

    return change


def helvetica():
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica"))


SAYS = (b"BT /F1 24 Tf 80 300 Td (Visible words) Tj ET",)


def test_a_picture_stays_and_is_known_by_its_hash(tmp_path):
    done = prepared(pdf_of(tmp_path / "a.pdf", jpeg(), jpeg()), tmp_path)
    assert [len(page.images) for page in done.pages] == [1, 1]
    assert not any(page.is_rendered for page in done.pages)
    assert verdict(done.pdf).passed


@needs_fonts
def test_a_missing_font_is_given_by_its_metric_twin(tmp_path):
    source = pdf_of(tmp_path / "a.pdf", jpeg(), prepare=drawing(*SAYS, fonts={"/F1": helvetica()}))
    assert not verdict(source).passed
    done = prepared(source, tmp_path)
    assert verdict(done.pdf).passed
    assert not done.pages[0].is_rendered
    assert_looks_like(done.pdf, source)


def test_a_page_that_cannot_be_had_otherwise_becomes_its_picture_and_says_so(tmp_path):
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/UnknownFace"))
    source = pdf_of(tmp_path / "a.pdf", jpeg(), jpeg(), prepare=drawing(*SAYS, fonts={"/F1": font}))
    done = prepared(source, tmp_path)
    assert [page.is_rendered for page in done.pages] == [True, False]
    assert verdict(done.pdf).passed
    assert_looks_like(done.pdf, source)


def test_a_page_set_before_unicode_is_read_from_its_picture(tmp_path):
    font = Dictionary(Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name("/.VnTime"))
    done = prepared(
        pdf_of(tmp_path / "a.pdf", jpeg(), prepare=drawing(*SAYS, fonts={"/F1": font})), tmp_path
    )
    assert done.pages[0].is_rendered


@needs_fonts
def test_an_old_invisible_text_layer_is_taken_away(tmp_path):
    old = b"BT 3 Tr /F1 24 Tf 80 300 Td (Old layer) Tj ET"
    source = pdf_of(tmp_path / "a.pdf", jpeg(), prepare=drawing(old, fonts={"/F1": helvetica()}))
    with pikepdf.open(prepared(source, tmp_path).pdf) as pdf:
        assert b"Old layer" not in pdf.pages[0].obj.Contents.read_bytes()
        assert "/Font" not in pdf.pages[0].obj.Resources or not pdf.pages[0].obj.Resources.Font


def annotated(pdf):
    look_of_it = pdf.make_stream(b"0 0 1 rg 0 0 200 60 re f")
    look_of_it.Type, look_of_it.Subtype = Name.XObject, Name.Form
    look_of_it.BBox = Array([0, 0, 200, 60])
    stamp = Dictionary(
        Type=Name.Annot,
        Subtype=Name.Stamp,
        Rect=Array([100, 600, 300, 660]),
        F=4,
        AP=Dictionary(N=look_of_it),
    )
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(stamp)])
    pdf.pages[0].obj.AA = Dictionary()
    pdf.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=b"app.alert(1)")


def test_what_an_annotation_shows_becomes_part_of_the_page(tmp_path):
    source = pdf_of(tmp_path / "a.pdf", jpeg(), prepare=annotated)
    done = prepared(source, tmp_path)
    assert verdict(done.pdf).passed
    assert_looks_like(done.pdf, source)
    with pikepdf.open(done.pdf) as pdf:
        assert "/Annots" not in pdf.pages[0].obj
        assert "/OpenAction" not in pdf.Root


def layered(is_shown):
    def change(pdf):
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name="layer"))
        switch = Dictionary() if is_shown else Dictionary(OFF=Array([layer]))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=switch)
        drawing(b"/OC /L0 BDC 0 0 0 rg 100 100 300 300 re f EMC", Properties=Dictionary(L0=layer))(
            pdf
        )

    return change


@pytest.mark.parametrize("is_shown", [True, False])
def test_a_layer_is_kept_as_it_shows(tmp_path, is_shown):
    source = pdf_of(tmp_path / "a.pdf", jpeg(), prepare=layered(is_shown))
    done = prepared(source, tmp_path)
    assert verdict(done.pdf).passed
    assert done.pages[0].is_rendered is not is_shown
    assert_looks_like(done.pdf, source)


def test_a_picture_drawn_inside_a_text_object_is_drawn_between_two(tmp_path):
    inside = b"BT 1 0 0 1 10 10 Tm q 90 0 0 90 50 50 cm /Im0 Do Q 5 0 Td ET"
    source = pdf_of(tmp_path / "a.pdf", jpeg(), prepare=drawing(inside))
    assert not verdict(source).passed
    done = prepared(source, tmp_path)
    assert verdict(done.pdf).passed
    assert_looks_like(done.pdf, source)


def test_four_inks_get_a_meaning_and_keep_their_bytes(tmp_path):
    def inks(pdf):
        image = pdf.pages[0].obj.Resources.XObject.Im0
        image.write(jpeg(picture(mode="CMYK")), filter=Name.DCTDecode)
        image.ColorSpace = Name.DeviceCMYK

    source = pdf_of(tmp_path / "a.pdf", jpeg(), prepare=inks)
    assert not verdict(source).passed
    assert verdict(prepared(source, tmp_path).pdf).passed


def test_our_meaning_of_four_inks_is_one_a_colour_engine_understands():
    ours = ImageCms.ImageCmsProfile(io.BytesIO(cmyk_profile()))
    paper = Image.new("CMYK", (1, 1), (0, 0, 0, 0))
    black = Image.new("CMYK", (1, 1), (0, 0, 0, 255))
    srgb = ImageCms.createProfile("sRGB")
    shown = [
        ImageCms.profileToProfile(ink, ours, srgb, outputMode="RGB").getpixel((0, 0))
        for ink in (paper, black)
    ]
    assert shown == [(255, 255, 255), (0, 0, 0)]


def test_preparing_twice_gives_the_same_bytes(tmp_path):
    source = pdf_of(tmp_path / "a.pdf", jpeg(), prepare=annotated)
    (tmp_path / "1").mkdir()
    (tmp_path / "2").mkdir()
    once, again = (prepared(source, tmp_path / name).pdf for name in "12")
    assert once.read_bytes() == again.read_bytes()


def test_damage_that_shows_only_inside_is_refused(tmp_path):
    source = pdf_of(tmp_path / "a.pdf", jpeg())
    received = receive(source, Limits())
    source.write_bytes(b"%PDF-1.7 gone")
    with pytest.raises(Refused) as caught:
        prepare(received, tmp_path / "b.pdf", fonts=NPM)
    assert caught.value.reason is Reason.DAMAGED
