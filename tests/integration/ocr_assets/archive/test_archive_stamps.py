"""Secrecy stamps on drawn letters, from fresh red ink to a photocopy, through the real reader."""

import pytest
from PIL import Image

from ocr_assets.attentive_reader import AttentiveReader
from ocr_assets.digitize import load_reader
from ocr_assets.extract import describe
from ocr_assets.page_quality import small_copy
from ocr_assets.reader import open_reader
from ocr_assets.secrecy import bears_secrecy_stamp
from ocr_assets.stamp_frames import stamp_frames
from tests.support.pages import as_pixels, printed
from tests.support.stamped import (
    BLACK,
    BRIGHT,
    FAINT,
    UNDER_THE_NUMBER,
    Press,
    Scanner,
    scanned,
    stamped,
)
from tests.support.tools import TOOLS

FONT = TOOLS / "npm/node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"

# what is pressed, how the page is scanned; by the rule that looked at the lines alone, 50 of the 66
# drawn in this way were found, by the one that reads frames as well 66
PRESSED = [
    ("MẬT", {}, {}),
    ("MẬT", {"colour": BRIGHT}, {}),
    ("MẬT", {"colour": FAINT}, {"quality": 60, "grain": 4}),
    ("TỐI MẬT", {"wear": 60}, {}),
    ("TỐI MẬT", {"tilt": 8.0}, {}),
    ("TUYỆT MẬT", {"colour": BRIGHT}, {"blur": 3.0}),
    ("MẬT", {"colour": BRIGHT}, {"dpi": 100, "quality": 40}),
    ("TUYỆT MẬT", {"at": (1700, 2600)}, {}),
    ("MẬT", {"tall": 6.5}, {}),
    ("MẬT", {"colour": BLACK}, {}),
    ("TỐI MẬT", {}, {"mode": "L"}),
    ("MẬT", {}, {"mode": "1"}),
    ("TUYỆT MẬT", {"colour": BLACK}, {"dpi": 100, "quality": 40}),
    ("MẬT", {"colour": BRIGHT}, {"turn": 90}),
    ("TỐI MẬT", {"colour": BRIGHT}, {"turn": 180}),
    ("TUYỆT MẬT", {"colour": BLACK}, {"turn": 270, "quality": 30}),
    ("MẬT", {}, {"grain": 20}),
    ("TỐI MẬT", {"tilt": 20.0}, {}),
    ("MẬT", {"tilt": -25.0, "colour": BRIGHT}, {"quality": 60}),
    ("TUYỆT MẬT", {"tilt": 40.0}, {}),
    ("TỐI MẬT", {"tilt": 90.0}, {}),
    ("MẬT", {"tilt": -90.0, "at": (2100, 1800)}, {}),
    ("TUYỆT MẬT", {"tilt": 180.0}, {}),
    ("MẬT", {"tilt": 180.0}, {}),
    ("TUYỆT MẬT", {"tall": 30.0, "at": (1240, 2300)}, {}),
]
INNOCENT = ["HỎA TỐC", "KHẨN", "THƯỢNG KHẨN", "MẪU", "ĐẾN"]
SPOKEN_OF = [
    "Điều 1. Tài liệu thuộc danh mục bí mật nhà nước độ Mật, Tối mật và Tuyệt mật",
    "được bảo quản theo chế độ mật; việc xác định độ mật do người ký quyết định.",
    "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
    "Mật độ dân số, gan mật, mật ong và bảo mật thông tin không phải là dấu mật.",
    "Độ mật: .................... Độ khẩn: ....................",
]


@pytest.fixture(scope="module")
def reader(profile):
    return load_reader(profile)


@pytest.mark.parametrize("dpi", [300, 200])  # what `best` and `fast` read at
@pytest.mark.parametrize("pressed", PRESSED, ids=[f"{t} {p} {s}" for t, p, s in PRESSED])
def test_a_secrecy_stamp_is_found(reader, letter, pressed, dpi):
    text, press, scan = pressed
    page = scanned(stamped(letter, text, Press(**press)), Scanner(**scan))
    page = page.resize((page.width * dpi // 300, page.height * dpi // 300), Image.Resampling.BOX)
    assert bears_secrecy_stamp([reader.read(as_pixels(page), 2, dpi)])


def test_other_stamps_and_words_about_secrecy_are_no_stamp(reader):
    lines = [((250, 260 + 120 * i), text) for i, text in enumerate(SPOKEN_OF)]
    page = printed(FONT, lines=lines)
    for i, text in enumerate(INNOCENT):
        page = stamped(page, text, Press(at=(520, 1100 + 260 * i)))
    pixels = as_pixels(page)
    assert len(stamp_frames(small_copy(pixels, 300))) >= len(INNOCENT)
    read = reader.read(pixels, 1, 300)
    assert read.stamps  # some are a letter or two away from a degree, and read with care
    assert not bears_secrecy_stamp([read])


def test_one_stamp_does_not_hide_among_many_red_frames(reader, letter):
    page = letter
    for i in range(8):  # larger ones: it is the last that is looked at
        at = (400 + 560 * (i % 4), 2000 + 500 * (i // 4))
        page = stamped(page, "ĐẾN", Press(at=at, tall=14.0))
    page = stamped(page, "MẬT", Press(at=(1500, 1500)))
    assert bears_secrecy_stamp([reader.read(as_pixels(page), 1, 300)])


@pytest.mark.parametrize(
    ("text", "degree"),
    [("HỎA TỐC", "Hỏa tốc"), ("THƯỢNG KHẨN", "Thượng khẩn"), ("KHẨN", "Khẩn"), ("MẪU", None)],
)
def test_a_degree_of_urgency_is_read_in_its_frame_and_its_place_is_kept(
    reader, letter, text, degree
):
    page = stamped(letter, text, Press(tilt=6.0))
    read = reader.read(as_pixels(page), 1, 300)
    found = describe([read]).get("urgency")
    assert (found.value if found else None) == degree
    if found:
        left, top, right, bottom = found.box
        x, y = UNDER_THE_NUMBER[0] / page.width, UNDER_THE_NUMBER[1] / page.height
        assert left < x < right
        assert top < y < bottom
        assert right - left < 0.35


class Counting:
    """Passes everything on to a reader and counts the pages it reads."""

    def __init__(self, reader):
        self._reader = reader
        self.pages = 0

    def read(self, image, page, dpi):
        self.pages += 1
        return self._reader.read(image, page, dpi)

    def glimpse(self, picture, page):
        return self._reader.glimpse(picture, page)


@pytest.mark.parametrize(("text", "pages"), [("ĐẾN", 1), ("TỐI MẬT", 2)])
def test_only_a_frame_that_may_be_a_degree_is_read_as_a_page(toolbox, letter, text, pages):
    counting = Counting(open_reader("fast", toolbox))
    page = as_pixels(stamped(letter, text))
    AttentiveReader(counting).read(page, 1, 300)
    assert counting.pages == pages
