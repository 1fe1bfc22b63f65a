"""Invented officials, the same for the same seed, with the errors real registries have."""

import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from demo.documents import documents
from demo.registry.chances import Mistake, Register, Span, moment, spoil
from demo.registry.people import OFFICIALS_FROM, misnamed, person

#: Agencies of the sample city that have officials: code and name.
AGENCIES = (
    ("H26.02", "Văn phòng Ủy ban nhân dân thành phố Hà Nội"),
    ("H26.03", "Sở Nội vụ"),
    ("H26.04", "Sở Tài chính"),
    ("H26.05", "Sở Khoa học và Công nghệ"),
    ("H26.06", "Trung tâm Phục vụ hành chính công"),
)
POSTS = (  # title, rank (mã ngạch), category
    ("Chuyên viên", "01.003", "civil_servant"),
    ("Chuyên viên chính", "01.002", "civil_servant"),
    ("Trưởng phòng", "01.002", "civil_servant"),
    ("Văn thư viên", "02.007", "civil_servant"),
    ("Lưu trữ viên", "V.01.02.02", "public_employee"),
    ("Chủ tịch", None, "cadre"),
)
STATES = ("active", "active", "active", "active", "retired", "transferred")


@dataclass(frozen=True, slots=True)
class OfficialRecipe(Span):
    """What to invent: shares are of officials, changes fall within ``days`` of ``first_day``."""

    officials: int = 300
    changed_again: float = 0.08
    doubled: float = 0.01
    same_moment: float = 0.1
    without_person: float = 0.04
    old_number: float = 0.05
    without_agency: float = 0.02
    old_agency_code: float = 0.03
    date_not_iso: float = 0.01
    without_id: float = 0.005
    misnamed: float = 0.05


def invent_officials(recipe: OfficialRecipe) -> Register:
    """Invent officials by ``recipe``: every one once, some twice, a few wrongly."""
    chance = random.Random(recipe.seed + 211)  # noqa: S311 - invented data, not secrets
    planted: Counter[str] = Counter()
    changes: list[dict[str, Any]] = []
    for number in range(recipe.officials):
        official = _official(number, recipe, chance)
        spoil(official, _mistakes(official, recipe), chance, planted)
        if chance.random() < recipe.misnamed:
            planted["misnamed"] += 1
            official["fullName"] = misnamed(official["fullName"], chance)
        if changes and chance.random() < recipe.same_moment:
            planted["same_moment"] += 1
            official["changedAt"] = changes[-1]["changedAt"]
        changes.append(official)
        if chance.random() < recipe.doubled:
            planted["doubled"] += 1
            changes.append(dict(official))
        if chance.random() < recipe.changed_again:
            planted["changed_again"] += 1
            changes.append(official | {"status": "retired", "changedAt": moment(recipe, chance)})
    changes += _signers(recipe, chance, planted)
    changes.sort(key=lambda change: change["changedAt"])
    return Register(changes, planted)


def _signers(
    recipe: OfficialRecipe, chance: random.Random, planted: Counter[str]
) -> Iterator[dict[str, Any]]:
    """Yield those who signed the city's papers; of every six one is not there, one moved on."""
    papers = documents(recipe.city).values() if recipe.city is not None else ()
    signed = {(paper.head.agency_code, paper.signer): paper.head for paper in papers}
    for at, ((code, name), head) in enumerate(sorted(signed.items(), key=lambda one: one[0])):
        if at % 6 == 5:
            planted["signer_not_there"] += 1
            continue
        title = "Chuyên viên cao cấp" if at % 6 == 4 else head.authority[-1].capitalize()
        planted["signer_moved_on" if at % 6 == 4 else "signer"] += 1
        # Population knows another name for the number: none is told rather than a wrong one.
        yield _official(recipe.officials + at, recipe, chance) | {
            "personId": None,
            "fullName": name,
            "agencyCode": code,
            "agencyName": head.issuer_name,
            "positionTitle": title,
            "rankCode": None,
            "category": "cadre",
        }


def _official(number: int, recipe: OfficialRecipe, chance: random.Random) -> dict[str, Any]:
    who = person(recipe.seed, OFFICIALS_FROM + number)
    agency_code, agency_name = chance.choice(AGENCIES)
    title, rank, category = chance.choice(POSTS)
    grown_up = who.birth_date + timedelta(days=20 * 365)
    days_since = (date(2025, 12, 31) - grown_up).days
    appointed = grown_up + timedelta(days=chance.randrange(max(1, days_since)))
    return {
        "officialId": f"CB{number + 1:07d}",
        "personId": who.number,
        "fullName": who.name,
        "birthDate": who.birth_date.isoformat(),
        "sex": who.sex,
        "agencyCode": agency_code,
        "agencyName": agency_name,
        "positionTitle": title,
        "rankCode": rank,
        "category": category,
        "appointedDate": appointed.isoformat(),
        "status": chance.choice(STATES),
        "changedAt": moment(recipe, chance),
        "deleted": chance.random() < 0.005,
    }


def _mistakes(official: dict[str, Any], recipe: OfficialRecipe) -> tuple[Mistake, ...]:
    """Return the mistakes real registries show, with the share of each."""
    number = official["personId"]
    backwards = ".".join(("000", *reversed(official["agencyCode"].split("."))))
    return (
        ("without_person", recipe.without_person, {"personId": None}),
        ("old_number", recipe.old_number, {"personId": number[3:]}),
        ("without_agency", recipe.without_agency, {"agencyCode": None}),
        ("old_agency_code", recipe.old_agency_code, {"agencyCode": backwards}),
        ("date_not_iso", recipe.date_not_iso, {"appointedDate": "31/02/2019"}),
        ("without_id", recipe.without_id, {"officialId": None}),
    )
