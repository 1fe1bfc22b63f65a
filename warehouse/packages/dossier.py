"""A dossier as it may leave: its usable documents, and where their rows and files are.

The documents are those a reader's login finds in the marts. What raw knows by now is asked as well,
for a document may have become a secret since the marts were built.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from warehouse.errors import ExportStopped, NothingToExport
from warehouse.packages.rows import Delivery, selected
from warehouse.stored import STORED
from warehouse.tables.digitization import DOCUMENTS, FILES

BEHIND = "the marts are behind the raw tables: run the job build_warehouse, then export again."


@dataclass(frozen=True, slots=True)
class Document:
    """One document of the dossier; ``facts`` are its columns in ``marts.dim_document``."""

    ordinal: int
    facts: Mapping[str, Any]

    @property
    def received_sha256(self) -> str:
        """Digest of the file as it was received."""
        return str(self.facts["document_id"])

    @property
    def archive_sha256(self) -> str:
        """Digest of its archive copy."""
        return str(self.facts["archive_sha256"])

    @property
    def name(self) -> str:
        """Name of its files in a package, without what follows the dot."""
        return f"{self.ordinal:07}"


@dataclass(frozen=True, slots=True)
class Dossier:
    """What goes into a package."""

    agency_code: str
    dossier_code: str
    documents: tuple[Document, ...]
    refused: tuple[Mapping[str, Any], ...]
    deliveries: tuple[Delivery, ...]

    @property
    def document_keys(self) -> list[str]:
        """Return the keys of its documents, by which people speak of them."""
        return [str(one.facts["document_key"]) for one in self.documents]

    @property
    def digests(self) -> list[str]:
        """Digests of received files and archive copies, each once."""
        both = ((one.received_sha256, one.archive_sha256) for one in self.documents)
        return sorted({digest for pair in both for digest in pair})


def gather(
    reader: sa.Connection, owner: sa.Connection, agency_code: str, dossier_code: str
) -> Dossier:
    """Return the dossier as ``reader`` sees it and ``owner`` knows it.

    Raises:
        NothingToExport: the reader finds no usable document of it.
        ExportStopped: the marts say otherwise than the raw tables.
    """
    seen = _seen(reader, agency_code, dossier_code)
    usable = [row for row in seen if row["is_usable"]]
    if not usable:
        raise NothingToExport(
            f"dossier {dossier_code} of {agency_code}: this login finds no usable document of it;"
            " look for the codes in marts.dim_document."
        )
    documents = tuple(Document(ordinal, row) for ordinal, row in enumerate(usable, 1))
    _refuse_secrets(owner, [one.received_sha256 for one in documents])
    deliveries = _deliveries(owner, agency_code, documents)
    refused = tuple(row for row in seen if not row["is_usable"])
    return Dossier(agency_code, dossier_code, documents, refused, deliveries)


def kept_beside(owner: sa.Connection, dossier: Dossier) -> list[str]:
    """Return the digests of further stored files that raw rows name: earlier copies, readings."""
    found: set[str] = set()
    for stored in STORED:
        if stored.table.schema == "raw":
            rows = stored.rows().where(selected(stored.table, dossier.deliveries))
            found.update(str(row.sha256) for row in owner.execute(rows))
    return sorted(found - set(dossier.digests))


def _seen(reader: sa.Connection, agency_code: str, dossier_code: str) -> list[Mapping[str, Any]]:
    asked = sa.text(
        "select * from marts.dim_document where agency_code = :agency and dossier_code = :dossier"
        " order by box_code, file_name, document_id"
    )
    chosen = {"agency": agency_code, "dossier": dossier_code}
    return [dict(row) for row in reader.execute(asked, chosen).mappings()]


def _refuse_secrets(owner: sa.Connection, digests: Sequence[str]) -> None:
    """Stop if raw knows one of the files for a secret; a degree nobody knows counts as one."""
    if secrets_among(owner, digests):
        raise ExportStopped(f"a document was declared or found secret meanwhile; {BEHIND}")


def secrets_among(owner: sa.Connection, digests: Sequence[str]) -> set[str]:
    """Return those of ``digests`` that any delivery ever declared or found secret."""
    degree = sa.func.lower(sa.func.btrim(sa.func.coalesce(FILES.c.secrecy, "")))
    found = DOCUMENTS.c.reason_code == "state_secret"
    same = sa.and_(
        FILES.c["_batch_id"] == DOCUMENTS.c["_batch_id"],
        FILES.c.file_ordinal == DOCUMENTS.c.file_ordinal,
    )
    declared = sa.select(FILES.c.file_sha256).where(degree.not_in(("", "thuong")))
    judged = sa.select(DOCUMENTS.c.file_sha256).where(found)
    paired = sa.select(FILES.c.file_sha256).join(DOCUMENTS, same).where(found)
    known = sa.union(declared, judged, paired).subquery()
    digest = known.c[0]
    return set(owner.scalars(sa.select(digest).where(digest.in_(digests))))


def _deliveries(
    owner: sa.Connection, agency_code: str, documents: Sequence[Document]
) -> tuple[Delivery, ...]:
    """Return every time the agency delivered one of ``documents``."""
    digests = [one.received_sha256 for one in documents]
    asked = (
        sa.select(FILES.c["_batch_id"], FILES.c.file_ordinal, FILES.c.file_sha256)
        .where(sa.func.btrim(FILES.c.agency_code) == agency_code, FILES.c.file_sha256.in_(digests))
        .order_by(FILES.c["_batch_id"], FILES.c.file_ordinal)
    )
    deliveries = tuple(Delivery(row[0], row[1], row[2]) for row in owner.execute(asked))
    copies = sa.select(DOCUMENTS.c.file_sha256, DOCUMENTS.c.archive_sha256)
    known = {tuple(row) for row in owner.execute(copies.where(selected(DOCUMENTS, deliveries)))}
    if any((one.received_sha256, one.archive_sha256) not in known for one in documents):
        raise ExportStopped(f"a document has another archive copy by now; {BEHIND}")
    return deliveries
