"""What suggestions are made from: the kept reading of a content, and its fields as they hold.

Which contents there are is the duplicates' rule: usable ones, state secrets left out.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from ocr_assets.kept import kept_reading
from ocr_assets.suggest.sheet import USED, FieldText, Sheet
from orchestration.defs.duplicates.library import Library as Contents
from orchestration.defs.duplicates.library import Standing
from orchestration.words import Words, box_of, words_of
from warehouse.errors import NotStored
from warehouse.store import Store

_READINGS = """
select file_ordinal, reading_sha256 from raw.digitization__documents
where _batch_id = :batch and file_ordinal = any(:ordinals)
"""
_FIELDS = """
select file_ordinal, field_name, value, page_number, box_left, box_top, box_right, box_bottom
from raw.digitization__fields
where _batch_id = :batch and file_ordinal = any(:ordinals) and value is not null
"""


@dataclass(frozen=True, slots=True)
class Library:
    """The contents that may be described, where their readings are kept, what people said."""

    connection: sa.Connection
    store: Store
    standing: Mapping[str, Standing]
    words: Mapping[str, Words]

    @classmethod
    def open(cls, connection: sa.Connection, store: Store) -> "Library":
        """Return the library as the raw tables and the ledger of corrections are now."""
        standing = Contents.open(connection).standing
        return cls(connection, store, standing, words_of(connection, USED))

    def sheets(self, wanted: Sequence[Standing]) -> Iterator[tuple[Standing, Sheet | None]]:
        """Yield contents of one batch, each with its sheet; None where no reading is kept."""
        if not wanted:
            return
        asked = {
            "batch": wanted[0].batch_id,
            "ordinals": [one.file_ordinal for one in wanted],
        }
        readings = {
            row.file_ordinal: row.reading_sha256
            for row in self.connection.execute(sa.text(_READINGS), asked)
        }
        fields: dict[int, dict[str, FieldText]] = defaultdict(dict)
        for row in self.connection.execute(sa.text(_FIELDS), asked).mappings():
            fields[row["file_ordinal"]][row["field_name"]] = FieldText(
                row["value"], row["page_number"], box_of(row)
            )
        for one in wanted:
            holds = corrected(fields[one.file_ordinal], self.words.get(one.document_id, {}))
            yield one, self._sheet(readings.get(one.file_ordinal), holds)

    def _sheet(self, reading_sha256: str | None, fields: Mapping[str, FieldText]) -> Sheet | None:
        if reading_sha256 is None:
            return None
        try:
            with self.store.open(reading_sha256) as kept:
                readings, _ = kept_reading(kept.read())
        except NotStored:
            return None  # taken out of the store by decision
        return Sheet.of(readings, fields)


def corrected(read: Mapping[str, FieldText], words: Words) -> dict[str, FieldText]:
    """Return the fields as they hold; a word without a place stands where the value was read."""
    holds = dict(read)
    for name, said in words.items():
        was = holds.pop(name, None)
        if said.value is not None:
            place = (was.page, was.box) if was and said.box is None else (said.page, said.box)
            holds[name] = FieldText(said.value, *place)
    return holds
