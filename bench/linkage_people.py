"""Invented Vietnamese people, written twice as two offices would write them, with known truth."""

import random
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

# Shares in per mille are rough on purpose: common names must be common, no more.
FAMILIES = {
    "Nguyễn": 315, "Trần": 110, "Lê": 90, "Phạm": 60, "Hoàng": 45, "Vũ": 40, "Phan": 40, "Võ": 35,
    "Đặng": 25, "Bùi": 25, "Đỗ": 20, "Hồ": 15, "Ngô": 15, "Dương": 12, "Lý": 10, "Đào": 8,
    "Đoàn": 7, "Trịnh": 7, "Hà": 6, "Mai": 5, "Tạ": 4, "Quách": 2, "Khuất": 1, "Nghiêm": 1,
}  # fmt: skip
MIDDLES = {
    "Thị": 300, "Văn": 250, "Thị Thanh": 40, "Hữu": 30, "Đức": 30, "Minh": 30, "Ngọc": 30,
    "Quang": 25, "Thị Hồng": 25, "Xuân": 20, "Đình": 20, "Công": 15, "Thị Thúy": 15, "Bá": 8,
    "Khắc": 5, "Thị Như": 4, "Trọng": 8, "Huy": 6,
}  # fmt: skip
GIVENS = (
    "Hương", "Hùng", "Lan", "Hòa", "Dũng", "Thảo", "Linh", "Tuấn", "Anh", "Nam", "Hà", "Minh",
    "Hoa", "Trang", "Long", "Thủy", "Hải", "Mai", "Quân", "Vân", "Sơn", "Bình", "Khoa", "Nga",
    "Phúc", "Yến", "Cường", "Thu", "Hiếu", "Đạt", "Giang", "Ngân", "Kiên", "Loan", "Thúy", "Toàn",
    "Duy", "Hạnh", "Khánh", "Trâm", "Quỳnh", "Thắng", "Hoàn", "Oanh", "Quý", "Thoa", "Uyên",
    "Vượng",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class TwoOffices:
    """What each office wrote, and everyone's names counted, as a population registry would."""

    left: list[dict[str, str | None]]
    right: list[dict[str, str | None]]
    counted: list[tuple[str, str, int]]


def two_offices(people: int = 20_000, common: int = 2000, only: int = 800) -> TwoOffices:
    """Invent ``people``; ``common`` of them are known to both offices, ``only`` to one each."""
    chance = random.Random(26)  # noqa: S311 - invented people
    city = [_person(number, chance) for number in range(people)]
    drawn = chance.sample(city, common + 2 * only)
    left = [_filed(one, chance, spoiled=False) for one in drawn[: common + only]]
    right = [_filed(one, chance, spoiled=True) for one in drawn[:common] + drawn[common + only :]]
    chance.shuffle(right)
    return TwoOffices(left, right, _counted(city))


def _person(number: int, chance: random.Random) -> dict[str, str]:
    born = date(1940, 1, 1) + timedelta(days=chance.randrange(24_000))
    rank = [1 / (at + 2) for at in range(len(GIVENS))]
    return {
        "key": f"{number:06d}",
        "family": chance.choices(list(FAMILIES), list(FAMILIES.values()))[0],
        "middle": chance.choices(list(MIDDLES), list(MIDDLES.values()))[0],
        "given": chance.choices(GIVENS, rank)[0],
        "birth_date": born.isoformat(),
        "person_id": f"000{chance.randrange(10**9):09d}",
        "old_person_id": f"00{chance.randrange(10**7):07d}",  # nine digits, of no relation
        "commune": f"{chance.randrange(126):05d}",
    }


def _filed(one: dict[str, str], chance: random.Random, *, spoiled: bool) -> dict[str, str | None]:
    row: dict[str, str | None] = {name: value for name, value in one.items() if name[:4] != "old_"}
    if not spoiled:
        return row | ({"person_id": None} if chance.random() < 0.1 else {})
    drawn = chance.random()
    if drawn < 0.3:
        row["person_id"] = None
    elif drawn < 0.5:
        row["person_id"] = one["old_person_id"]
    elif drawn < 0.55:
        row["person_id"] = _one_digit_off(one["person_id"], chance)
    _spoil_name(row, chance)
    _spoil_date(row, chance)
    if chance.random() < 0.15:
        row["commune"] = f"{chance.randrange(126):05d}"  # moved house
    return row


def _spoil_name(row: dict[str, str | None], chance: random.Random) -> None:
    if chance.random() < 0.15:
        row["middle"] = None
    if chance.random() < 0.3:
        for part in ("family", "middle", "given"):
            row[part] = bare(row[part]) if row[part] else None
    elif row["given"] in OLD_TONES and chance.random() < 0.5:
        row["given"] = OLD_TONES[row["given"]]
    if chance.random() < 0.05 and row["given"] and len(row["given"]) > 3:
        row["given"] = row["given"][:-1]  # the last letter lost at the edge of a scan


OLD_TONES = {"Hòa": "Hoà", "Thủy": "Thuỷ", "Thúy": "Thuý"}


def _spoil_date(row: dict[str, str | None], chance: random.Random) -> None:
    year, month, day = str(row["birth_date"]).split("-")
    drawn = chance.random()
    if drawn < 0.1 and int(day) <= 12:
        row["birth_date"] = f"{year}-{day}-{month}"
    elif drawn < 0.15:
        row["birth_date"] = _one_digit_off(f"{year}-{month}-{day}", chance)
    elif drawn < 0.2:
        row["birth_date"] = None


def _one_digit_off(text: str, chance: random.Random) -> str:
    at = chance.choice([place for place, sign in enumerate(text) if sign.isdigit()])
    return f"{text[:at]}{(int(text[at]) + chance.randint(1, 9)) % 10}{text[at + 1 :]}"


def bare(text: str) -> str:
    loose = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(mark for mark in loose if not unicodedata.combining(mark))


def _counted(city: list[dict[str, str]]) -> list[tuple[str, str, int]]:
    counts: dict[tuple[str, str], int] = {}
    for one in city:
        for part in ("family", "middle", "given"):
            counts[part, one[part]] = counts.get((part, one[part]), 0) + 1
    return [(part, name, count) for (part, name), count in sorted(counts.items())]
