"""What an agency's own headings mean: declared in a file that people edit, beside agencies.csv.

[[mapping]]
agency = "H26.01.02"           # or "*": every agency
form = "documents"
headings = { document_number = ["Số CV đi"] }
columns = { A = "ordinal", B = "document_number" }   # by place, where no header helps
first_row = 5                                        # then: the first line below the header
"""

import hashlib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from connectors.errors import ContractBroken
from connectors.filedrop.forms import FORMS_FILE, forms
from connectors.filedrop.sheet import column_of

MAPPING_NAME = "filedrop.toml"
#: Raised whenever the code reads the same file otherwise than before: known files are read anew.
RULES = b"4"
_KEYS = {"agency", "form", "headings", "columns", "first_row"}


@dataclass(frozen=True, slots=True)
class Declared:
    """What was declared for one agency and form."""

    headings: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    columns: Mapping[int, str] = field(default_factory=dict)
    first_row: int = 0


@dataclass(frozen=True, slots=True)
class Mappings:
    """All that was declared, and a name that changes with it, the forms, or how they are read."""

    version: str
    declared: Mapping[tuple[str, str], Declared]

    def of(self, agency: str, form: str) -> Declared:
        """Return what holds for an agency's form: its own word over that for every agency."""
        own = self.declared.get((agency, form), Declared())
        shared = self.declared.get(("*", form), Declared())
        headings = {**shared.headings}
        for name, more in own.headings.items():
            headings[name] = (*more, *headings.get(name, ()))
        placed = own if own.columns else shared
        return Declared(headings, placed.columns, placed.first_row)


def read_mappings(path: Path | None = None) -> Mappings:
    """Read what was declared; without a file there is nothing.

    Raises:
        ContractBroken: the file cannot be read, or names a form or column that there is none of.
    """
    content = path.read_bytes() if path is not None and path.is_file() else b""
    rules = b"\0".join((RULES, FORMS_FILE.read_bytes(), content))
    version = hashlib.sha256(rules).hexdigest()[:12]
    try:
        written = tomllib.loads(content.decode("utf-8-sig"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise ContractBroken(f"{MAPPING_NAME} is not TOML in UTF-8; correct it") from None
    declared = {}
    for number, entry in enumerate(written.get("mapping", []), 1):
        key = (str(entry.get("agency", "")), str(entry.get("form", "")))
        declared[key] = _declared(entry, f"{MAPPING_NAME}, mapping {number}")
    return Mappings(version, declared)


def _declared(entry: Mapping[str, Any], where: str) -> Declared:
    form = forms().get(entry.get("form", ""))
    if form is None or not entry.get("agency") or set(entry) - _KEYS:
        known = ", ".join(sorted(_KEYS))
        raise ContractBroken(f"{where}: needs an agency and a known form, and knows only {known}")
    headings, columns = entry.get("headings", {}), entry.get("columns", {})
    for name in (*headings, *columns.values()):
        if name not in form.columns:
            raise ContractBroken(f"{where}: {form.name} has no column {name}")
    if any(not re.fullmatch("[A-Za-z]{1,3}", place) for place in columns):
        raise ContractBroken(f"{where}: columns are named by their letters, A to XFD")
    if bool(columns) != bool(entry.get("first_row")):
        raise ContractBroken(f"{where}: columns and first_row go together")
    return Declared(
        {name: tuple(more) for name, more in headings.items()},
        {column_of(place): name for place, name in columns.items()},
        int(entry.get("first_row", 0)),
    )
