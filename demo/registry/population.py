"""The sample population service: it answers claims about people and tells how common names are.

It knows the people of ``people.py`` and nothing else, and it never lists anybody.
"""

from typing import Any

from demo.registry.people import Person, person
from demo.registry.words import FAMILY_NAMES, GIVEN_NAMES, MIDDLE_NAMES

PEOPLE = 8_500_000
LEAST = 50  # names of fewer people are not told
MOST_CLAIMS = 100
PARTS = {"family": FAMILY_NAMES, "middle": MIDDLE_NAMES, "given": GIVEN_NAMES}


def verdict(seed: int, claim: dict[str, Any]) -> dict[str, Any]:
    """Return what population says of one claim; the asked values are not repeated.

    Raises:
        KeyError: the claim has no ordinal, number or name.
        ValueError: its number is none.
    """
    number, name = claim["personId"], claim["fullName"]
    told: dict[str, Any] = {"ordinal": claim["ordinal"], "differing": []}
    if not number.isdecimal() or len(number) not in (9, 12):
        raise ValueError("not a number of a person")
    known = _known(seed, number)
    if known is None:
        return told | {"result": "not_found"}
    if len(number) == 9 and int(number) % 5 == 0:
        return told | {"result": "ambiguous"}  # old numbers were given out by provinces, twice
    differing = ["fullName"] if _plain(name) != _plain(known.name) else []
    if claim.get("birthDate") not in (None, known.birth_date.isoformat()):
        differing.append("birthDate")
    told |= {"result": "differs" if differing else "matched", "differing": differing}
    return told | ({"successorPersonId": known.number} if len(number) == 9 else {})


def frequencies() -> list[dict[str, Any]]:
    """Return how many people have each part of a name."""
    return [
        {"part": part, "name": name, "peopleCount": count}
        for part, names in PARTS.items()
        for name, weight in names.items()
        if (count := round(PEOPLE * weight / sum(names.values()))) >= LEAST
    ]


def _known(seed: int, number: str) -> Person | None:
    if len(number) == 12 and not number.startswith("000"):
        return None
    found = person(seed, int(number[-9:]))
    return found if found.is_registered else None


def _plain(name: str) -> str:
    return " ".join(name.casefold().split())
