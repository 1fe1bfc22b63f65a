"""The migrated database is the schema we write down, no more and no less."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy.exc import ProgrammingError

from warehouse.database import engine
from warehouse.migrations.making import make
from warehouse.schema import LEDGER, LINEAGE, RAW
from warehouse.tables.form import TEXT, ledger_table


def differences(url: str) -> list:
    with engine(url).connect() as connection:
        options = {
            "include_schemas": True,
            "include_name": lambda name, kind, _: kind != "schema" or name in ("raw", "ledger"),
        }
        return compare_metadata(MigrationContext.configure(connection, opts=options), [RAW, LEDGER])


def test_migrations_lead_to_the_schema_as_written(database_url):
    assert differences(database_url) == []


@pytest.mark.parametrize(
    "drift",
    [
        "alter table raw.catalog__agencies add column surprise text",
        "alter table raw.catalog__agencies drop column level",
        "alter table raw.digitization__pages alter column dpi type integer",
        "comment on column raw.digitization__pages.dpi is 'something else'",
        "drop index raw.ix_catalog__agencies__batch_id",
        "create table raw.surprise (a int)",
    ],
)
def test_the_comparison_sees_a_schema_that_drifted(database_url, drift):
    with engine(database_url).begin() as connection:
        connection.exec_driver_sql(drift)
    assert differences(database_url)


@pytest.mark.parametrize("table", RAW.sorted_tables, ids=lambda table: table.name)
def test_every_raw_table_is_described_and_carries_its_lineage(table):
    assert table.comment
    assert table.comment.endswith(".")
    assert "One row per" in table.comment
    assert all(column.comment for column in table.columns)
    assert tuple(table.columns.keys())[-3:] == LINEAGE
    assert not any(table.c[name].nullable for name in LINEAGE)


def _ledger(name: str) -> sa.Table:
    columns = [("said", TEXT, "What is said.")]
    there = sa.MetaData(schema="ledger")
    table = ledger_table(name, columns, comment="Words. One row per word.")
    LEDGER.remove(table)
    return table.to_metadata(there)


@pytest.mark.parametrize(
    "change",
    ["update ledger.words set said = 'b'", "delete from ledger.words", "truncate ledger.words"],
)
def test_an_entry_of_a_ledger_is_never_changed(database_url, change):
    with engine(database_url).begin() as connection:
        operations = Operations(MigrationContext.configure(connection))
        with Operations.context(operations.migration_context):
            make(_ledger("words"))
        connection.exec_driver_sql("insert into ledger.words (said) values ('a')")
    with (
        pytest.raises(ProgrammingError, match="never changed"),
        engine(database_url).begin() as connection,
    ):
        connection.exec_driver_sql(change)


@pytest.mark.parametrize("table", LEDGER.sorted_tables, ids=lambda table: table.name)
def test_every_ledger_is_described(table):
    assert table.comment
    assert "One row per" in table.comment
    assert all(column.comment for column in table.columns)
