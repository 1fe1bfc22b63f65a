"""Evidence of exchange: why a registry was asked, what it said, and its answer for a while.

Entries are written when the answer comes, whatever becomes of the pull afterwards: a question that
was asked was asked. Answers are personal data; they lie compressed in a folder of their own, apart
from the store of documents, whose files are kept for good.
"""

import gzip
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from warehouse.database import engine
from warehouse.store import Store
from warehouse.tables.exchange import EXCHANGES


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why a registry is asked, for what, and by whom."""

    asked_by: str
    entity: str = ""
    subject: str = ""
    purpose: str = ""
    legal_basis: str = ""


class EvidenceBook:
    """Writes down every answer of the registries one run asks."""

    def __init__(self, url: str, folder: Path, asked_by: str, keep: timedelta) -> None:
        """Keep answers in ``folder`` for ``keep``, entries in the database at ``url``."""
        self._engine = engine(url)
        self._answers = Store(folder)
        self._grounds = Grounds(asked_by)
        self._keep = keep

    def __repr__(self) -> str:
        return "EvidenceBook(…)"

    @contextmanager
    def about(self, entity: str, subject: str, *, purpose: str, legal_basis: str) -> Iterator[None]:
        """Say what questions are for from here on; without grounds no answer is taken."""
        before = self._grounds
        self._grounds = replace(
            before, entity=entity, subject=subject, purpose=purpose, legal_basis=legal_basis
        )
        try:
            yield
        finally:
            self._grounds = before

    def note(  # noqa: PLR0913 - what there is to say of an answer
        self,
        request_id: str,
        place: str,
        asked_at: datetime,
        status: int,
        body: bytes | None,
        *,
        kept: bytes | None = None,
    ) -> None:
        """Keep an answer and enter it; the answer first, so that no entry names a missing file.

        The digest is that of the answer as sent, also where only a part of it is ``kept``.
        """
        shown = body if kept is None else kept
        # The thoroughest level takes four times as long and saves a fifteenth.
        file = self._answers.put(gzip.compress(shown, 6, mtime=0)) if shown is not None else None
        entry = {
            "request_id": request_id,
            "place": place,
            "entity": self._grounds.entity,
            "subject": self._grounds.subject,
            "purpose": self._grounds.purpose,
            "legal_basis": self._grounds.legal_basis,
            "asked_by": self._grounds.asked_by,
            "asked_at": asked_at,
            "status": status,
            "answer_sha256": hashlib.sha256(body).hexdigest() if body is not None else None,
            "answer_size_bytes": len(body) if body is not None else None,
            "kept_sha256": file,
            "keep_until": asked_at + self._keep if file else None,
        }
        with self._engine.begin() as connection:
            connection.execute(sa.insert(EXCHANGES).values(**entry))

    def close(self) -> None:
        """Give the database's connections back."""
        self._engine.dispose()


def answer_kept(folder: Path, kept_sha256: str) -> bytes:
    """Return an answer as it was sent.

    Raises:
        NotStored: it is not kept any more.
    """
    with Store(folder).open(kept_sha256) as kept:
        return gzip.decompress(kept.read())


def remove_expired(url: str, folder: Path, now: datetime | None = None) -> int:
    """Remove answers that no entry wants kept any longer; return how many. Entries stay.

    One answer may have been given twice: the later date counts.
    """
    wanted = (
        sa.select(EXCHANGES.c.kept_sha256)
        .where(EXCHANGES.c.kept_sha256.is_not(None))
        .group_by(EXCHANGES.c.kept_sha256)
        .having(sa.func.max(EXCHANGES.c.keep_until) < (now or datetime.now(UTC)))
    )
    store, opened = Store(folder), engine(url)
    try:
        with opened.connect() as connection:
            expired: list[str] = list(connection.scalars(wanted))
    finally:
        opened.dispose()
    there = [store.path(digest) for digest in expired if store.has(digest)]
    for file in there:
        file.unlink()
    return len(there)
