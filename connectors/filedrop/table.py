"""One sheet of a register on its way to the warehouse: rows, and afterwards what was found."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

from connectors.dead_letters import DeadLetters
from connectors.filedrop import partial_dates
from connectors.filedrop.candidates import Convert
from connectors.filedrop.cells import KINDS, Value, date_of_parts
from connectors.filedrop.date_signs import DateSigns
from connectors.filedrop.facts import FACTS, is_secret
from connectors.filedrop.heading import Heading
from connectors.filedrop.lines import Lines
from connectors.filedrop.old_codes import is_unicode
from connectors.filedrop.refusals import FileRefused, Refusal
from connectors.filedrop.sheet import Cell, Sheet, as_sent, is_blank, letter
from connectors.kinds import Unreadable, is_storable
from connectors.record import Record

SHOWN_ROWS = 20  # numbers of rows a report names for each kind of doubt


class Table:
    """Rows of one sheet by one header; iterating reads the file, and again reads it anew."""

    def __init__(
        self, sheet: Sheet, heading: Heading, agency: str, convert: Convert | None = None
    ) -> None:
        """Read what stands below ``heading``; ``convert`` turns old codes of letters to Unicode."""
        self.sheet, self.heading, self.agency = sheet, heading, agency
        self._convert = convert
        self._lines = Lines(sheet, heading)
        self._count_anew()

    def _count_anew(self) -> None:
        self._lines = Lines(self.sheet, self.heading)
        self.received = self.landed = 0
        self.reasons: Counter[str] = Counter()
        self.doubts: Counter[str] = Counter()
        self.rows_of: defaultdict[str, list[int]] = defaultdict(list)
        self.dates = DateSigns()
        self.letters = DeadLetters()

    @property
    def passed_over(self) -> dict[str, int]:
        """How many lines repeat the header, and how many cells a merged area filled."""
        return {
            "repeated_headers": self._lines.repeated_headers,
            "filled_from_merged": self._lines.filled_from_merged,
        }

    def __iter__(self) -> Iterator[Record]:
        """Yield each line as a row; what cannot be one is set aside.

        Raises:
            FileRefused: a line is a state secret, the file falls apart here, or its cells do not
                belong to their headings.
        """
        self._count_anew()
        for number, cells in self._lines:
            self.received += 1
            row = self._row(number, cells)
            if row is not None:
                self.landed += 1
                yield Record(f"{self.sheet.number}:{number}", row)
        if shifted := list(self.dates.shifted(self.heading.form.dates)):
            raise FileRefused(Refusal.COLUMNS_SHIFTED, ", ".join(shifted))

    def dead_letters(self) -> Iterator[Mapping[str, Any]]:
        """Yield what was set aside, as sent; complete once the last row was taken."""
        place = {"agency_code": self.agency, "sheet_number": self.sheet.number}
        for sent in self.letters:
            about = {"row_number": sent["item_ordinal"], "reason": sent["reason"]}
            yield {**place, **about, "item": sent["item"]}

    def _row(self, number: int, cells: list[Cell]) -> dict[str, Any] | None:
        sent, rest = self._by_column(cells)
        if is_secret(sent):
            raise FileRefused(Refusal.STATE_SECRET, f"row {number}")
        reason = self._why_not(sent, cells)
        if reason:
            self._set_aside(number, reason, sent | rest)
            return None
        row, doubts = self._values(sent, rest)
        if not any(row[name] for name in self.heading.form.names_it):
            reason = "what names it cannot be read"
        elif not is_storable(rest):
            reason = "holds what a database cannot store"
        if reason:
            self._set_aside(number, reason, sent | rest)
            return None
        doubts += list(FACTS[self.heading.form.name](row))
        doubts += self._mixed(cells)
        for doubt in doubts:
            self.doubts[doubt] += 1
            if len(self.rows_of[doubt]) < SHOWN_ROWS:
                self.rows_of[doubt].append(number)
        place = {"agency_code": self.agency, "sheet_number": self.sheet.number}
        known = {"doubts": sorted(doubts) or None, "_extra": rest}
        return {**place, "row_number": number, **row, **known}

    def _by_column(self, cells: list[Cell]) -> tuple[dict[str, Cell], dict[str, Any]]:
        """Return the cells of known columns by name, and those of others by their heading."""
        sent: dict[str, Cell] = {}
        rest: dict[str, Any] = {}
        for place, cell in enumerate(cells):
            if is_blank(cell):
                continue
            value = self._convert(cell) if self._convert and isinstance(cell, str) else cell
            if place in self.heading.columns:
                sent[self.heading.columns[place]] = value
            else:
                heading = self.heading.titles.get(place)
                rest[f"{letter(place)}: {heading}" if heading else letter(place)] = as_sent(value)
        return sent, rest

    def _mixed(self, cells: list[Cell]) -> list[str]:
        """Name cells in Unicode among old codes: which of the others are, nobody can tell."""
        if not self._convert:
            return []
        columns = self.heading.columns
        return [
            f"{columns[place]}: letters_mixed"
            for place, cell in enumerate(cells)
            if place in columns and isinstance(cell, str) and is_unicode(cell)
        ]

    def _why_not(self, sent: Mapping[str, Cell], cells: list[Cell]) -> str | None:
        """Say why a line is none of the register's, by what is in it and what is not."""
        widest = max((*self.heading.titles, *self.heading.columns))
        if any(not is_blank(cell) for cell in cells[widest + 1 :]):
            return "more cells than the header has: a line that was shifted"
        if not set(self.heading.form.names_it) & set(sent):
            return "neither a number nor a title: nothing says what it lists"
        if len(set(sent) - {"ordinal"}) < 2:
            return "a single cell: a heading, a sum or a signature"
        return None

    def _values(
        self, sent: Mapping[str, Cell], rest: dict[str, Any]
    ) -> tuple[dict[str, Any], list[str]]:
        """Return the row's columns and what is doubtful; what cannot be read stays in ``rest``."""
        row: dict[str, Any] = {}
        doubts: list[str] = []
        for column in self.heading.form.fields:
            try:
                value = self._value(column.name, column.kind, sent)
                oddity = None
            except Unreadable as unreadable:
                value, oddity = None, str(unreadable)
                doubts.append(f"{column.name}: {oddity}")
                self._keep(column.name, sent, rest)
            row[column.landed] = value.value if value else None
            if column.kind == "date" and (value or oddity):
                self.dates.see(column.name, sent.get(column.name), row[column.landed], oddity)
            if value and value.doubt:
                doubts.append(f"{column.name}: {value.doubt}")
        return row, doubts

    def _value(self, name: str, kind: str, sent: Mapping[str, Cell]) -> Value | None:
        if kind == "date" and name not in sent:
            if name in ("start_date", "end_date") and "date_span" in sent:
                ends = partial_dates.span(sent["date_span"])
                return KINDS["date"](ends[name == "end_date"])
            return date_of_parts(sent, name)
        return KINDS[kind](sent[name]) if name in sent else None

    def _keep(self, name: str, sent: Mapping[str, Cell], rest: dict[str, Any]) -> None:
        """Keep as sent what could not be read: the cell, or those a date is made of."""
        parts = (name, "date_span", *(f"{name}_{part}" for part in ("day", "month", "year")))
        rest |= {part: as_sent(sent[part]) for part in parts if part in sent}

    def _set_aside(self, number: int, reason: str, item: Mapping[str, Any]) -> None:
        self.reasons[reason] += 1
        if len(self.rows_of[reason]) < SHOWN_ROWS:
            self.rows_of[reason].append(number)
        self.letters.put(number, reason, {name: as_sent(cell) for name, cell in item.items()})
