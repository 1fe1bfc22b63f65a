"""A package that lies in a folder, as its descriptions tell it."""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from warehouse.errors import PackageRefused
from warehouse.packages.aip import BESIDE
from warehouse.packages.mets import NAME as METS
from warehouse.packages.xml import parsed

LONGEST_LINE = 1 << 26
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Package:
    """A package whose files are all as it says."""

    root: Path
    package_id: str
    digests: Mapping[str, str]  # path -> SHA-256, of every file but the METS at the root

    @property
    def content_sha256(self) -> str:
        """Return a digest over names and digests: the same content, the same digest."""
        told = "".join(f"{digest}  {path}\n" for path, digest in sorted(self.digests.items()))
        return hashlib.sha256(told.encode()).hexdigest()

    def below(self, folder: str) -> dict[str, str]:
        """Return paths and digests below ``folder``."""
        return {path: one for path, one in self.digests.items() if path.startswith(folder)}

    def stored(self) -> dict[str, str]:
        """Return what belongs into a file store: a path for each digest."""
        kept = {
            path: digest
            for path, digest in self.below("representations/").items()
            if not path.endswith(f"/{METS}")
        }
        return {digest: path for path, digest in (kept | self.below(f"{BESIDE}/")).items()}

    def xml(self, path: str) -> etree._Element:
        """Return the root of a description."""
        if not (self.root / path).is_file():
            raise PackageRefused(f"{path} is missing.")
        return parsed((self.root / path).read_bytes(), path)

    def lines(self, path: str) -> Iterator[tuple[str, Row]]:
        """Yield the lines of a file of JSON, as they stand and as they read."""
        if path not in self.digests:
            return
        with (self.root / path).open("rb") as file:
            while line := file.readline(LONGEST_LINE):
                yield _line(line, path)


def _line(line: bytes, path: str) -> tuple[str, Row]:
    try:
        text = line.decode()
        row = json.loads(text)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        raise PackageRefused(f"{path} holds a line that is no row.")
    return text, row
