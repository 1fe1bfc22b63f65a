"""Which line names the columns, and what each of them is called: the header found, not assumed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from connectors.filedrop.forms import Form, forms
from connectors.filedrop.mapping import Declared
from connectors.filedrop.names import Names, marked, plain
from connectors.filedrop.sheet import Cell, Line, is_blank

FEWEST = 3  # columns a line must name to be a header
LONGEST = 120  # characters; a longer text is none
WIDEST = 500  # columns looked at; comparing those of a hostile line takes hours
Convert = Callable[[str], str]


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
    def rank(self) -> tuple[int, int, int]:
        """What a better reading of the same lines has more of; the earlier header wins a tie."""
        return len(self.columns), self.marked, -self.last_row


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
        for names, rows in _candidates(head, convert):
            found += _read(form, given, names, rows)
    return max(found, key=lambda heading: heading.rank, default=None)


def _candidates(
    head: Sequence[Line], convert: Convert | None
) -> Iterator[tuple[dict[int, list[str]], tuple[int, ...]]]:
    """Yield lines that could be a header, one or two together, as possible names by place."""
    texts = [(number, [_text(cell, convert) for cell in cells[:WIDEST]]) for number, cells in head]
    for at, (number, upper) in enumerate(texts):
        yield {place: [text] for place, text in enumerate(upper) if text}, (number,)
        if at + 1 < len(texts):
            below, lower = texts[at + 1]
            yield _joined(upper, lower), (number, below)


def _joined(upper: Sequence[str], lower: Sequence[str]) -> dict[int, list[str]]:
    """Return names over two lines: a heading spread over several columns is heading to each."""
    names: dict[int, list[str]] = {}
    over = ""
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else ""
        below = lower[place] if place < len(lower) else ""
        over = above or (over if below else "")
        both = [f"{over} {below}".strip(), below] if below else [above]
        if any(both):
            names[place] = [name for name in both if name]
    return names


def _read(
    form: Form, given: Declared, names: Mapping[int, list[str]], rows: tuple[int, ...]
) -> Iterator[Heading]:
    """Yield the header these names are, if they are one of this form."""
    known = _known(form, given)
    columns: dict[int, str] = {}
    matched: dict[int, Match] = {}
    for table, how in known:
        for place, possible in names.items():
            column = next((table[name] for name in possible if name in table), None)
            if column and place not in columns and column not in columns.values():
                columns[place], matched[place] = column, how
    if len(columns) < FEWEST or not set(form.names_it) & set(columns.values()):
        return
    # Without marks a heading tells nothing of the code of its letters.
    exactly = {
        heading
        for column in form.columns.values()
        for heading in map(marked, column.headings)
        if not heading.isascii()
    }
    titles = {place: possible[0] for place, possible in names.items()}
    yield Heading(
        form,
        rows,
        _whole_dates(columns, form),
        matched,
        titles,
        marked=sum(any(marked(n) in exactly for n in names[place]) for place in columns),
    )


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


def _text(cell: Cell, convert: Convert | None) -> str:
    if is_blank(cell):
        return ""
    text = " ".join(str(cell)[:LONGEST].split())
    return convert(text) if convert else text
