"""The proof that what was carried out is gone, and the certificate that rests on it."""

from datetime import UTC, date, datetime

import sqlalchemy as sa

from warehouse.disposal import proved
from warehouse.disposal_execution import counts, step
from warehouse.disposal_files import File
from warehouse.errors import DisposalRefused, DisposalUnfinished
from warehouse.events import Agent, Event, note
from warehouse.holds import Word, today
from warehouse.retention import one_at_a_time, reading
from warehouse.store import Store
from warehouse.tables.disposal import FILES

PEOPLE = Agent("disposal by decision", "person", role="implementer")


def verify(engine: sa.Engine, store: Store, code: str, word: Word) -> int:
    """Prove that all files of an executed list are gone from the store; return how many.

    Raises:
        DisposalUnfinished: some are there still.
        FileUnreadable: the store does not say.
    """
    said = word.as_row()
    with reading(engine) as connection:
        one_at_a_time(connection)
        standing = proved(connection, code)
        if "executed" not in standing.steps or "verified" in standing.steps:
            raise DisposalRefused(f"{code} was not carried out, or proved before.")
        files = files_of(connection, code)
        if left := [one for one in files if not store.lacks(one.sha256)]:
            raise DisposalUnfinished(
                f"{len(left)} of {len(files)} files of {code} are in the store still, the first is"
                f" {left[0].sha256}: destroy what the list names, and its backups, then verify."
            )
        step(connection, standing, "verified", today(), {**said, **counts(files)})
        note(connection, [_deletion(one, code) for one in files])
    return len(files)


def certify(engine: sa.Engine, code: str, number: str, word: Word, on: date) -> None:
    """Write down the certificate of a list whose files are proved to be gone."""
    said = word.as_row()
    with reading(engine) as connection:
        one_at_a_time(connection)
        standing = proved(connection, code)
        if "verified" not in standing.steps or "certified" in standing.steps:
            raise DisposalRefused(f"{code} is not proved, or has its certificate already.")
        if not number.strip() or on > today() or on < standing.steps["verified"]["step_date"]:
            raise DisposalRefused("a certificate has a number, and a day not before the proof.")
        facts = {**said, **counts(files_of(connection, code))}
        step(connection, standing, "certified", on, {**facts, "certificate_number": number.strip()})


def told(engine: sa.Engine, code: str) -> tuple[File, ...]:
    """Return the files that people were told to destroy with a list that was carried out.

    Raises:
        DisposalRefused: it was not carried out.
    """
    with reading(engine) as connection:
        if "executed" not in proved(connection, code).steps:
            raise DisposalRefused(f"{code} was not carried out: nothing is to be destroyed.")
        return files_of(connection, code)


def files_of(connection: sa.Connection, code: str) -> tuple[File, ...]:
    """Return the files that people were told to destroy with a list."""
    wanted = sa.select(FILES.c.file_sha256, FILES.c.file_role).where(FILES.c.list_code == code)
    found = connection.execute(wanted.order_by(FILES.c.file_sha256))
    return tuple(File(row.file_sha256, row.file_role) for row in found)


def _deletion(file: File, code: str) -> Event:
    return Event(
        type="deletion",
        at=datetime.now(UTC),
        file_sha256=file.sha256,
        outcome="success",
        detail=f"destroyed by people on a decision, list {code}; found gone from the store",
        agents=(PEOPLE,),
    )
