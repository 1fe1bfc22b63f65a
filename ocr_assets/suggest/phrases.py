"""Sentences and phrases of a text: where they begin and end, and which syllables lead nowhere."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ocr_assets.extract.strips import Strip
from ocr_assets.language_model import tokens
from ocr_assets.suggest.sheet import Page, is_citation

# Syllables that join others: no keyword begins or ends with one.
JOINING = frozenset(
    (  # noqa: SIM905 - a list of quoted syllables is harder to read
        "và của các những được về việc theo tại trong cho với từ đến là có này đó khi để do bởi"
        " trên dưới như không phải cần đã đang sẽ số ngày tháng năm điều khoản điểm căn cứ nêu"
        " hoặc nếu thì mà ra vào bằng qua nhằm cũng còn đối hay vẫn rất nhất mỗi mọi một hai ba"
        " bốn sau trước giữa ngoài cùng thực hiện tiếp tục tăng cường đề nghị quyết định kế hoạch"
        " thông báo báo cáo v/v kết quả tổ chức triển khai giai đoạn nội dung yêu quý đồng chí"
        " ông bà ban hành kèm kính gửi quy phê duyệt ủy nhân dân tỉnh huyện xã phường quận thị"
        " thành phố trấn thôn chủ tịch phó phòng sở hội đảng đơn vị cơ quan liên quan"
    ).split()
)
# "Điều 1." and "12." begin what they stand before.
_END = re.compile(
    r"(?<=[.;:!?])(?<!\s\d\.)(?<!\s\d\d\.)(?<!^\d\.)(?<!^\d\d\.)\s+(?=\W*[A-ZĐÀ-Ỹ\d])|\./\."
)
_PIECE = re.compile(r"[,.;:()\"“”/\\…]|\s[-–]\s|\d+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the body as it was read, and the strips it lies on."""

    text: str
    page: Page
    strips: tuple[Strip, ...]


def sentences(body: Sequence[tuple[Page, Strip]]) -> Iterator[Sentence]:
    """Yield the sentences of running text; a sentence ends with its page at the latest."""
    text, places, current = "", [], None
    for page, strip in body:
        if current is not None and (page is not current or _begins_anew(strip, places[-1][2])):
            yield from _cut(text, places, current)
            text, places = "", []
        current = page
        places.append((len(text), len(text) + len(strip.text), strip))
        text += strip.text + " "
    if current is not None:
        yield from _cut(text, places, current)


def _begins_anew(strip: Strip, above: Strip) -> bool:
    """Return whether a strip is a paragraph of its own: indented, or after a gap."""
    return strip.left > above.left + 0.02 or strip.top - above.bottom > 1.2 * above.height


def _cut(text: str, places: Sequence[tuple[int, int, Strip]], page: Page) -> Iterator[Sentence]:
    start = 0
    for end in [*(found.start() for found in _END.finditer(text)), len(text)]:
        said = text[start:end].strip()
        on = tuple(strip for first, last, strip in places if first < end and last > start)
        if said and on and not is_citation(said):
            yield Sentence(said, page, on)
        start = end


def pieces(text: str) -> Iterator[list[str]]:
    """Yield runs of syllables that nothing parts: no comma, no number, no end of a sentence."""
    for piece in _PIECE.split(text):
        found = tokens(piece)
        if found:
            yield found
