"""Pages we draw bad on purpose, to learn whether inspectors look.

They show made-up letters, are drawn anew for every plan, and lie in the file store under their
digest like any archive copy. They are never landed, so no model ever sees them as documents.
"""

import io
import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import img2pdf
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from ocr_assets.errors import EngineMissing

FACE = "@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"
_PLACES = ("MẪU", "VÍ DỤ", "THỬ NGHIỆM", "SỐ HÓA")
A4, DPI = (1240, 1754), 150
KINDS = ("cut_edge", "blurred", "missing_page", "wrong_rotation", "wrong_field_value")
_PHRASES = (
    "căn cứ theo đề nghị của giám đốc sở",
    "về việc tổ chức thực hiện kế hoạch",
    "các đơn vị có trách nhiệm báo cáo kết quả",
    "phối hợp kiểm tra, hướng dẫn quản lý hồ sơ",
    "tài liệu lưu trữ lịch sử ban hành kèm quyết định này",
    "quy định thời hạn bảo quản của công tác năm",
)


@dataclass(frozen=True, slots=True, repr=False)
class KnownBad:
    """One bad file: its bytes, what is wrong, what an inspector is told that it says."""

    content: bytes
    defect: str
    page: int
    page_count: int
    claims: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class _Letter:
    number: str
    issued: date
    issuer: str

    def claims(self) -> dict[str, str]:
        return {
            "number": self.number,
            "date": self.issued.isoformat(),
            "issuer": self.issuer,
            "type": "Quyết định",
        }


def draw_bad(seed: str, fonts: Path) -> KnownBad:
    """Return the bad file of ``seed``: the same seed, the same kind of defect and text.

    ``fonts`` is the folder of npm packages.

    Raises:
        EngineMissing: the type face is not there.
    """
    if not (fonts / FACE).is_file():
        raise EngineMissing("the type face Tinos is missing; run ./kho setup")
    dice = random.Random(seed)  # noqa: S311 - drawn again from its seed, keeps no secret
    defect = dice.choice(KINDS)
    letter = _Letter(
        f"{dice.randint(11, 989)}/QĐ-UBND",
        date(dice.randint(2010, 2025), dice.randint(1, 12), dice.randint(1, 28)),
        f"ỦY BAN NHÂN DÂN {dice.choice(('XÃ', 'PHƯỜNG'))} {dice.choice(_PLACES)}",
    )
    face = ImageFont.truetype(str(fonts / FACE), 26)
    count = 3 if defect == "missing_page" else dice.randint(1, 2)
    shown = [page for page in range(1, count + 1) if (defect, page) != ("missing_page", 2)]
    pages = [_page(dice, face, letter if page == 1 else None, page) for page in shown]
    pages[0] = _spoil(pages[0], defect, dice)
    if defect == "missing_page":  # the gap shows on the page after it, which claims no field
        return KnownBad(_pdf(pages), defect, 2, len(pages), {})
    claims = letter.claims()
    if defect == "wrong_field_value":
        claims["number"] = _other(letter.number, dice)
    return KnownBad(_pdf(pages), defect, 1, len(pages), claims)


def _page(
    dice: random.Random, face: ImageFont.FreeTypeFont, letter: _Letter | None, page: int
) -> Image.Image:
    paper = Image.new("L", A4, 246)
    pen = ImageDraw.Draw(paper)
    lines = ["; ".join(dice.sample(_PHRASES, 2)) for _ in range(dice.randint(12, 24))]
    if letter:
        day = letter.issued
        pen.text((150, 120), letter.issuer, fill=40, font=face)
        pen.text((150, 190), f"Số: {letter.number}", fill=40, font=face)
        pen.text((690, 190), f"ngày {day:%d} tháng {day:%m} năm {day:%Y}", fill=40, font=face)
        pen.text((540, 280), "QUYẾT ĐỊNH", fill=40, font=face)
    else:
        pen.text((610, 60), str(page), fill=40, font=face)
    for place, line in enumerate(lines):
        pen.text((150, 380 + 42 * place), line, fill=50, font=face)
    grain = np.random.default_rng(dice.getrandbits(32)).normal(0, 4, A4[::-1])
    return Image.fromarray(np.clip(np.asarray(paper) + grain, 0, 255).astype(np.uint8))


def _spoil(page: Image.Image, defect: str, dice: random.Random) -> Image.Image:
    if defect == "blurred":
        return page.filter(ImageFilter.GaussianBlur(dice.uniform(7, 10)))
    if defect == "wrong_rotation":
        return page.rotate(dice.choice((90, 180, 270)), expand=True)
    if defect == "cut_edge":
        whole = Image.new("L", A4, 246)
        whole.paste(page, (-dice.randint(260, 420), 0))
        return whole
    return page


def _other(number: str, dice: random.Random) -> str:
    """Return another number: the claim that does not say what the page says."""
    written, _, symbol = number.partition("/")
    return f"{int(written) + dice.randint(1, 9)}/{symbol}"


def _pdf(pages: list[Image.Image]) -> bytes:
    pictures = []
    for page in pages:
        picture = io.BytesIO()
        page.save(picture, "JPEG", quality=80, dpi=(DPI, DPI))
        pictures.append(picture.getvalue())
    return bytes(img2pdf.convert(pictures, nodate=True, engine=img2pdf.Engine.internal))
