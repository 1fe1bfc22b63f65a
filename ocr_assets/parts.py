"""What a stack of documents comes apart into. Light to import: telling of it needs no engine."""

from dataclasses import dataclass
from pathlib import Path

from ocr_assets.outcome import Reason


@dataclass(frozen=True, slots=True)
class Part:
    """One document of a stack: its pages, from 1, and where it was cut out to, if it was."""

    number: int
    first_page: int
    last_page: int
    opened_by: str = "none"
    dossier_code: str | None = None
    path: Path | None = None
    sha256: str | None = None
    size_bytes: int | None = None


@dataclass(frozen=True, slots=True)
class Stack:
    """What was found in a stack; ``reason`` says why it was not cut, ``parts`` what was seen."""

    pages: int = 0
    separator_pages: int = 0
    parts: tuple[Part, ...] = ()
    reason: Reason | None = None
