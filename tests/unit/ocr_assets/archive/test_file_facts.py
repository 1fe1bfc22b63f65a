"""What a file tells about itself is kept as data: how it is locked, named, made, and written on."""

import gzip
import json

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from ocr_assets.legacy_text import is_legacy_text
from ocr_assets.prepare import prepare
from ocr_assets.producer import Producer
from ocr_assets.profile import Limits
from ocr_assets.receive import is_misnamed, receive
from ocr_assets.text_layer import TextLayer
from tests.support.old_codes import tcvn3, vni
from tests.support.scans import jpeg, pdf_of, picture, tiff

SENTENCE = (
    "Cộng hòa xã hội chủ nghĩa Việt Nam, Độc lập - Tự do - Hạnh phúc. Căn cứ Luật Tổ chức chính"
    " quyền địa phương, theo đề nghị của Giám đốc Sở Nội vụ, quyết định công nhận danh sách."
)
FRENCH = (
    "Où êtes-vous né ? Le maïs était là, déjà goûté par Noël, à côté du café créole ; les élèves"
    " français ont reçu des prêts après avoir été déçus par l'Université de Genève."
)


def facts(path):
    return receive(path, Limits()).facts


def written(*instructions, font="/Helvetica", picture_too=True):
    """Return what puts text instructions on the first page, over its picture or instead of it."""

    def change(pdf):
        page = pdf.pages[0].obj
        page.Resources.Font = Dictionary(
            F1=Dictionary(
                Type=Name.Font,
                Subtype=Name.TrueType,
                BaseFont=Name(font),
                Encoding=Name.WinAnsiEncoding,
            )
        )
        before = page.Contents.read_bytes() if picture_too else b""
        page.Contents = pdf.make_stream(b"\n".join((before, *instructions)))

    return change


def says(text, mode=0):
    shown = text.encode("cp1252", "replace").replace(b"(", b"[").replace(b")", b"]")
    return b"BT %d Tr /F1 9 Tf 40 400 Td (%s) Tj ET" % (mode, shown)


def stamped(pdf):
    """Put a signature field on the page that shows who signed."""
    look = pdf.make_stream(b"q BT /F1 8 Tf (Signed by TEST OFFICE) Tj ET Q")
    look.Type, look.Subtype, look.BBox = Name.XObject, Name.Form, Array([0, 0, 90, 40])
    field = Dictionary(Type=Name.Annot, Subtype=Name.Widget, FT=Name.Sig, AP=Dictionary(N=look))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(field)])


@pytest.mark.parametrize(
    ("prepare", "layer"),
    [
        (lambda pdf: None, TextLayer.NONE),
        (written(says(" ")), TextLayer.NONE),
        (stamped, TextLayer.SIGNATURE_STAMP),
        (written(says("Signed by TEST OFFICE")), TextLayer.SIGNATURE_STAMP),
        (written(says("an old layer " * 90, mode=3)), TextLayer.OLD_OCR),
        (written(says("printed words " * 90)), TextLayer.BORN_DIGITAL),
        (written(says("printed"), picture_too=False), TextLayer.BORN_DIGITAL),
        (written(says(tcvn3(SENTENCE)), font="/.VnTime"), TextLayer.LEGACY_ENCODED),
        (written(says(vni(SENTENCE)), font="/VNI-Times"), TextLayer.LEGACY_ENCODED),
        (written(says(tcvn3(SENTENCE)), picture_too=False), TextLayer.LEGACY_ENCODED),
        (written(says(vni(SENTENCE)), picture_too=False), TextLayer.LEGACY_ENCODED),
        (written(says(FRENCH), picture_too=False), TextLayer.BORN_DIGITAL),
    ],
    ids=[
        "picture",
        "a blank",
        "stamp",
        "flattened stamp",
        "old ocr",
        "words over a picture",
        "words alone",
        "TCVN3 by font",
        "VNI by font",
        "TCVN3 by characters",
        "VNI by characters",
        "French",
    ],
)
def test_the_kind_of_text_a_page_came_with_is_known(tmp_path, prepare, layer):
    found = facts(pdf_of(tmp_path / "a.pdf", jpeg(), jpeg(), prepare=prepare))
    assert found.text_layers == (layer, TextLayer.NONE)


