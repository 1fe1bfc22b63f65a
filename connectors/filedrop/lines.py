"""Lines of a sheet as a register has them: merged areas filled, headers repeated left out."""

import re
from collections import deque
from collections.abc import Iterator, Mapping

from connectors.filedrop.heading import FEWEST, Heading
from connectors.filedrop.names import plain
from connectors.filedrop.sheet import Cell, Line, Sheet, is_blank

Area = tuple[int, int, Cell]  # first and last line, and what stands in it
_NUMBERED = re.compile(r"\(?([0-9]{1,2})\)?(?:\.0)?", re.ASCII)


class Lines:
    """The lines below a header; afterwards, how many were passed over."""

    def __init__(self, sheet: Sheet, heading: Heading) -> None:
        """Read ``sheet`` from below ``heading``."""
        self._sheet, self._heading = sheet, heading
        self._titles = {place: plain(text) for place, text in heading.titles.items()}
        self.repeated_headers = 0
        self.filled_from_merged = 0

    def __iter__(self) -> Iterator[Line]:
        """Yield lines that list something, or should."""
        below = (area for area in self._sheet.merged if area[0] > self._heading.last_row)
        areas = deque(sorted(below))
        # One of a column at a time, as in any sheet that was not made to keep us busy.
        open_areas: dict[int, Area] = {}
        for number, cells in self._sheet.lines():
            if number <= self._heading.last_row:
                continue
            open_areas = {left: area for left, area in open_areas.items() if area[1] >= number}
            while areas and areas[0][0] <= number:
                first, last, left, _ = areas.popleft()
                if last > first == number and left < len(cells):
                    open_areas[left] = (first, last, cells[left])
            if self._is_header_again(cells):
                self.repeated_headers += 1
                continue
            yield number, self._filled(number, cells, open_areas)

    def _filled(self, number: int, cells: list[Cell], areas: Mapping[int, Area]) -> list[Cell]:
        """Return cells with what a merged area says of them: it is one value for all its lines."""
        for left, (first, _, value) in areas.items():
            if (
                first < number
                and left < len(cells)
                and is_blank(cells[left])
                and not is_blank(value)
            ):
                cells[left] = value
                self.filled_from_merged += 1
        return cells

    def _is_header_again(self, cells: list[Cell]) -> bool:
        """Say whether a line repeats the header, as on a new page, or numbers the columns."""
        there = [(place, str(cell)) for place, cell in enumerate(cells) if not is_blank(cell)]
        if len(there) < FEWEST:
            return False
        if _NUMBERED.fullmatch(there[0][1].strip()):
            numbers = [_NUMBERED.fullmatch(text.strip()) for _, text in there]
            return [int(n[1]) if n else 0 for n in numbers] == list(range(1, len(there) + 1))
        same = (plain(text) == self._titles.get(place) for place, text in there)
        return next(same) and sum(same) * 2 >= len(there)
