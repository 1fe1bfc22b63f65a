"""What lines of ``agencies.csv`` must agree on: when an agency ended, why, and what came after."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

Row = Mapping[str, Any]


def faults_of(row: Row) -> Iterator[str]:
    """Yield what the cells of one line leave open about the end of its agency."""
    change, heir = row["change_type"], row["successor_code"]
    if (change or heir) and not row["valid_to"]:
        yield "valid_to: missing; give the last day of an agency that ended or has a successor"
    if heir and heir == row["agency_code"]:
        yield "successor_code: the agency itself; of one renamed under its code leave it empty"
    if change == "merged" and not heir:
        yield "successor_code: missing; a merged agency has one heir, of several write split"
    if change == "split" and heir and not row["resolution"]:
        yield "resolution: missing; cite who named the heir of a split agency, or name none"
    if row["resolution"] and not change:
        yield "change_type: missing; say what the resolution did"
    if row["clause"] and not row["resolution"]:
        yield "resolution: missing; a clause is of one"


def faults_between(rows: Mapping[int, Row]) -> Iterator[str]:
    """Yield what lines of one agency contradict each other in; ``rows`` are by line number."""
    lines: dict[str | None, list[tuple[int, Row]]] = defaultdict(list)
    for number, row in rows.items():
        lines[row["agency_code"]].append((number, row))
    for same in lines.values():
        yield from _overlaps(same)
        starts = {row["valid_from"] for _, row in same}
        for number, row in same:
            is_renamed = row["change_type"] == "renamed" and row["valid_to"]
            if not is_renamed or row["successor_code"]:
                continue
            if row["valid_to"] + timedelta(days=1) not in starts:
                yield (
                    f"line {number} successor_code: missing; name the new code, or write a line"
                    " with the new name that begins the day after"
                )


def _overlaps(lines: list[tuple[int, Row]]) -> Iterator[str]:
    for place, (number, row) in enumerate(lines):
        for earlier, other in lines[:place]:
            if row["valid_from"] == other["valid_from"]:
                yield f"line {number} agency_code: stands twice with the same valid_from"
            elif _begins(row) <= _ends(other) and _begins(other) <= _ends(row):
                yield (
                    f"line {number} valid_from: within the time of line {earlier}, the same"
                    " agency; give the earlier one the day before as its last"
                )


def _begins(row: Row) -> date:
    begins: date = row["valid_from"] or date.min
    return begins


def _ends(row: Row) -> date:
    ends: date = row["valid_to"] or date.max
    return ends
