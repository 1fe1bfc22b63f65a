"""Which files of the store go with documents: those that nothing else needs, and no others."""

from dataclasses import dataclass

import sqlalchemy as sa

from warehouse.stored import NEVER_KEPT

# A content goes when every agency that delivered it has disposed of it; a file, when all contents
# that name it go: a stack with the last of its parts.
_GOING = """
with approved as (
    select decisions.document_key from ledger.disposal_decisions as decisions
    where decisions.decision = 'approved'
        and (decisions.list_code = :code or exists (
            select from ledger.disposal_steps as steps
            where steps.list_code = decisions.list_code and steps.step = 'executed'
        ))
),
holders as (
    select file_sha256 as document_id, agency_code from raw.digitization__files
    where file_sha256 is not null
    union
    select parts.file_sha256, files.agency_code
    from raw.digitization__parts as parts
    inner join raw.digitization__files as files
        on parts._batch_id = files._batch_id and parts.stack_ordinal = files.file_ordinal
    where parts.file_sha256 is not null
),
going as (
    select document_id from holders
    group by document_id
    having bool_and(coalesce(agency_code, '-') || ':' || document_id in (
        select document_key from approved
    ))
),
named as (
    select file_sha256 as document_id, file_sha256, 'received' as file_role
    from raw.digitization__documents where coalesce(reason_code, '') <> all (:never_kept)
    union
    select file_sha256, archive_sha256, 'archive' from raw.digitization__documents
    union
    select file_sha256, reading_sha256, 'reading' from raw.digitization__documents
    union
    select file_sha256, archive_sha256, 'earlier archive' from ledger.readings
    union
    select file_sha256, reading_sha256, 'earlier reading' from ledger.readings
    union
    select file_sha256, stack_sha256, 'received stack' from raw.digitization__parts
    where file_ordinal is not null
    union
    select split_part(document_key, ':', 2), file_sha256, 'sample'
    from ledger.acceptance_samples where document_key is not null
)
select file_sha256, min(file_role) as file_role
from named
where file_sha256 is not null
group by file_sha256
having bool_and(coalesce(document_id in (select document_id from going), false))
    and bool_or(document_id in (
        select split_part(document_key, ':', 2) from ledger.disposal_decisions
        where list_code = :code and decision = 'approved'
    ))
    and file_sha256 not in (select file_sha256 from ledger.disposal_files)
order by file_sha256
"""


@dataclass(frozen=True, slots=True, order=True)
class File:
    """A file of the store that a person has to destroy."""

    sha256: str
    role: str


def going(connection: sa.Connection, code: str) -> tuple[File, ...]:
    """Return the files that go with what was approved of a list."""
    asked = {"code": code, "never_kept": list(NEVER_KEPT)}
    found = connection.execute(sa.text(_GOING), asked)
    return tuple(File(row.file_sha256, row.file_role) for row in found)
