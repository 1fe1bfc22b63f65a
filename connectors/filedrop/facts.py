"""What is doubtful about a line that lands all the same: its cells contradict one another."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from connectors.filedrop.names import marked, plain

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])", re.ASCII)
_SIGNS = re.compile(r"[\W_]+")
DIGITISED = ("02", "03")
NO_SECRET = frozenset(
    {"", "thuong", "binh thuong", "khong", "khong mat", "khong co", "khong co do mat", "false"}
)
_NOUGHT = re.compile("0+( 0+)?", re.ASCII)  # a workbook's 0 is 0.0, whose point is no letter
DEGREES = frozenset({"mật", "tối mật", "tuyệt mật"})
LONGEST_DEGREE = 40  # characters looked at
SECRET_MODES = (["03"], ["3"])  # by their code, whatever follows it


def dossier_facts(row: Mapping[str, Any]) -> Iterator[str]:
    """Name what is doubtful about a dossier."""
    start, end = row["start_date_text"], row["end_date_text"]
    if start and end and start[: len(end)] > end[: len(start)]:
        yield "end_date: before the start"
    yield from _year_of_code("dossier_code", row["dossier_code"], start, end)
    if row["confidence_level_code"] in DIGITISED and not row["paper_file_code"]:
        yield "paper_file_code: missing though digitised"


def document_facts(row: Mapping[str, Any]) -> Iterator[str]:
    """Name what is doubtful about a document."""
    date = row["issued_date_text"]
    yield from _year_of_code("document_number", row["document_number"], date, date)
    name, code = row["file_name"], row["document_code"]
    # Names are given by the document's code, or by its dossier's and a number.
    if name and code and not _agrees(_stem(name), code, row["dossier_code"]):
        yield "file_name: differs from the code"


def is_secret(sent: Mapping[str, Any]) -> bool:
    """Say whether a line is about a state secret; a degree nobody knows is taken for one."""
    degree, mode = (plain(str(sent.get(name, ""))) for name in ("secrecy", "access_mode_code"))
    words = mode.replace("khong mat", "").split()
    is_degree = degree not in NO_SECRET and not _NOUGHT.fullmatch(degree)
    return is_degree or "mat" in words or words[:1] in SECRET_MODES


def bears_degree(text: str) -> bool:
    """Say whether a cell outside of any column says that all of it is a secret, as a stamp does."""
    return marked(text[:LONGEST_DEGREE]).removeprefix("độ mật ") in DEGREES


def _year_of_code(
    column: str, code: str | None, start: str | None, end: str | None
) -> Iterator[str]:
    """Say so if a code names years and none of them lies within what the line is about."""
    years = {int(year) for year in _YEAR.findall(code or "")}
    known = [int(date[:4]) for date in (start, end) if date]
    # A dossier is closed, and its code given, in the year after its work ended at the latest.
    if known and years and not any(min(known) <= year <= max(known) + 1 for year in years):
        yield f"{column}: another year than the dates"


def _agrees(stem: str, code: str, dossier: str | None) -> bool:
    if _signs(stem) == _signs(code):
        return True
    return bool(dossier) and _signs(stem).startswith(_signs(str(dossier)))


def _stem(name: str) -> str:
    """Return a file's name without folders and ending, whatever system wrote it."""
    return PurePosixPath(PureWindowsPath(name).name).stem


def _signs(text: str) -> str:
    return _SIGNS.sub("", text).casefold()


FACTS = {"dossiers": dossier_facts, "documents": document_facts}
