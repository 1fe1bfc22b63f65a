"""What of a batch can be inspected: questions to the raw tables."""

import sqlalchemy as sa

from warehouse.tables.digitization import DOCUMENTS, FIELDS, FILES, PAGES

USABLE = ("ok", "degraded")
# What inspectors are shown. Pages drawn bad on purpose claim no more, and must not stand out by it.
CLAIMED = ("number", "date", "issuer", "type", "abstract", "signer")


def unfinished(batch: str) -> sa.Select:
    """Ask for the files of ``batch`` that have no outcome yet."""
    return (
        sa.select(FILES.c.file_ordinal)
        .select_from(FILES.outerjoin(DOCUMENTS, _same_file(DOCUMENTS)))
        .where(FILES.c["_batch_id"] == batch, DOCUMENTS.c.file_ordinal.is_(None))
    )


def claims(batch: str) -> sa.Select:
    """Ask for the values inspected in ``batch``: file, field, page, value, acceptance.

    They are the values as read, whatever people have corrected since: an inspection judges what was
    delivered, and repairing a value at the desk must not make the delivery look better.
    """
    of_batch = (FIELDS.c["_batch_id"] == batch) & FIELDS.c.field_name.in_(CLAIMED)
    columns = (
        FIELDS.c.file_sha256,
        FIELDS.c.field_name,
        FIELDS.c.page_number,
        FIELDS.c.value,
        FIELDS.c.is_accepted,
    )
    return sa.select(*columns).where(of_batch).order_by(*columns[:3])


def operators(batch: str) -> sa.Select:
    """Ask for the names of those who scanned ``batch``."""
    named = FILES.c.operator.is_not(None) & (FILES.c.operator != "")
    return sa.select(FILES.c.operator).distinct().where(FILES.c["_batch_id"] == batch, named)


def usable_pages(batch: str) -> sa.Select:
    """Ask for the pages of ``batch`` that have an archive copy, each with its vendor.

    Bytes that any delivery holds for a state secret are left out.
    """
    files, documents, pages = FILES.c, DOCUMENTS.c, PAGES.c
    joined = FILES.join(DOCUMENTS, _same_file(DOCUMENTS)).join(PAGES, _same_file(PAGES))
    return (
        sa.select(
            _vendor().label("vendor"),
            files.agency_code,
            files.box_code,
            files.dossier_code,
            files.file_sha256,
            documents.archive_sha256,
            documents.page_count,
            pages.page_number,
            (pages.outcome != "ok").label("is_degraded"),
        )
        .select_from(joined)
        .where(
            files["_batch_id"] == batch,
            documents.outcome.in_(USABLE),
            documents.archive_sha256.is_not(None),
            ~_is_secret(),
        )
        .order_by(files.file_ordinal, pages.page_number)
    )


def _same_file(table: sa.Table) -> sa.ColumnElement[bool]:
    names = ("_batch_id", "file_ordinal")
    return sa.and_(*(table.c[name] == FILES.c[name] for name in names))


def _vendor() -> sa.ColumnElement[str]:
    """Return who scanned: the vendor where manifests name one, else the operator."""
    named = [FILES.c[name] for name in ("vendor", "operator") if name in FILES.c]
    return sa.func.coalesce(*(sa.func.nullif(sa.func.btrim(one), "") for one in named), "-")


def _is_secret() -> sa.ColumnElement[bool]:
    other_files, other_documents = FILES.alias("other_files"), DOCUMENTS.alias("other_documents")
    declared = sa.select(other_files.c.file_ordinal).where(
        other_files.c.file_sha256 == FILES.c.file_sha256,
        sa.func.coalesce(sa.func.nullif(other_files.c.secrecy, ""), "thuong") != "thuong",
    )
    found = sa.select(other_documents.c.file_ordinal).where(
        other_documents.c.file_sha256 == FILES.c.file_sha256,
        other_documents.c.reason_code == "state_secret",
    )
    return sa.or_(declared.exists(), found.exists())
