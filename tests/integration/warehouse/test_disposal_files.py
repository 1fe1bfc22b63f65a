"""A file goes with the last document that needs it: a stack with its last part."""

import pytest
import sqlalchemy as sa

from warehouse.database import engine
from warehouse.disposal_files import going
from warehouse.loading import Warehouse

A = "H26.01"


def sha(mark):
    return mark * 64


@pytest.fixture
def database(database_url):
    """A stack of two documents, each with its copy; one was read before, and sampled."""
    files = {"file_ordinal": 1, "file_name": "1.pdf", "file_sha256": sha("5"), "agency_code": A}
    parts = [
        {"stack_ordinal": 1, "part_number": n, "stack_sha256": sha("5"), "file_ordinal": n + 1}
        | {"file_sha256": sha(str(n)), "opened_by": "qr", "first_page": n, "last_page": n}
        for n in (1, 2)
    ]
    documents = [
        {"file_ordinal": n + 1, "file_sha256": sha(str(n)), "outcome": "ok"}
        | {"archive_sha256": sha("ab"[n - 1]), "reading_sha256": sha("cd"[n - 1])}
        for n in (1, 2)
    ]
    warehouse = Warehouse(database_url)
    warehouse.land("digitization__files", [files], batch_id="b")
    warehouse.land("digitization__parts", parts, batch_id="b")
    warehouse.land("digitization__documents", documents, batch_id="b")
    opened = engine(database_url)
    with opened.begin() as connection:
        connection.execute(
            sa.text(
                "insert into ledger.readings (file_sha256, recipe_id, reading_sha256,"
                " archive_sha256) values (:one, 'r', :reading, :copy)"
            ),
            {"one": sha("1"), "reading": sha("e"), "copy": sha("f")},
        )
        connection.execute(
            sa.text(
                "insert into ledger.acceptance_samples (item_code, plan_code, position,"
                " document_key, file_sha256, page_count) values ('i', 'p', 1, :key, :page, 1)"
            ),
            {"key": f"{A}:{sha('1')}", "page": sha("9")},
        )
    yield opened
    opened.dispose()


def approve(database, code, *marks):
    with database.begin() as connection:
        for mark in marks:
            connection.execute(
                sa.text(
                    "insert into ledger.disposal_decisions (list_code, document_key, decision,"
                    " decision_number, decision_date, council, decided_by, because)"
                    " values (:code, :key, 'approved', '1', now(), 'x', 'x', 'x')"
                ),
                {"code": code, "key": f"{A}:{sha(mark)}"},
            )


def marks(database, code):
    with database.connect() as connection:
        return "".join(one.sha256[0] for one in going(connection, code))


def test_the_files_of_a_part_go_without_its_stack_until_the_last_part_goes(database):
    approve(database, "one", "1")
    assert marks(database, "one") == "19acef"
    # What was only decided on another list, and not carried out, may still be needed.
    approve(database, "two", "2")
    assert marks(database, "two") == "2bd"
    with database.begin() as connection:
        connection.execute(
            sa.text(
                "insert into ledger.disposal_steps (list_code, step, step_date, document_count,"
                " file_count, content_sha256, decided_by, because)"
                " values ('one', 'executed', now(), 1, 6, :digest, 'x', 'x')"
            ),
            {"digest": sha("0")},
        )
    assert marks(database, "two") == "25bd"


def test_the_same_bytes_delivered_again_to_another_agency_stay(database, database_url):
    approve(database, "one", "1")
    again = {"file_ordinal": 1, "file_name": "x.pdf", "file_sha256": sha("1")}
    Warehouse(database_url).land(
        "digitization__files", [again | {"agency_code": "H26.02"}], batch_id="c"
    )
    assert marks(database, "one") == ""