def test_old_codes_that_only_their_characters_betray_are_read_from_the_picture(tmp_path):
    change = written(says(tcvn3(SENTENCE)), picture_too=False)
    received = receive(pdf_of(tmp_path / "a.pdf", jpeg(), prepare=change), Limits())
    done = prepare(received, tmp_path / "prepared.pdf", fonts=tmp_path)
    assert done.pages[0].is_rendered


def test_old_codes_are_told_from_unicode_on_every_legal_text(corpus):
    with gzip.open(corpus / "vn_text" / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"][:3000] for line in lines]
    assert len(texts) == 160
    assert not any(is_legacy_text(text) for text in texts)
    assert all(is_legacy_text(tcvn3(text)) and is_legacy_text(vni(text)) for text in texts)


def test_a_file_that_only_forbids_changes_is_worked_on_and_known_as_encrypted(tmp_path):
    lock = pikepdf.Encryption(user="", owner="own")
    assert facts(pdf_of(tmp_path / "a.pdf", jpeg(), encryption=lock)).is_encrypted
    assert not facts(pdf_of(tmp_path / "b.pdf", jpeg())).is_encrypted


@pytest.mark.parametrize(
    ("creator", "producer", "kind"),
    [
        ("Microsoft® Word 2016", "Microsoft® Word 2016", Producer.OFFICE),
        ("PaperStream Capture 1.0", "Adobe PDF Scan Library 3.1", Producer.SCANNER),
        (None, "Kodak Alaris Inc. ; modified using iTextSharp 5.5.5", Producer.SCANNER),
        ("HP Smart Document Scan Software", "OmniPageCSDK19", Producer.OCR),
        (None, "Haru Free PDF Library 2.1.0", Producer.OTHER),
        (None, None, Producer.UNKNOWN),
    ],
)
def test_the_kind_of_program_that_made_it_is_known(tmp_path, creator, producer, kind):
    def name(pdf):
        for key, value in (("/Creator", creator), ("/Producer", producer)):
            if value:
                pdf.docinfo[key] = value

    assert facts(pdf_of(tmp_path / "a.pdf", jpeg(), prepare=name)).producer is kind


@pytest.mark.parametrize(
    ("name", "kind", "differs"),
    [
        ("a.pdf", "application/pdf", False),
        ("a.PDF", "image/jpeg", True),
        ("a.jpeg", "image/jpeg", False),
        ("a.tif", "image/png", True),
        ("scan", "image/png", False),
        ("a.dat", "image/png", False),
    ],
)
def test_a_name_that_promises_another_kind_is_noted(name, kind, differs):
    assert is_misnamed(name, kind) is differs


def test_the_pixels_of_every_page_are_known(tmp_path):
    path = tmp_path / "a.tif"
    path.write_bytes(tiff(picture(620, 877), picture(300, 200), compression="tiff_lzw"))
    assert facts(path).picture_sizes == ((620, 877), (300, 200))
    assert facts(pdf_of(tmp_path / "a.pdf", jpeg())).picture_sizes == ((620, 877),)


@pytest.mark.parametrize(("width", "is_estimated"), [(595, False), (20, True), (7000, True)])
def test_the_resolution_of_an_absurd_page_is_estimated_and_said_so(tmp_path, width, is_estimated):
    def scale(pdf):
        height = width * 842 / 595
        pdf.pages[0].obj.MediaBox = Array([0, 0, width, height])
        pdf.pages[0].obj.Contents = pdf.make_stream(
            b"q %f 0 0 %f 0 0 cm /Im0 Do Q" % (width, height)
        )

    received = receive(pdf_of(tmp_path / "a.pdf", jpeg(), prepare=scale), Limits())
    (page,) = prepare(received, tmp_path / "b.pdf", fonts=tmp_path).pages
    assert page.resolution.is_estimated is is_estimated
    assert 70 < page.resolution.dpi < 80
