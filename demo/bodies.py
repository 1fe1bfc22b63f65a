"""The body of a document: paragraphs put together from the phrase book by type of document."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from demo import phrases
from demo.letterheads import Layout, Letterhead
from demo.outgoing import Row

Span = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Runs of (text, style); style is r, b, i or bi, align is justify, left or center."""

    spans: tuple[Span, ...]
    align: str = "justify"

    @property
    def text(self) -> str:
        """The words without their style."""
        return "".join(text for text, _ in self.spans)


# What a clerk wrote of things that registries know: the sample registry of the city has both
# (demo/registry). It takes no draw, so that every other word stays what it was.
CITING = {
    "ta-tb-12": "Trường hợp tiếp nhận đầu tiên: hồ sơ của doanh nghiệp có mã số thuế 0000000105, "
    "thửa đất số 12, tờ bản đồ số 7, xã Thuận An, diện tích 125,5 m2.",
}


class Writer:
    """A clerk at work: draws sentences for one document and never the same one twice."""

    def __init__(self, row: Row, head: Letterhead, rng: random.Random) -> None:
        self.row, self.head, self.rng = row, head, rng
        self._left: dict[int, list[str]] = {}

    def say(self, bank: tuple[str, ...]) -> str:
        """Return one more sentence of ``bank`` with its slots filled."""
        left = self._left.setdefault(id(bank), [])
        if not left:
            left.extend(self.rng.sample(bank, len(bank)))
        return self.fill(left.pop())

    def fill(self, sentence: str) -> str:
        """Fill the slots of a sentence with this document's matter."""
        year = int(self.row.issued[:4])
        text = sentence.format(
            topic=self.row.topic,
            area=self.head.area,
            year=year,
            unit=self.head.unit,
            day=f"{self.rng.randint(10, 28)}/{self.rng.randint(1, 12):02d}/{year + 1}",
            decree=phrases.clerical_decree(self.row.issued),
            n=self.rng.randint(3, 48),
            p=self.rng.randint(80, 99),
        )
        return text[0].upper() + text[1:]


def body(row: Row, head: Letterhead, rng: random.Random) -> tuple[Paragraph, ...]:
    """Return the paragraphs between the abstract (or "Kính gửi") and the signature."""
    writer = Writer(row, head, rng)
    paragraphs = list(_FORMS[row.type_code](writer))
    if row.key in CITING:
        paragraphs.insert(-1, _plain(CITING[row.key]))
    return tuple(paragraphs)


def _plain(text: str) -> Paragraph:
    return Paragraph(((text, "r"),))


def _bold(text: str, align: str = "justify") -> Paragraph:
    return Paragraph(((text, "b"),), align)


def _led(lead: str, text: str) -> Paragraph:
    return Paragraph(((lead + " ", "b"), (text, "r")))


def _decision(writer: Writer) -> Iterator[Paragraph]:
    head, party = writer.head, writer.head.layout is Layout.PARTY
    yield _bold(_deciding_body(head), "center")
    for ground in phrases.PARTY_GROUNDS if party else phrases.GROUNDS[:4]:
        yield Paragraph(((f"- {writer.fill(ground)}" if party else writer.fill(ground), "i"),))
    if not party:
        yield Paragraph(((f"Theo đề nghị của {head.unit}.", "i"),))
    yield _bold("QUYẾT ĐỊNH:" if not party else "QUYẾT ĐỊNH", "center")
    mark = ":" if head.layout is Layout.YOUTH else "."
    yield _led(f"Điều 1{mark}", writer.say(phrases.GOALS))
    yield from _numbered(writer, phrases.TASKS, writer.row.paragraphs - 1)
    yield _led(f"Điều 2{mark}", writer.say(phrases.TASKS))
    yield _led(
        f"Điều 3{mark}",
        f"{head.unit}, các đơn vị có liên quan và các cá nhân có tên tại Điều 1 chịu trách nhiệm "
        "thi hành Quyết định này kể từ ngày ký./.",
    )


def _deciding_body(head: Letterhead) -> str:
    if head.layout is Layout.YOUTH or head.agency_code.startswith("H26.91"):
        return f"BAN THƯỜNG VỤ {head.issuer_name}"
    return head.issuer_name


def _plan(writer: Writer) -> Iterator[Paragraph]:
    count = writer.row.paragraphs
    yield _plain(writer.fill(phrases.OPENINGS[1]))
    yield _bold("I. MỤC ĐÍCH, YÊU CẦU")
    yield from _numbered(writer, phrases.GOALS, max(2, count // 4))
    yield _bold("II. NỘI DUNG THỰC HIỆN")
    yield from _numbered(writer, phrases.TASKS, max(2, count // 2))
    yield _bold("III. TỔ CHỨC THỰC HIỆN")
    yield from _numbered(writer, phrases.TASKS, max(1, count // 4))
    yield _plain(writer.say(phrases.CLOSINGS))


def _report(writer: Writer) -> Iterator[Paragraph]:
    count = writer.row.paragraphs
    yield _plain(writer.fill(phrases.OPENINGS[1]))
    yield _bold("I. KẾT QUẢ THỰC HIỆN")
    yield from _numbered(writer, phrases.RESULTS, min(6, max(2, count // 2)))
    yield _bold("II. TỒN TẠI, HẠN CHẾ")
    yield from (_plain(f"- {writer.say(phrases.SHORTCOMINGS)}") for _ in range(max(1, count // 5)))
    yield _bold("III. PHƯƠNG HƯỚNG, NHIỆM VỤ")
    yield from _numbered(writer, phrases.TASKS, max(1, count // 3))
    yield _plain(writer.say(phrases.CLOSINGS))


def _instructions(writer: Writer) -> Iterator[Paragraph]:
    yield _plain(writer.fill(phrases.OPENINGS[0]))
    if writer.row.paragraphs > 5:
        yield _plain(writer.fill(phrases.OPENINGS[2]))
        yield _plain(writer.fill(phrases.OPENINGS[3]))
    yield from _numbered(writer, phrases.TASKS, writer.row.paragraphs - 2)
    yield _plain(writer.say(phrases.CLOSINGS))


def _request(writer: Writer) -> Iterator[Paragraph]:
    yield _bold("I. SỰ CẦN THIẾT")
    yield _plain(writer.fill(phrases.OPENINGS[0]))
    yield _bold("II. NỘI DUNG ĐỀ NGHỊ")
    yield from _numbered(writer, phrases.TASKS, writer.row.paragraphs - 2)
    yield _plain(f"Kính đề nghị xem xét, quyết định để có căn cứ thực hiện {writer.row.topic}./.")


def _numbered(writer: Writer, bank: tuple[str, ...], count: int) -> Iterator[Paragraph]:
    for index in range(1, count + 1):
        yield _led(f"{index}.", writer.say(bank))


_FORMS: dict[str, Callable[[Writer], Iterator[Paragraph]]] = {
    "QĐ": _decision,
    "KH": _plan,
    "BC": _report,
    "TTr": _request,
    **dict.fromkeys(("TB", "CV", "CT", "KL"), _instructions),
    "NQ": _plan,
}
