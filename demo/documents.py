"""The documents of the sample city, as their clerks typed them: same seed, same words."""

import random
from dataclasses import dataclass
from datetime import date

from demo.bodies import Paragraph, body
from demo.letterheads import Layout, Letterhead, letterhead
from demo.outgoing import ROWS, Row

TYPE_NAMES = {
    "QĐ": "Quyết định",
    "KH": "Kế hoạch",
    "TB": "Thông báo",
    "BC": "Báo cáo",
    "TTr": "Tờ trình",
    "CV": "Công văn",
    "CT": "Chỉ thị",
    "NQ": "Nghị quyết",
    "KL": "Kết luận",
}
_ABOVE = {"H26.91.05": "Ban Thường vụ Hội Liên hiệp Phụ nữ thành phố Hà Nội"}
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô")
_MIDDLE = ("Văn", "Thị", "Minh", "Thu", "Quốc", "Thanh", "Đức", "Ngọc", "Hữu", "Thúy")
_GIVEN = ("An", "Bình", "Cường", "Dũng", "Hà", "Hạnh", "Hải", "Lan", "Nga", "Phương", "Quang",
          "Sơn", "Tuấn", "Vân", "Yến", "Khánh")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Document:
    """One document before it met paper: every word of it, and nothing of its looks."""

    key: str
    head: Letterhead
    type_code: str
    ordinal: int
    suffix: str
    issued: date
    abstract: str
    addressees: tuple[str, ...]
    body: tuple[Paragraph, ...]
    recipients: tuple[str, ...]
    signer: str

    @property
    def symbol(self) -> str:
        """What follows the ordinal in the number, separator included."""
        letter = self.type_code == "CV"
        if self.head.layout is not Layout.STATE:
            return f"-{self.type_code}/{self.suffix}"
        return f"/{self.head.code}-{self.suffix}" if letter else f"/{self.type_code}-{self.suffix}"

    @property
    def number(self) -> str:
        """The number and symbol, as in ``155/KH-UBND`` or ``29-CT/TU``."""
        return f"{self.ordinal:02d}{self.symbol}"

    @property
    def natural_key(self) -> tuple[str, str, int]:
        """What tells two documents apart: issuer, number with symbol, year of issue."""
        return self.head.issuer_name, self.number, self.issued.year

    def fields(self) -> dict[str, str]:
        """Return what a perfect reader would find, by field name."""
        return {
            "number": self.number,
            "date": self.issued.isoformat(),
            "issuer": self.head.issuer_name,
            "type": TYPE_NAMES[self.type_code],
            "abstract": self.abstract,
            "signer": self.signer,
        }


def documents(seed: int) -> dict[str, Document]:
    """Return every document of the city by key."""
    return {row.key: _document(row, seed) for row in ROWS}


def _document(row: Row, seed: int) -> Document:
    rng = random.Random(f"{seed}/words/{row.key}")  # noqa: S311 - a sample city, not a secret
    head = letterhead(row.agency_code)
    return Document(
        key=row.key,
        head=head,
        type_code=row.type_code,
        ordinal=row.number,
        suffix=row.suffix,
        issued=date.fromisoformat(row.issued),
        abstract=row.abstract,
        addressees=_addressees(row, head),
        body=body(row, head, rng),
        recipients=_recipients(row, head, rng),
        signer=_signer(row, seed),
    )


def _signer(row: Row, seed: int) -> str:
    rng = random.Random(f"{seed}/signer/{row.agency_code}/{row.issued[:4]}")  # noqa: S311
    return " ".join(rng.choice(names) for names in (_FAMILY, _MIDDLE, _GIVEN))


def _addressees(row: Row, head: Letterhead) -> tuple[str, ...]:
    if row.type_code == "TTr":
        return (_ABOVE.get(head.agency_code, "Ủy ban nhân dân thành phố Hà Nội"),)
    if row.type_code != "CV":
        return ()
    if head.layout is Layout.PARTY:
        return ("- Các chi bộ trực thuộc;", "- Các ban ngành, đoàn thể xã.")
    return ("- Các phòng, ban, đơn vị trực thuộc;", f"- Các đơn vị trên {head.area}.")


def _recipients(row: Row, head: Letterhead, rng: random.Random) -> tuple[str, ...]:
    pool = (
        "- Như trên;" if row.type_code in {"CV", "TTr"} else "- Như Điều 3;",
        "- Thường trực cấp ủy;",
        "- Thường trực HĐND;",
        "- Các đơn vị trực thuộc;",
        "- Ủy ban MTTQ và các đoàn thể;",
        "- Cổng thông tin điện tử;",
    )
    keep = rng.randint(2, 5)
    if row.type_code not in {"CV", "TTr", "QĐ"}:
        pool = ("- Cơ quan cấp trên (để b/c);", *pool[1:])
    return (*pool[:keep], f"- Lưu: VT, {head.unit.split()[0][0]}P.{rng.randint(5, 60)}.")
