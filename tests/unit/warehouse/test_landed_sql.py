"""Migrations that read their SQL from files: the files are as they were when they landed."""

import hashlib
from pathlib import Path

import pytest

MIGRATIONS = Path(__file__).parents[3] / "warehouse" / "migrations"
# Who changes what a database already has writes a new migration with a new file, and adds it here.
LANDED = {
    "agencies/as_of.sql": "f62f8d6e014349f3",
    "search/documents.sql": "9e0b8835a3c79020",
    "search/folding.sql": "fb45d68d0f716177",
}


def test_every_file_that_a_migration_reads_is_known():
    found = {str(path.relative_to(MIGRATIONS)) for path in MIGRATIONS.rglob("*.sql")}
    assert found == set(LANDED)


@pytest.mark.parametrize(("name", "begins"), LANDED.items())
def test_a_file_that_landed_is_not_changed(name, begins):
    content = (MIGRATIONS / name).read_bytes()
    assert hashlib.sha256(content).hexdigest().startswith(begins), (
        f"{name} was read by a migration that databases have behind them: leave it, and write"
        " what is to change as a migration of its own."
    )
