"""Fields of a document with a model's answers where the rules found none, or hardly any.

An answer counts only where it stands in the text as read, which gives it a page, a box and its
spelling. It is never accepted: a person has the last word. A value that the rules found stays
unless it is more likely wrong than right.
"""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from ocr_assets.ask.answers import ASKED
from ocr_assets.ask.placing import place_of
from ocr_assets.extract.confidence import judged
from ocr_assets.extract.derived import derived_from
from ocr_assets.extract.field import Field, Finding
from ocr_assets.extract.kind import type_in
from ocr_assets.extract.letters import clean, packed
from ocr_assets.extract.strips import strips_of
from ocr_assets.reading import PageReading

METHOD = "model:"
_DOUBTFUL = 0.5  # confidence is calibrated: below it a value is more likely wrong than right
_SCORE = 0.5  # a model's word is worth a coin's toss until somebody has measured it
_LONGEST = 12_000  # letters of a document that are sent: its head, and its end


class FieldReader(Protocol):
    """What can be asked for fields."""

    model: str

    def ask(self, text: str, wanted: Sequence[str]) -> dict[str, str]:
        """Return values by field; raise ``FieldsSilent`` where no usable answer came."""


@dataclass(frozen=True, slots=True)
class Completion:
    """The fields as they are now, and how many answers were taken and how many stood nowhere."""

    fields: Mapping[str, Field]
    taken: int = 0
    unfounded: int = 0


def gaps(fields: Mapping[str, Field]) -> list[str]:
    """Return the fields worth asking for: those missing, and those more likely wrong than right."""
    return [
        name
        for name in ASKED
        if (found := fields.get(name)) is None
        or (not found.accepted and found.confidence < _DOUBTFUL)
    ]


def completed(
    readings: Sequence[PageReading], fields: Mapping[str, Field], reader: FieldReader
) -> Completion:
    """Return ``fields`` with what ``reader`` found of its gaps; nothing is asked where none is.

    Raises:
        FieldsSilent: no usable answer came; the fields are what they were.
    """
    wanted = gaps(fields)
    text = "\n\n".join(reading.text for reading in readings)
    if not wanted or not text.strip():
        return Completion(fields)
    said = reader.ask(_shortened(text), wanted)
    pages = [strips_of(reading) for reading in readings]
    found: dict[str, Field] = {}
    unfounded = 0
    for name, value in said.items():
        place = place_of(name, _visible(value), pages)
        if place is None:
            unfounded += 1
            continue
        spelling = _named(name, place.spelling)
        if name not in fields or _differ(name, fields[name].value, spelling):
            finding = Finding(
                spelling, place.strips, METHOD + reader.model, _SCORE, is_doubtful=True
            )
            found[name] = judged(name, finding)
    return Completion(_joined(fields, found), len(found), unfounded)


def _named(name: str, spelling: str) -> str:
    """Return a type by its name in the list, "Quyết định" for QUYẾT ĐỊNH; all else as it stands."""
    known = type_in(spelling) if name == "type" else None
    return known[0] if known else spelling


def _joined(fields: Mapping[str, Field], found: Mapping[str, Field]) -> dict[str, Field]:
    """Return all fields; what follows from a value that was replaced follows from the new one."""
    if not found:
        return dict(fields)
    derived = {field.name for field in derived_from(fields)}
    whole = {name: field for name, field in fields.items() if name not in derived} | dict(found)
    return whole | {field.name: field for field in derived_from(whole)}


def _differ(name: str, left: str, right: str) -> bool:
    """Return whether two values say different things; in a number every separator does."""
    if name == "number":
        return "".join(left.split()).casefold() != "".join(right.split()).casefold()
    return packed(left) != packed(right)


def _visible(value: str) -> str:
    """Return a value without control characters, which have no place in one."""
    return clean("".join(c for c in value if c.isspace() or unicodedata.category(c)[0] != "C"))


def _shortened(text: str) -> str:
    """Return what tells the fields: how a document begins, and how it ends."""
    half = _LONGEST // 2
    return text if len(text) <= _LONGEST else f"{text[:half]}\n…\n{text[-half:]}"
