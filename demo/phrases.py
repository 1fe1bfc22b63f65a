"""Clerical sentences for the sample documents, written for this project, in ``phrases.txt``.

Slots: ``{topic}`` the matter, ``{area}`` where, ``{year}`` the year, ``{day}`` a deadline, ``{n}``
and ``{p}`` a count and a percentage, ``{unit}`` the body in charge, ``{decree}`` the decree on
clerical work in force that day.
"""

from pathlib import Path

Bank = tuple[str, ...]


def _book() -> dict[str, Bank]:
    text = Path(__file__).with_name("phrases.txt").read_text(encoding="utf-8")
    sections = (section.split("\n", 1) for section in text.split("\n["))
    return {
        name.strip("[]"): tuple(line for line in lines.split("\n") if line)
        for name, lines in sections
    }


BOOK = _book()
GROUNDS, PARTY_GROUNDS = BOOK["grounds"], BOOK["party_grounds"]
OPENINGS, CLOSINGS = BOOK["openings"], BOOK["closings"]
GOALS, TASKS = BOOK["goals"], BOOK["tasks"]
RESULTS, SHORTCOMINGS = BOOK["results"], BOOK["shortcomings"]


def clerical_decree(issued: str) -> str:
    """Return the decree on clerical work a document of that ISO day would cite."""
    if issued < "2020-03-05":
        return "Nghị định số 110/2004/NĐ-CP ngày 08 tháng 4 năm 2004"
    return "Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020"
