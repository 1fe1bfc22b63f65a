"""What we agreed with a registry's owner: the fields, their types, and why we may read them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType
from typing import Any

from connectors.kinds import Unreadable, is_storable

NAME_OF_A_FIELD = re.compile(r"[A-Za-z_]{1,64}")


class Pii(StrEnum):
    """How a field points at a person."""

    NONE = "none"
    INDIRECT = "indirect"
    DIRECT = "direct"


@dataclass(frozen=True, slots=True)
class Field:
    """One column: what the registry calls it, what it is, and how it points at a person."""

    column: str
    sent_as: str
    read: Callable[[Any], Any]
    pii: Pii
    is_required: bool = False
    absent: Any = None


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """One item read: its columns, or the reason there are none, and what was odd about it."""

    row: Mapping[str, Any] | None
    reason: str | None = None
    misread: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True)
class Contract:
    """One entity of one registry, as agreed with its owner."""

    entity: str
    owner: str
    key: str
    fields: tuple[Field, ...]
    cadence: str
    purpose: str
    legal_basis: str

    @property
    def pii(self) -> Mapping[str, Pii]:
        """Return how each column points at a person."""
        return MappingProxyType({field.column: field.pii for field in self.fields})

    def read(self, item: Any) -> Reading:
        """Turn one item into typed columns; what has no column stays, as sent, in ``_extra``.

        A required field that cannot be read costs the item; any other only its own column.
        """
        if not isinstance(item, dict):
            return Reading(None, "not an object")
        row: dict[str, Any] = {}
        misread: dict[str, str] = {}
        for field in self.fields:
            try:
                row[field.column] = _value(field, item)
            except Unreadable as oddity:
                if field.is_required:
                    return Reading(None, f"{field.column}: {oddity}")
                row[field.column] = field.absent
                misread[field.sent_as] = f"{field.column}: {oddity}"
        unknown = [name for name in item if name not in self._known]
        left = {*unknown, *misread}
        row["_extra"] = {name: item[name] for name in item if name in left}
        if not is_storable(row["_extra"]):
            return Reading(None, "holds what a database cannot store")
        return Reading(row, None, tuple(misread.values()), tuple(map(_printable, unknown)))

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(field.sent_as for field in self.fields)


def _printable(name: str) -> str:
    """Return a field's name; one that could be a value is not repeated."""
    return name if NAME_OF_A_FIELD.fullmatch(name) else "(unprintable name)"


def _value(field: Field, sent: Mapping[str, Any]) -> Any:
    value = sent.get(field.sent_as)
    if value is None or value == "":
        if field.is_required:
            raise Unreadable("missing")
        return field.absent
    return field.read(value)
