"""Sheets written in code: a PageReading with known words at known places (A4 at 200 dpi)."""

import math

from ocr_assets.reading import Box, Line, PageReading, Word

WIDTH, HEIGHT = 1654, 2339
LETTER, ROW, TALL = 14, 48, 38  # pixels: a letter's width, from row to row, a line's height
LEFT, MIDDLE, RIGHT = 0.28, 0.51, 0.70  # centres of the two columns and of the page


def line(text, centre, row, confidence=0.99):
    """Return a line centred at a fraction of the width, ``row`` rows from the top."""
    width = len(text) * LETTER
    x, y, words = int(centre * WIDTH - width / 2), int(100 + row * ROW), []
    for part in text.split(" "):
        words.append(Word(part, Box(x, y, x + len(part) * LETTER, y + TALL), confidence))
        x += (len(part) + 1) * LETTER
    box = Box(words[0].box.left, y, words[-1].box.right, y + TALL)
    return Line(tuple(words), box, confidence, "test")


def left(text, row, confidence=0.99):
    return line(text, LEFT, row, confidence)


def right(text, row, confidence=0.99):
    return line(text, RIGHT, row, confidence)


def middle(text, row, confidence=0.99):
    return line(text, MIDDLE, row, confidence)


def body(text, row):
    """Return a line of running text, from margin to margin."""
    return line(text, 0.16 + len(text) * LETTER / WIDTH / 2, row)


def merged(first, second):
    """Return two lines of one row as readers merge them: one line, the gap between words."""
    words = first.words + second.words
    box = Box(first.box.left, first.box.top, second.box.right, first.box.bottom)
    return Line(words, box, 0.99, "test")


def page(*lines, number=1):
    return PageReading(number, WIDTH, HEIGHT, 200.0, 0, tuple(lines))


def turned(reading, degrees):
    """Return the page as a crooked scan shows it: boxes climb or fall to the right."""
    slope = math.tan(math.radians(degrees))

    def moved(box):
        drop = int(slope * ((box.left + box.right) / 2 - WIDTH / 2))
        return Box(box.left, box.top + drop, box.right, box.bottom + drop)

    lines = []
    for one in reading.lines:
        words = tuple(Word(w.text, moved(w.box), w.confidence) for w in one.words)
        tops, bottoms = [w.box.top for w in words], [w.box.bottom for w in words]
        box = Box(one.box.left, min(tops), one.box.right, max(bottoms))
        lines.append(Line(words, box, one.confidence, one.reader))
    return PageReading(1, WIDTH, HEIGHT, 200.0, 0, tuple(lines))


STATE_TITLE = (
    right("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 0),
    right("Độc lập - Tự do - Hạnh phúc", 1),
)
TEXT = tuple(
    body(text, 14 + row)
    for row, text in enumerate(
        (
            "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;",
            "Căn cứ Quyết định số 99/QĐ-TTg ngày 01 tháng 02 năm 2003 của Thủ tướng;",
            "Theo đề nghị của Giám đốc Sở Mẫu tại Tờ trình số 7/TTr-SM, ngày 02/3/2004.",
            "Điều 1. Phê duyệt nội dung thí nghiệm kèm theo Quyết định này.",
        )
    )
)
SIGNATURE = (
    left("Nơi nhận:", 20),
    line("- Như Điều 3;", 0.2, 21),
    right("CHỦ TỊCH", 20),
    line("- Lưu: VT.", 0.19, 22),
    right("Nguyễn Văn Mẫu", 26),
)
STATE = (
    left("ỦY BAN NHÂN DÂN", 0),
    left("TỈNH MẪU", 1),
    *STATE_TITLE,
    left("Số: 51/QĐ-UBND", 3),
    right("Mẫu, ngày 17 tháng 01 năm 2025", 3),
    middle("QUYẾT ĐỊNH", 6),
    middle("Về việc phê duyệt kế hoạch thí nghiệm của tỉnh", 7),
    middle("giai đoạn thứ hai", 8),
    *TEXT,
    *SIGNATURE,
)


def without(lines, *starts):
    """Return the lines that begin with none of ``starts``."""
    return tuple(one for one in lines if not one.text.startswith(starts))


SIX = ("number", "date", "issuer", "type", "abstract", "signer")


def values(found, names=SIX):
    """Return the values of the fields called ``names`` that were found."""
    return {name: found[name].value for name in names if name in found}


def listed(found, name):
    """Return the values of a list, in order."""
    items = {int(key.removeprefix(f"{name}_")): field.value for key, field in found.items()
             if key.removeprefix(f"{name}_").isdigit()}  # fmt: skip
    assert sorted(items) == list(range(1, len(items) + 1))
    return [items[position] for position in sorted(items)]
