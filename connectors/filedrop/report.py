"""What was understood of a delivered file and what was not: rows and columns, never a value."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from connectors.filedrop.refusals import FileRefused, Refusal
from connectors.filedrop.register import Register
from connectors.filedrop.sheet import letter
from connectors.filedrop.table import Table

Report = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Delivered:
    """A file as it was delivered: its name is the agency's own word, its digest is its identity."""

    name: str
    sha256: str
    size_bytes: int
    agency: str


def report_of(file: Delivered, register: Register, earlier: Report | None = None) -> Report:
    """Return the report on a register all of whose rows were taken.

    With the report on an ``earlier`` delivery it says how the columns changed.
    """
    tables = [_table(table) for table in register.tables]
    for table in tables:
        before = _same_form(table, earlier)
        table["drift"] = _drift(before, table) if before else None
    return {
        **_about(file),
        "refusal": None,
        "how": dict(register.how),
        "hidden_sheets": register.hidden_sheets,
        "unread_sheets": list(register.unread_sheets),
        "tables": tables,
    }


def refusal_of(file: Delivered, refused: FileRefused) -> Report:
    """Return the report on a file that was not taken; one with a state secret has no name.

    Offices put the subject of a document into the name of its file.
    """
    why = {"code": str(refused.refusal), "where": refused.where}
    if refused.refusal is Refusal.STATE_SECRET:
        file = replace(file, name="")
    nothing = {"how": {}, "hidden_sheets": 0, "unread_sheets": [], "tables": []}
    return {**_about(file), "refusal": why, **nothing}


def counts_of(report: Report) -> dict[str, int]:
    """Return the report in numbers, by name: what a run may tell."""
    counts: Counter[str] = Counter()
    for table in report["tables"]:
        counts[f"{table['form']} received"] += table["received"]
        counts[f"{table['form']} landed"] += table["landed"]
        counts["unknown columns"] += len(table["unknown"])
        for one in table["set_aside"]:
            counts[f"set aside: {one['what']}"] += one["count"]
        for one in table["doubts"]:
            counts[f"doubt: {one['column']}: {one['what']}"] += one["count"]
    return dict(counts)


def _about(file: Delivered) -> dict[str, Any]:
    told = {"name": file.name, "sha256": file.sha256, "size_bytes": file.size_bytes}
    return {"file": told, "agency": file.agency}


def _table(table: Table) -> dict[str, Any]:
    heading = table.heading
    return {
        "sheet": table.sheet.number,
        "form": heading.form.name,
        "title": heading.form.title,
        "header_rows": list(heading.header_rows),
        "columns": [
            {
                "column": letter(place),
                "heading": heading.titles.get(place, ""),
                "name": name,
                "matched": str(heading.matched[place]),
            }
            for place, name in sorted(heading.columns.items())
        ],
        "unknown": [
            {"column": letter(place), "heading": text}
            for place, text in sorted(heading.unknown.items())
        ],
        "missing": list(heading.missing),
        "received": table.received,
        "landed": table.landed,
        **table.passed_over,
        "set_aside": [
            {"column": "", "what": reason, "count": count, "rows": table.rows_of[reason]}
            for reason, count in table.reasons.most_common()
        ],
        "doubts": [*_doubts(table), *_whole_columns(table)],
    }


def _doubts(table: Table) -> Iterator[dict[str, Any]]:
    for doubt, count in table.doubts.most_common():
        column, _, what = doubt.partition(": ")
        yield {"column": column, "what": what, "count": count, "rows": table.rows_of[doubt]}


def _whole_columns(table: Table) -> Iterator[dict[str, Any]]:
    """Yield what the dates of a column tell together."""
    for column, what, count in table.dates.doubts(table.heading.form.dates):
        yield {"column": column, "what": what, "count": count, "rows": []}


def _same_form(table: Mapping[str, Any], earlier: Report | None) -> Mapping[str, Any] | None:
    tables = earlier["tables"] if earlier else []
    same = (one for one in tables if one["form"] == table["form"])
    return next(same, None)


def _drift(before: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any] | None:
    """Say which columns are gone, new or moved; None if the header is as it was."""
    old, new = ([one["name"] for one in table["columns"]] for table in (before, now))
    stayed = [name for name in old if name in new]
    drift = {
        "gone": [name for name in old if name not in new],
        "new": [name for name in new if name not in old],
        "moved": stayed != [name for name in new if name in old],
    }
    return drift if any(drift.values()) else None
