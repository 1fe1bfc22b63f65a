"""What readers saw of one file, as the Parquet file that is kept: one row a word.

The same reading gives the same bytes. What is true of a page or of the whole reading stands in the
file's metadata: its size in pixels, the reader's mode, the versions of everything that took part.
"""

import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain, groupby
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pydantic import TypeAdapter

from ocr_assets.reading import Box, Decider, Evidence, Line, PageReading, Word

SCHEMA = pa.schema(
    [
        ("page", pa.int32()),
        ("line", pa.int32()),
        ("word", pa.int32()),
        ("text", pa.string()),
        ("left", pa.int32()),
        ("top", pa.int32()),
        ("right", pa.int32()),
        ("bottom", pa.int32()),
        ("confidence", pa.float64()),
        ("character_edges", pa.list_(pa.int32())),  # left and right of each character, in turn
        ("first_text", pa.string()),
        ("first_certainty", pa.float64()),
        ("second_text", pa.string()),  # null where the second reader was not asked
        ("decided_by", pa.string()),
        ("reader", pa.string()),
    ]
)
_PAGES_FORM = TypeAdapter(list[PageReading])
_ABOUT, _PAGES = b"kho.about", b"kho.pages"


@dataclass(frozen=True, slots=True)
class About:
    """Whose reading it is and what made it."""

    file_sha256: str
    recipe_id: str
    reader: str
    versions: Mapping[str, str]


def as_parquet(readings: Sequence[PageReading], about: About) -> bytes:
    """Return the file that keeps ``readings``."""
    rows = list(chain.from_iterable(map(_rows, readings)))
    columns = list(zip(*rows, strict=True)) or [()] * len(SCHEMA)
    told = {
        "file_sha256": about.file_sha256,
        "recipe_id": about.recipe_id,
        "reader": about.reader,
        "versions": dict(about.versions),
    }
    pages = _PAGES_FORM.dump_json([replace(reading, lines=()) for reading in readings])
    schema = SCHEMA.with_metadata({_ABOUT: _json(told), _PAGES: pages})
    arrays = [pa.array(column, field.type) for column, field in zip(columns, SCHEMA, strict=True)]
    out = io.BytesIO()
    pq.write_table(pa.Table.from_arrays(arrays, schema=schema), out, compression="zstd")
    return out.getvalue()


def kept_reading(data: bytes) -> tuple[tuple[PageReading, ...], About]:
    """Return what ``as_parquet`` has kept, as it was read."""
    table = pq.read_table(io.BytesIO(data), schema=SCHEMA)
    metadata = pq.read_metadata(io.BytesIO(data)).metadata
    rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
    lines: dict[int, tuple[Line, ...]] = {
        page: tuple(_lines(found)) for page, found in groupby(rows, key=lambda row: row[0])
    }
    pages = tuple(
        replace(page, lines=lines.get(page.page, ()))
        for page in _PAGES_FORM.validate_json(metadata[_PAGES])
    )
    return pages, About(**json.loads(metadata[_ABOUT]))


def _rows(reading: PageReading) -> Iterator[tuple[Any, ...]]:
    for number, line in enumerate(reading.lines, start=1):
        for ordinal, word in enumerate(line.words, start=1):
            box, seen = word.box, word.evidence
            yield (
                reading.page, number, ordinal, word.text,
                box.left, box.top, box.right, box.bottom, word.confidence,
                list(chain.from_iterable(seen.characters)) if seen else None,
                seen.first if seen else None,
                seen.certainty if seen else None,
                seen.second if seen else None,
                seen.decided_by.value if seen else None,
                line.reader,
            )  # fmt: skip


def _lines(rows: Iterator[tuple[Any, ...]]) -> Iterator[Line]:
    for _, found in groupby(rows, key=lambda row: row[1]):
        of_line = list(found)
        words = tuple(_word(*row[3:14]) for row in of_line)
        box = Box(
            min(w.box.left for w in words),
            min(w.box.top for w in words),
            max(w.box.right for w in words),
            max(w.box.bottom for w in words),
        )
        yield Line(words, box, sum(w.confidence for w in words) / len(words), of_line[0][14])


def _word(text: str, *row: Any) -> Word:
    left, top, right, bottom, confidence, edges, first, certainty, second, decided_by = row
    evidence = None
    if decided_by is not None:
        pairs = tuple(zip(edges[::2], edges[1::2], strict=True))
        evidence = Evidence(first, certainty, Decider(decided_by), second, pairs)
    return Word(text, Box(left, top, right, bottom), confidence, evidence)


def _json(value: object) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
