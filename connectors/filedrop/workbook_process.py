"""A process of its own that reads one workbook, for a hostile one ends the process that reads it.

A sheet with something in its first and its last cell is seventeen thousand million cells to the
parser, whose failing allocation aborts. Started by path, it loads nothing of ours.
"""

import json
import math
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine as calamine

MOST_MEMORY = 2 * 1024**3
MOST_SECONDS = 300
LONGEST_LINE = 1 << 20  # characters
LONGEST_NAME = 100
MOST_MERGED = 100_000  # areas; they are told in one line, and kept as long as the sheet is read


def main(path: str, wanted: str, head: str) -> None:
    """Write what sheets there are with their first lines, or all lines of one, as JSON lines."""
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    # The signal of the softer limit tells a file that takes all time from a kill by somebody else.
    resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        _tell(path, int(wanted), int(head))
    except calamine.PasswordError:
        _say({"refused": "password"})
    except (calamine.CalamineError, OSError, ValueError, UnicodeError):
        _say({"refused": "damaged"})
    except MemoryError:
        _say({"refused": "expands"})
    except BaseException as error:  # a panic of the parser is no Exception, and has no public name
        if type(error).__name__ != "PanicException":
            raise
        _say({"refused": "damaged"})
    _say({"end": True})


def _tell(path: str, wanted: int, head: int) -> None:
    book = calamine.CalamineWorkbook.from_path(path)
    for number, about in enumerate(book.sheets_metadata):
        if about.typ != calamine.SheetTypeEnum.WorkSheet or wanted not in (-1, number):
            continue
        is_hidden = about.visible != calamine.SheetVisibleEnum.Visible
        sheet = book.get_sheet_by_name(about.name)
        if len(merged := _merged(sheet)) > MOST_MERGED:
            _say({"refused": "expands"})
            return
        name = about.name[:LONGEST_NAME]
        _say({"sheet": number, "name": name, "hidden": is_hidden, "merged": merged})
        for count, line in enumerate(_lines(sheet), 1):
            if not _is_of_a_register(line):
                _say({"refused": "expands"})
                return
            _say(line)
            if wanted == -1 and count >= head:
                break


def _lines(sheet: calamine.CalamineSheet) -> Iterator[tuple[int, list[Any]]]:
    """Yield lines that hold something, numbered as the spreadsheet does."""
    left = (sheet.start or (0, 0))[1]  # empty lines above are given, empty columns before are not
    for number, cells in enumerate(sheet.iter_rows(), 1):
        if any(cell not in ("", None) for cell in cells):
            yield number, [None] * left + [_cell(cell) for cell in cells]


def _is_of_a_register(line: tuple[int, list[Any]]) -> bool:
    """Say whether a line fits into who asked: one text may be that of sixteen thousand cells."""
    return sum(len(cell) for cell in line[1] if isinstance(cell, str)) <= LONGEST_LINE


def _merged(sheet: calamine.CalamineSheet) -> list[tuple[int, int, int, int]]:
    """Return areas over several lines; those within one fill nothing."""
    areas = sheet.merged_cell_ranges or []
    return [(a[0] + 1, b[0] + 1, a[1], b[1]) for a, b in areas if b[0] > a[0]]


def _cell(cell: Any) -> Any:
    if cell == "":
        return None
    if isinstance(cell, date | datetime):
        return {"at": cell.isoformat()}
    if isinstance(cell, time | timedelta):
        return str(cell)
    if isinstance(cell, float) and not math.isfinite(cell):
        return "#NUM!"  # as a spreadsheet shows it; no number of ours can be made of it
    return cell


def _say(what: Any) -> None:
    sys.stdout.write(json.dumps(what) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
