"""The sample city: its agencies, its communes, and the authority file that lists them."""

import csv
import io
from dataclasses import astuple, dataclass, fields
from datetime import date

from demo.agencies import COMMUNE, GOV, ROWS, why_it_ended


@dataclass(frozen=True, slots=True)
class Agency:
    """One row of the authority file; dates are ISO, and an empty text says there is none."""

    agency_code: str
    agency_name: str
    bloc: str
    level: str
    parent_code: str
    commune_code: str
    valid_from: str
    valid_to: str
    successor_code: str
    change_type: str = ""
    resolution: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune-level unit while it existed; two units in a row may bear the same code."""

    code: str
    name: str
    agency_code: str
    valid_from: str
    valid_to: str


def agencies() -> tuple[Agency, ...]:
    """Return every agency of the city, dissolved ones included, by code."""
    found = (Agency(*row, *why_it_ended(*row[2:4], *row[7:])) for row in ROWS)
    return tuple(sorted(found, key=lambda agency: agency.agency_code))


def agency(code: str) -> Agency:
    """Return the agency that bears ``code``."""
    return next(agency for agency in agencies() if agency.agency_code == code)


def communes(on: date | None = None) -> tuple[Commune, ...]:
    """Return the communes, each with its People's Committee; with ``on``, those of that day."""
    found = (
        Commune(
            code=body.commune_code,
            name=body.agency_name.removeprefix("Ủy ban nhân dân "),
            agency_code=body.agency_code,
            valid_from=body.valid_from,
            valid_to=body.valid_to,
        )
        for body in agencies()
        if body.level == COMMUNE and body.bloc == GOV
    )
    return tuple(unit for unit in found if on is None or _existed(unit, on.isoformat()))


def authority_file() -> str:
    """Return ``agencies.csv``, with the columns of docs/architecture.md."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(field.name for field in fields(Agency))
    writer.writerows(astuple(body) for body in agencies())
    return text.getvalue()


def _existed(unit: Commune, day: str) -> bool:
    return unit.valid_from <= day and (not unit.valid_to or day <= unit.valid_to)
