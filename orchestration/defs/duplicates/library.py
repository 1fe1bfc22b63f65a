"""What the raw tables hold of documents, as the comparison takes it: one content at a time.

Contents are received bytes: what two agencies delivered alike is compared once. State secrets are
left out here as in the models; the models have the last word on who may be shown what.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa

from ocr_assets.duplicates.naming import Value
from ocr_assets.duplicates.paper import Paper
from orchestration.words import Words, words_of

NAMES = ("number", "date", "issuer")  # the fields that name a document
AT_ONCE = 500  # contents whose texts are held in memory together

_STANDING = """
with secrets as (
    select file_sha256 from raw.digitization__files
    where nullif(lower(btrim(secrecy)), '') <> 'thuong'
    union
    select file_sha256 from raw.digitization__documents where reason_code = 'state_secret'
    union
    select f.file_sha256 from raw.digitization__files as f
    inner join raw.digitization__documents as d using (_batch_id, file_ordinal)
    where d.reason_code = 'state_secret'
)

select distinct on (d.file_sha256) d.file_sha256, d._batch_id, d.file_ordinal, d.digitized_at
from raw.digitization__documents as d
where
    d.outcome in ('ok', 'degraded') and d.file_sha256 is not null
    and not exists (select from secrets where secrets.file_sha256 = d.file_sha256)
order by d.file_sha256, d.digitized_at desc nulls last, d._batch_id, d.file_ordinal
"""
_PAGES = """
select p._batch_id, p.file_ordinal, p.page_text, p.image_phash, p.image_sha256
from raw.digitization__pages as p
inner join unnest(cast(:batches as text []), cast(:ordinals as integer [])) as wanted (b, o)
    on p._batch_id = wanted.b and p.file_ordinal = wanted.o
order by p._batch_id, p.file_ordinal, p.page_number
"""
_FIELDS = """
select
    f._batch_id, f.file_ordinal, f.field_name, f.value,
    coalesce(f.is_accepted, false) as is_accepted
from raw.digitization__fields as f
inner join unnest(cast(:batches as text []), cast(:ordinals as integer [])) as wanted (b, o)
    on f._batch_id = wanted.b and f.file_ordinal = wanted.o
where f.field_name = any(:names) and f.value is not null
"""


class Standing(NamedTuple):
    """The file that stands for a content: of those with the same bytes the last one digitised."""

    document_id: str
    batch_id: str
    file_ordinal: int
    digitized_at: datetime | None


@dataclass(frozen=True, slots=True)
class Library:
    """The contents that may be compared, each read when it is asked for; what people said."""

    connection: sa.Connection
    standing: Mapping[str, Standing]
    words: Mapping[str, Words]

    @classmethod
    def open(cls, connection: sa.Connection) -> "Library":
        """Return the library as the raw tables and the ledger of corrections are now."""
        found = connection.execute(sa.text(_STANDING)).tuples()
        rows = [Standing(key, batch, ordinal, at) for key, batch, ordinal, at in found]
        standing = {row.document_id: row for row in rows}
        return cls(connection, standing, words_of(connection, NAMES))

    def papers(self, wanted: Collection[str]) -> Iterator[Paper]:
        """Yield these contents with all that was read of them, some at a time."""
        places = [self.standing[one] for one in sorted(wanted)]
        for start in range(0, len(places), AT_ONCE):
            yield from self._read(places[start : start + AT_ONCE])

    def _read(self, places: Sequence[Standing]) -> Iterator[Paper]:
        asked = {
            "batches": [one.batch_id for one in places],
            "ordinals": [one.file_ordinal for one in places],
            "names": list(NAMES),
        }
        pages: dict[tuple[str, int], list[Sequence[Any]]] = defaultdict(list)
        fields: dict[tuple[str, int], dict[str, Value]] = defaultdict(dict)
        for page in self.connection.execute(sa.text(_PAGES), asked).mappings():
            said = (page["page_text"], page["image_phash"], page["image_sha256"])
            pages[page["_batch_id"], page["file_ordinal"]].append(said)
        for row in self.connection.execute(sa.text(_FIELDS), asked).mappings():
            value = Value(row["value"], row["is_accepted"])
            fields[row["_batch_id"], row["file_ordinal"]][row["field_name"]] = value
        for one in places:
            at = (one.batch_id, one.file_ordinal)
            texts, hashes, images = zip(*pages[at], strict=True) if pages[at] else ((), (), ())
            yield Paper(
                one.document_id,
                tuple(text or "" for text in texts),
                hashes,
                images,
                _holding(fields[at], self.words.get(one.document_id, {})),
            )


def _holding(read: Mapping[str, Value], words: Words) -> dict[str, Value]:
    """Return the values as they hold: a person's word is sure, also that there is none."""
    said = {name: word.value for name, word in words.items()}
    return {name: value for name, value in read.items() if name not in said} | {
        name: Value(value, is_accepted=True) for name, value in said.items() if value is not None
    }
