"""The migrated database is the schema we write down, no more and no less."""

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from warehouse.database import engine
from warehouse.schema import LINEAGE, RAW


def differences(url: str, metadata: sa.MetaData = RAW) -> list:
    with engine(url).connect() as connection:
        options = {
            "include_schemas": True,
            "include_name": lambda name, kind, _: kind != "schema" or name == "raw",
        }
        return compare_metadata(MigrationContext.configure(connection, opts=options), metadata)


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
