"""The messages of the sample axis: those of the city's papers, and letters nobody scanned."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, timezone

from demo.axis.plan import SENDINGS, Fault, Sending
from demo.city import agencies
from demo.documents import TYPE_NAMES, Document, documents

VIETNAM_TIME = timezone(timedelta(hours=7))
SEED_OF_THE_CITY = 155
SUBJECTS = ("Về việc báo cáo số liệu tháng", "Về việc mời họp giao ban", "Về việc góp ý dự thảo")
HOSTILE = (Fault.CUT_OFF, Fault.NOT_BASE64, Fault.ENTITIES, Fault.OUTSIDE)


@dataclass(frozen=True, slots=True)
class Sent:
    """One message, before it is written as XML."""

    message_id: str
    document: str | None
    from_code: str
    from_name: str
    to_code: str
    number: str
    notation: str
    issued: date
    place: str
    type_name: str
    subject: str
    signer: str
    position: str
    pages: str
    changed_at: datetime
    action: str = "0"
    brings_scan: bool = False
    is_packed: bool = False
    fault: Fault = Fault.NONE


@dataclass(frozen=True, slots=True)
class AxisRecipe:
    """How many messages, and when the axis had them."""

    letters: int = 40
    hostile: int = 0
    seed: int = 1
    first_day: date = date(2026, 1, 5)
    days: int = 1
    is_of_the_city: bool = True


def invent_messages(recipe: AxisRecipe) -> list[Sent]:
    """Return the messages by the time they reached the axis: same recipe, same messages."""
    chance = random.Random(recipe.seed + 211)  # noqa: S311 - invented data, not secrets
    papers = documents(SEED_OF_THE_CITY)
    sendings = SENDINGS if recipe.is_of_the_city else ()
    sent = [_of_paper(one, papers[one.document], recipe, chance) for one in sendings]
    sent += _letters(recipe, chance)
    return sorted(sent, key=lambda one: (one.changed_at, one.message_id))


def _of_paper(sending: Sending, paper: Document, recipe: AxisRecipe, chance: random.Random) -> Sent:
    fields = paper.fields() | dict(sending.says)
    number, notation = f"{paper.ordinal:02d}", paper.symbol[1:]
    number = sending.says.get("number", number)
    code = paper.head.agency_code
    return Sent(
        message_id=f"vb-{sending.document}",
        document=sending.document,
        from_code=_back_to_front(code) if sending.old_code else code,
        from_name=_name_of(code),
        to_code="H26",
        number=f"{number}/{notation}" if sending.whole_number else number,
        notation=notation,
        issued=date.fromisoformat(fields["date"]),
        place=paper.head.place,
        type_name=fields["type"],
        subject=fields["abstract"],
        signer=fields["signer"],
        position=paper.head.authority[-1],
        pages=sending.says.get("pages", ""),
        changed_at=_moment(recipe, chance),
        action=sending.action,
        brings_scan=sending.brings_scan,
        is_packed=sending.is_packed,
    )


def _letters(recipe: AxisRecipe, chance: random.Random) -> Iterator[Sent]:
    """Invent letters that only the axis has; the last of them may be hostile."""
    offices = [one for one in agencies() if one.level == "city" and one.bloc == "government"]
    for place in range(recipe.letters):
        office = chance.choice(offices)
        letter = Sent(
            message_id=f"cv-{recipe.seed}-{place:06d}",
            document=None,
            from_code=office.agency_code,
            from_name=office.agency_name,
            to_code="H26.18",
            number=str(place + 1),
            notation="VP-TH",
            issued=date(2025, 12, 1) + timedelta(days=place % 30),
            place="Hà Nội",
            type_name=TYPE_NAMES["CV"],
            subject=chance.choice(SUBJECTS),
            signer="Nguyễn Thử",
            position="CHÁNH VĂN PHÒNG",
            pages=str(1 + place % 4),
            changed_at=_moment(recipe, chance),
        )
        turn = place - (recipe.letters - recipe.hostile)
        yield replace(letter, fault=HOSTILE[turn % len(HOSTILE)]) if turn >= 0 else letter


def _moment(recipe: AxisRecipe, chance: random.Random) -> datetime:
    day = recipe.first_day + timedelta(days=chance.randrange(recipe.days))
    return datetime.combine(day, time(), VIETNAM_TIME) + timedelta(seconds=chance.randrange(86_400))


def _back_to_front(code: str) -> str:
    """Return ``H26.18.31`` the way it was written before: ``000.31.18.H26``."""
    parts = code.split(".")[::-1]
    return ".".join(["000"] * (4 - len(parts)) + parts)


def _name_of(code: str) -> str:
    return next(one.agency_name for one in agencies() if one.agency_code == code)
