"""Which line names the columns, and what each of them is called: the header found, not assumed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from connectors.filedrop.candidates import Candidate, Convert, Name, candidates
from connectors.filedrop.forms import Form, forms
from connectors.filedrop.mapping import Declared
from connectors.filedrop.names import Names, marked, plain
from connectors.filedrop.sheet import Line

FEWEST = 3  # columns a line must name to be a header


class Match(StrEnum):
    """How a column was recognized."""

    EXACT = "exact"
    SYNONYM = "synonym"
    DECLARED = "declared"
    POSITION = "position"


@dataclass(frozen=True, slots=True, repr=False)
class Heading:
    """A header as it was understood: columns by their place in the line."""

    form: Form
    header_rows: tuple[int, ...]
    columns: Mapping[int, str]
    matched: Mapping[int, Match]
    titles: Mapping[int, str]
    marked: int  # how many headings are right to the last mark, which tells codes of letters apart

    @property
    def last_row(self) -> int:
        """The last line of the header; a register begins below."""
        return self.header_rows[-1]

    @property
    def unknown(self) -> dict[int, str]:
        """Headed columns that are none of the form's."""
        return {place: text for place, text in self.titles.items() if place not in self.columns}

    @property
    def missing(self) -> tuple[str, ...]:
        """Columns of the form that are not there."""
        there = set(self.columns.values())
        return tuple(name for name in self.form.columns if name not in there)

    @property
    def rank(self) -> tuple[int, int, int, int]:
        """What a better reading of the same lines has more of; the earlier header wins a tie.

        So does one line over two: what stands above a header can be about anybody.
        """
        return len(self.columns), self.marked, -self.last_row, -len(self.header_rows)


def find(
    head: Sequence[Line], declared: Mapping[str, Declared], convert: Convert | None = None
) -> Heading | None:
    """Return the best header of any form in these lines; None if no line is one."""
    found: list[Heading] = []
    for form in forms().values():
        given = declared.get(form.name, Declared())
        if given.columns:
            found += _placed(form, given, head)
            continue
        for candidate in candidates(head, convert):
            found += _read(form, given, candidate)
    return max(found, key=lambda heading: heading.rank, default=None)


def _read(form: Form, given: Declared, candidate: Candidate) -> Iterator[Heading]:
    """Yield the header that lines are, if they are one of this form."""
    known = _known(form, given)
    columns: dict[int, str] = {}
    matched: dict[int, Match] = {}
    called: dict[int, str] = {}
    for table, how in known:
        for place, possible in candidate.names.items():
            name = next((one.text for one in possible if one.text in table), None)
            if name and place not in columns and table[name] not in columns.values():
                columns[place], matched[place], called[place] = table[name], how, name
    if len(columns) < FEWEST or not set(form.names_it) & set(columns.values()):
        return
    of_columns = [name for place in columns for name in candidate.names[place]]
    known_names = [name for name in of_columns if any(name.text in table for table, _ in known)]
    yield Heading(
        form,
        candidate.rows,
        _whole_dates(columns, form),
        matched,
        candidate.titles(called, {cell for name in known_names for cell in name.cells}),
        marked=_marked(form, (candidate.names[place] for place in columns)),
    )


def _marked(form: Form, columns: Iterable[Sequence[Name]]) -> int:
    """Count the headings that are right to the last mark; one without marks tells nothing."""
    exactly = {
        heading
        for column in form.columns.values()
        for heading in map(marked, column.headings)
        if not heading.isascii()
    }
    return sum(any(marked(name.text) in exactly for name in names) for names in columns)


def _known(form: Form, given: Declared) -> tuple[tuple["Names", Match], ...]:
    """Return what headings mean, the surest first."""
    columns = form.columns.values()
    return (
        (Names({column.name: (column.label,) for column in columns}, marked), Match.EXACT),
        (Names(given.headings, plain), Match.DECLARED),
        (Names({column.name: column.headings for column in columns}, plain), Match.SYNONYM),
    )


def _whole_dates(columns: Mapping[int, str], form: Form) -> dict[int, str]:
    """Return columns where a day that has neither month nor year beside it is a whole date."""
    there = set(columns.values())
    alone = {
        f"{name}_day": name
        for name in form.dates
        if not there & {name, f"{name}_month", f"{name}_year"}
    }
    return {place: alone.get(column, column) for place, column in columns.items()}


def _placed(form: Form, given: Declared, head: Sequence[Line]) -> Iterator[Heading]:
    """Yield the header that was declared by place, if lines are wide enough for it."""
    widest = max(given.columns)
    if any(number >= given.first_row and len(cells) > widest for number, cells in head):
        how = dict.fromkeys(given.columns, Match.POSITION)
        yield Heading(form, (given.first_row - 1,), dict(given.columns), how, {}, 0)
