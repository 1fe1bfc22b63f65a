"""Whether a redelivery would lose too much, where nothing is landed that could be counted."""

from collections import Counter

from connectors.filedrop.refusals import FileRefused, Refusal
from connectors.filedrop.report import Report
from warehouse.loading import FEW


def refuse_a_loss(before: Report | None, now: Report | None, most_lost: float) -> None:
    """Return if what was told of two versions leaves enough rows of the earlier one.

    Raises:
        FileRefused: it would lose more than a redelivery may, as the warehouse counts it.
    """
    there = _rows_by_form(now)
    for form, count in _rows_by_form(before).items():
        if count >= FEW and there[form] < count * (1 - most_lost):
            raise FileRefused(Refusal.ROWS_LOST)


def _rows_by_form(report: Report | None) -> Counter[str]:
    rows: Counter[str] = Counter()
    for table in report["tables"] if report else ():
        rows[table["form"]] += table["landed"]
    return rows
