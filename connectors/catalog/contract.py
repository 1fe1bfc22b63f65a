"""The columns of ``agencies.csv`` and what each may hold."""

import re
from collections.abc import Callable
from datetime import date

BLOCS = ("party", "government", "mass_organisation")
LEVELS = ("city", "district", "commune")
CHANGES = ("merged", "split", "renamed", "dissolved")


def _matching(pattern: str, wanted: str) -> Callable[[str], str]:
    shape = re.compile(pattern)

    def read(cell: str) -> str:
        if not shape.fullmatch(cell):
            raise ValueError(wanted)
        return cell

    return read


def _day(cell: str) -> date:
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        raise ValueError("not a date as YYYY-MM-DD")
    try:
        return date.fromisoformat(cell)
    except ValueError:
        raise ValueError("no such day") from None


_agency = _matching(r"[A-Z0-9]+(\.[A-Z0-9]+)*", "not a dotted agency code")

COLUMNS: dict[str, Callable[[str], str | date]] = {
    "agency_code": _agency,
    "agency_name": str,
    "bloc": _matching("|".join(BLOCS), f"not one of {', '.join(BLOCS)}"),
    "level": _matching("|".join(LEVELS), f"not one of {', '.join(LEVELS)}"),
    "parent_code": _agency,
    "commune_code": _matching("[0-9]{5}", "not five digits"),
    "valid_from": _day,
    "valid_to": _day,
    "successor_code": _agency,
    "change_type": _matching("|".join(CHANGES), f"not one of {', '.join(CHANGES)}"),
    "resolution": str,
    "clause": str,
}
REQUIRED = ("agency_code", "agency_name", "bloc", "level")
OPTIONAL = ("change_type", "resolution", "clause")
"""Why an agency ended; a file without these columns says nothing of it."""
