"""Files of delimited text (CSV): in which code of letters, divided by what, and their lines."""

import csv
import io
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from connectors.filedrop.candidates import Convert
from connectors.filedrop.heading import Heading
from connectors.filedrop.old_codes import from_tcvn3, from_vni
from connectors.filedrop.refusals import FileRefused, Refusal
from connectors.filedrop.sheet import HEAD, Line, Opened, Sheet

CHUNK = 1 << 16
LONGEST_RECORD = 1 << 18  # characters; a cell alone may have half of them
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
OLD_CODES: dict[str, Convert] = {"tcvn3": from_tcvn3, "vni": from_vni}
Find = Callable[[list[Line], Convert | None], Heading | None]


@dataclass(frozen=True, slots=True)
class Code:
    """One way to understand bytes as letters."""

    name: str
    codec: str
    convert: Convert | None = None


def open_delimited(path: Path, find: Find) -> Opened:
    """Open delimited text in the code and with the delimiter that make a header of its lines.

    Raises:
        FileRefused: it is not text, or no known code makes a header of it.
    """
    codes = _codes(path)
    is_old = codes[0].codec == "cp1258"
    found, holds_together = [], False
    for code, delimiter in ((code, delimiter) for code in codes for delimiter in DELIMITERS):
        head = _head(path, code, delimiter)
        holds_together |= bool(head)
        heading = find(head, code.convert)
        # Only marks tell the old codes apart: a heading without any would fit them all.
        if heading and (heading.marked or not is_old):
            found.append((_rank(heading), code, delimiter, head))
    if not found:
        lost = Refusal.ENCODING_UNKNOWN if is_old else Refusal.HEADER_NOT_FOUND
        raise FileRefused(lost if holds_together else Refusal.QUOTES_BROKEN)
    _, code, delimiter, head = max(found, key=lambda one: one[0])
    sheet = Sheet(1, "", head=tuple(head), lines=partial(_lines, path, code, delimiter))
    how = {"format": "csv", "encoding": code.name, "delimiter": DELIMITERS[delimiter]}
    return Opened((sheet,), how, code.convert)


def _rank(heading: Heading) -> tuple[int, ...]:
    return heading.marked, *heading.rank


def _head(path: Path, code: Code, delimiter: str) -> list[Line]:
    """Return the first lines, as far as the text holds together this way."""
    head: list[Line] = []
    try:
        with suppress(UnicodeError):
            for line in islice(_lines(path, code, delimiter), HEAD):
                head.append(line)  # noqa: PERF402 - what was read before it fell apart is kept
    except FileRefused as refused:
        if refused.refusal is not Refusal.QUOTES_BROKEN:
            raise
    return head


def _codes(path: Path) -> list[Code]:
    """Return the codes a file may be in: what its first bytes say, else UTF-8 if all of it is."""
    with path.open("rb") as file:
        first = file.read(4096)
    codec = next((codec for mark, codec in MARKS.items() if first.startswith(mark)), None)
    if codec is None and b"\0" in first:
        codec = _unmarked(first)
    if codec is None and _is_all(path, "utf-8"):
        codec = "utf-8"
    if codec is None:
        western = [Code(name, "cp1252", convert) for name, convert in OLD_CODES.items()]
        return [Code("windows-1258", "cp1258"), *western, Code("windows-1252", "cp1252")]
    if not _is_all(path, codec):
        raise FileRefused(Refusal.DAMAGED if "16" in codec else Refusal.ENCODING_UNKNOWN)
    name = codec.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
    written = [Code(f"{name}, {old}", codec, convert) for old, convert in OLD_CODES.items()]
    return [Code(name, codec), *written]


def _unmarked(first: bytes) -> str:
    """Return the UTF-16 that text without a mark is in: every blank and digit has a zero half."""
    pairs = len(first) // 2
    zeros = {"utf-16-le": first[1::2].count(0), "utf-16-be": first[::2].count(0)}
    codec = max(zeros, key=lambda name: zeros[name])
    if zeros[codec] * 4 < pairs or min(zeros.values()):
        raise FileRefused(Refusal.FORMAT_UNKNOWN)
    return codec


def _is_all(path: Path, codec: str) -> bool:
    """Say whether every byte of a file makes sense in ``codec``; read piece by piece."""
    try:
        with path.open(encoding=codec, newline="") as file:
            while piece := file.read(CHUNK):
                if "\0" in piece:
                    raise FileRefused(Refusal.FORMAT_UNKNOWN)
    except UnicodeError:
        return False
    return True


class _Bounded:
    """Lines of a text as long as one record of them does not fill the memory."""

    def __init__(self, file: io.TextIOBase, skipped: int) -> None:
        self._file, self._line = file, skipped
        self.length = 0  # since the last record

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._file.readline(LONGEST_RECORD + 1)
        self._line += 1
        self.length += len(line)
        if self.length > LONGEST_RECORD:
            raise FileRefused(Refusal.EXPANDS, f"line {self._line}")
        if not line:
            raise StopIteration
        return line


def _lines(path: Path, code: Code, delimiter: str) -> Iterator[Line]:
    """Yield lines with the number of the row in the file; a cell may hold line breaks."""
    with path.open(encoding=code.codec, newline="") as file:
        skipped = _after_a_hint(file)
        sent = _Bounded(file, skipped)
        reader = csv.reader(sent, delimiter=delimiter, strict=True)
        number = skipped
        while True:
            number += 1
            sent.length = 0
            try:
                cells = next(reader, None)
            except csv.Error:
                where = f"line {reader.line_num + skipped}"
                raise FileRefused(Refusal.QUOTES_BROKEN, where) from None
            if cells is None:
                return
            if any(cells):
                yield number, [cell or None for cell in cells]


def _after_a_hint(file: io.TextIOBase) -> int:
    """Pass over the line ``sep=;`` that some programs write first; return how many lines."""
    start = file.tell()
    if file.readline(16).strip().casefold() in {f"sep={sign}" for sign in DELIMITERS}:
        return 1
    file.seek(start)
    return 0
