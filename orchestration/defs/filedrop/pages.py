"""The pages that go back to agencies, one a version of a register, named by its digest."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

from connectors.filedrop.page import page
from connectors.filedrop.report import Report

FOLDER = "drop"  # below that of all reports
NOBODYS = "no-agency"


@dataclass(frozen=True, slots=True)
class Pages:
    """The folder of pages, one folder an agency below it."""

    folder: Path

    def show(self, report: Report) -> None:
        """Write the report where it can be sent from: for people, and as data."""
        html, data = self._files(report["agency"], report["file"]["sha256"])
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        for folder in (self.folder, html.parent):
            folder.mkdir(exist_ok=True)
            folder.chmod(0o700)  # names of files are an agency's own
        _write(html, page(report))
        _write(data, json.dumps(report, ensure_ascii=False, indent=1))

    def has(self, agency: str, sha256: str) -> bool:
        """Say whether the page of a version is there."""
        return all(file.is_file() for file in self._files(agency, sha256))

    def remove(self, agency: str, sha256: str) -> None:
        """Take a page away: its file has to be forgotten, and its name stands on it."""
        for file in self._files(agency, sha256):
            file.unlink(missing_ok=True)

    def _files(self, agency: str, sha256: str) -> tuple[Path, Path]:
        beside = self.folder / (agency or NOBODYS) / sha256[:16]
        return beside.with_suffix(".html"), beside.with_suffix(".json")


def _write(file: Path, text: str) -> None:
    """Write a file for its owner alone, whole or not at all."""
    half = file.with_name(f".{file.name}.part")
    half.unlink(missing_ok=True)
    handle = os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as written:
        written.write(text)
    half.replace(file)
