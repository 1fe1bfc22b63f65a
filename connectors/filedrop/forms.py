"""What agencies were asked to list: dossiers and documents, column by column."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from connectors.contract import Pii

FORMS_FILE = Path(__file__).with_name("forms.toml")
#: Columns of a date and of what it may be made of: date_span makes start_date and end_date.
PART = "part"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a form: how it is headed, what it holds, how it points at a person."""

    name: str
    label: str
    kind: str
    pii: Pii
    also: tuple[str, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """Every heading it is known by, the form's own first."""
        return (self.label, *self.also)

    @property
    def landed(self) -> str:
        """Its column in the warehouse: dates are text, as far as they are known."""
        return f"{self.name}_text" if self.kind == "date" else self.name


@dataclass(frozen=True, slots=True)
class Form:
    """One register: what it is called, its columns, and which of them name what a line lists."""

    name: str
    title: str
    names_it: tuple[str, ...]
    columns: Mapping[str, Column]

    @property
    def fields(self) -> tuple[Column, ...]:
        """The columns that land as they are."""
        return tuple(column for column in self.columns.values() if column.kind != PART)

    @property
    def dates(self) -> tuple[str, ...]:
        """The names of its dates."""
        return tuple(column.name for column in self.fields if column.kind == "date")


@cache
def forms() -> Mapping[str, Form]:
    """Return the forms there are, by name."""
    written = tomllib.loads(FORMS_FILE.read_text(encoding="utf-8"))
    return MappingProxyType({name: _form(name, told) for name, told in written.items()})


def _form(name: str, told: Mapping) -> Form:
    columns = {
        column: Column(
            name=column,
            label=about["label"],
            kind=about["kind"],
            pii=Pii(about.get("pii", "none")),
            also=(*about["also"], *([about["element"]] if "element" in about else [])),
        )
        for column, about in told["columns"].items()
    }
    return Form(name, told["title"], tuple(told["names_it"]), MappingProxyType(columns))
