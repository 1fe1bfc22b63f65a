"""One run of describing: batch by batch, what is new, read anew or corrected, and nothing else.

Proposals of a batch land before its contents. A content's row says that it is done, so a run that
is killed in between is done again, and batches that are through stay so.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from ocr_assets.errors import EmbeddingsSilent
from ocr_assets.suggest.document import method_version, proposals
from ocr_assets.suggest.embedding import Embedder, Vector
from ocr_assets.suggest.passage import FORM, passage
from ocr_assets.suggest.retention import rules_of
from orchestration import dbt
from orchestration.defs.duplicates.library import Standing
from orchestration.defs.suggestions import rows
from orchestration.defs.suggestions.library import Library
from orchestration.defs.suggestions.rows import Outcome, Row
from orchestration.partitions import TIMEZONE
from orchestration.words import told_with
from warehouse.loading import Warehouse
from warehouse.schema import LINEAGE, RAW

RULES = dbt.FOLDER / "seeds" / "list_retention_rules.csv"
CONTENTS, PROPOSALS = "suggestions__embeddings", "suggestions__proposals"
_AT_ONCE = 32  # texts an endpoint is asked about together
_TRIES = 3  # silences in a row; then the rest of the run goes without vectors


@dataclass(slots=True)
class Done:
    """What a run did, in counts."""

    batches: int = 0
    contents: int = 0
    outcomes: Counter[str] = field(default_factory=Counter)
    proposals: Counter[str] = field(default_factory=Counter)


class Desk:
    """Describes contents of ``library`` and lands what was found."""

    def __init__(self, library: Library, warehouse: Warehouse, embedder: Embedder) -> None:
        """Know the rules as they are now, and what was described before."""
        today = datetime.now(ZoneInfo(TIMEZONE)).date()
        self._library, self._warehouse, self._embedder = library, warehouse, embedder
        self._rules = rules_of(RULES.read_text(encoding="utf-8"), today)
        # Of the rules in force: on the day another version begins all is proposed anew.
        digest = hashlib.sha256(repr(self._rules).encode()).hexdigest()[:8]
        self._method = f"{method_version()}/{digest}/{FORM}"
        self._silences = 0

    def work(self) -> Done:
        """Describe what is new, land it batch by batch, take away what is gone."""
        kept = self._kept()
        fresh = defaultdict(list)
        for key, stands in self._library.standing.items():
            row = kept.get(key)
            method = self._method_of(stands)
            if row is None or not rows.is_current(row, stands, self._embedder.model, method):
                fresh[stands.batch_id].append(stands)
        stale = {
            row["_batch_id"]
            for key, row in kept.items()
            if key not in self._library.standing
            or row["_batch_id"] != self._library.standing[key].batch_id
        }
        done = Done()
        for batch in sorted(fresh.keys() | stale):
            self._one_batch(batch, fresh[batch], kept, done)
        return done

    def _kept(self) -> dict[str, Mapping[str, Any]]:
        """Return what was described before, by content, without the vectors."""
        columns = [c for c in RAW.tables[f"raw.{CONTENTS}"].columns if c.name != "embedding"]
        found = self._library.connection.execute(sa.select(*columns)).mappings()
        return {row["document_id"]: dict(row) for row in found}

    def _one_batch(
        self, batch: str, fresh: Sequence[Standing], kept: Mapping[str, Any], done: Done
    ) -> None:
        anew = {one.document_id for one in fresh}
        still = [
            key
            for key, row in kept.items()
            if row["_batch_id"] == batch
            and key not in anew
            and key in self._library.standing
            and self._library.standing[key].batch_id == batch
        ]
        contents, found = self._described(fresh, done)
        self._warehouse.land(
            PROPOSALS, [*self._rows(PROPOSALS, batch, still), *found], batch_id=batch
        )
        self._warehouse.land(
            CONTENTS, [*self._rows(CONTENTS, batch, still), *contents], batch_id=batch
        )
        done.batches += 1
        done.contents += len(fresh)

    def _rows(self, table: str, batch: str, contents: Sequence[str]) -> Iterator[Row]:
        """Yield the rows of ``contents`` as they lie there, to be landed again."""
        known = RAW.tables[f"raw.{table}"]
        wanted = sa.select(known).where(
            known.c["_batch_id"] == batch,
            known.c.document_id == sa.any_(sa.literal(contents, sa.ARRAY(sa.Text()))),
        )
        for row in self._library.connection.execute(wanted).mappings():
            yield {name: value for name, value in row.items() if name not in LINEAGE}

    def _described(self, fresh: Sequence[Standing], done: Done) -> tuple[list[Row], list[Row]]:
        """Return the rows of contents, and those of their proposals."""
        found: list[Row] = []
        texts: dict[Standing, str | None] = {}
        for stands, sheet in self._library.sheets(fresh):
            texts[stands] = passage(sheet) if sheet else None
            if sheet:
                found += rows.proposals(
                    stands.document_id, proposals(sheet, self._rules), self._method_of(stands)
                )
        done.proposals.update(str(row["suggestion_type"]) for row in found)
        contents = list(self._contents(texts))
        done.outcomes.update(f"outcome {row['outcome']}" for row in contents)
        return contents, found

    def _contents(self, texts: Mapping[Standing, str | None]) -> Iterator[Row]:
        told = [stands for stands, text in texts.items() if text]
        for start in range(0, len(told), _AT_ONCE):
            some = told[start : start + _AT_ONCE]
            vectors = self._vectors([texts[one] or "" for one in some])
            for stands, vector in zip(some, vectors, strict=True):
                outcome = Outcome.OK if vector else Outcome.ENDPOINT_SILENT
                yield self._content(stands, outcome, vector)
        for stands, text in texts.items():
            if not text:
                outcome = Outcome.READING_MISSING if text is None else Outcome.NO_TEXT
                yield self._content(stands, outcome, None)

    def _vectors(self, texts: Sequence[str]) -> Iterable[Vector | None]:
        if self._silences < _TRIES:
            try:
                vectors = self._embedder.embed(texts)
            except EmbeddingsSilent:
                self._silences += 1
            else:
                self._silences = 0
                return vectors
        return [None] * len(texts)

    def _content(self, stands: Standing, outcome: Outcome, vector: Vector | None) -> Row:
        method = self._method_of(stands)
        return rows.content(stands, outcome, self._embedder.model, vector, method)

    def _method_of(self, stands: Standing) -> str:
        """Return all that decides proposals for a content: methods, rules, words of people."""
        return told_with(self._method, self._library.words.get(stands.document_id))
