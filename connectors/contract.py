"""What we agreed with a registry's owner: the fields, their types, and why we may read them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
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


@dataclass(frozen=True, slots=True)
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
        rest = dict(item)
        row: dict[str, Any] = {}
        misread = []
        for field in self.fields:
            try:
                row[field.column] = _value(field, rest)
            except Unreadable as oddity:
                if field.is_required:
                    return Reading(None, f"{field.column}: {oddity}")
                row[field.column] = field.absent
                misread.append(f"{field.column}: {oddity}")
            else:
                rest.pop(field.sent_as, None)
        if not is_storable(rest):
            return Reading(None, "holds what a database cannot store")
        row["_extra"] = rest
        return Reading(row, None, tuple(misread), self._unknown(rest))

    def _unknown(self, rest: Mapping[str, Any]) -> tuple[str, ...]:
        """Name fields the contract does not know; a name that could be a value is not repeated."""
        known = {field.sent_as for field in self.fields}
        return tuple(
            name if NAME_OF_A_FIELD.fullmatch(name) else "(unprintable name)"
            for name in rest
            if name not in known
        )


def _value(field: Field, sent: Mapping[str, Any]) -> Any:
    value = sent.get(field.sent_as)
    if value is None or value == "":
        if field.is_required:
            raise Unreadable("missing")
        return field.absent
    return field.read(value)
