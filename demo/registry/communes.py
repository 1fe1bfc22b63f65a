"""Where invented enterprises sit: commune codes in force, and some that are not any more."""

import csv
from dataclasses import dataclass
from pathlib import Path

OLD = {"no", "false", "0"}


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune-level unit; ``is_current`` is false for a code before July 2025."""

    code: str
    name: str
    is_current: bool = True


A_FEW = (
    Commune("00004", "Phường Ba Đình"),
    Commune("00008", "Phường Ngọc Hà"),
    Commune("00097", "Phường Hồng Hà"),
    Commune("00001", "Phường Phúc Xá", is_current=False),
    Commune("00007", "Phường Cống Vị", is_current=False),
)


def read_communes(path: Path) -> tuple[Commune, ...]:
    """Read a CSV with ``commune_code`` and, if known, ``commune_name`` and ``is_current``."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        communes = tuple(
            Commune(
                row["commune_code"],
                row.get("commune_name") or "",
                is_current=(row.get("is_current") or "yes").lower() not in OLD,
            )
            for row in csv.DictReader(file)
        )
    if not any(commune.is_current for commune in communes):
        raise ValueError(f"{path.name} names no commune in force")
    return communes
