"""Rows as staging shows them, and a bench that holds a suite against a few of them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

import great_expectations as gx
import pytest
import sqlalchemy as sa
from great_expectations.data_context.types.base import (
    DataContextConfig,
    InMemoryStoreBackendDefaults,
    ProgressBarsConfig,
)

from expectations import gate
from expectations.suites import suite_named

Row = Mapping[str, Any]


def column_type(value: Any) -> str:
    """Return a column type that holds ``value`` and its neighbours."""
    kinds = {bool: "boolean", int: "integer", float: "numeric"}
    return kinds.get(type(value), "text")


class Bench:
    """A schema of the test database in which tables are laid out to be judged."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._engine = sa.create_engine(url)
        self._numbers = count()

    def lay(self, like: Row, rows: Sequence[Row]) -> str:
        """Make a table shaped ``like`` a row, holding ``rows``; return its relation."""
        name = f"judged_{next(self._numbers)}"
        types = {name: "date" for name in like if name.endswith("_date")}
        types |= {name: "timestamptz" for name in like if name.endswith("_at")}
        columns = ", ".join(f"{c} {types.get(c, column_type(v))}" for c, v in like.items())
        with self._engine.begin() as connection:
            connection.exec_driver_sql(f"create table staging.{name} ({columns})")
            for row in rows:
                marks = ", ".join(f":{column}" for column in row)
                insert = f"insert into staging.{name} ({', '.join(row)}) values ({marks})"
                connection.execute(sa.text(insert), dict(row))
        return f"staging.{name}"

    def run(self, statement: str) -> None:
        """Run one statement as the owner."""
        with self._engine.begin() as connection:
            connection.exec_driver_sql(statement)

    def close(self) -> None:
        self._engine.dispose()


@pytest.fixture(scope="module")
def bench(module_database_url: str) -> Iterator[Bench]:
    bench = Bench(module_database_url)
    yield bench
    bench.close()


@pytest.fixture(scope="module")
def failing(bench: Bench) -> Iterator[Callable[[str, Row, Sequence[Row]], tuple[str, ...]]]:
    """Return the names of what fails when a suite meets rows; quicker than a whole gate."""
    context = gx.get_context(
        mode="ephemeral",
        project_config=DataContextConfig(
            store_backend_defaults=InMemoryStoreBackendDefaults(),
            analytics_enabled=False,
            progress_bars=ProgressBarsConfig(globally=False),
        ),
    )
    source = context.data_sources.add_postgres("bench", connection_string=bench.url)

    def names(suite: str, like: Row, rows: Sequence[Row]) -> tuple[str, ...]:
        schema, _, table = bench.lay(like, rows).partition(".")
        asset = source.add_table_asset(table, table_name=table, schema_name=schema)
        batch = asset.add_batch_definition_whole_table("all").get_batch()
        result = batch.validate(suite_named(suite), result_format="BASIC")
        assert not [one for one in result.results if gate._is_broken(one)]
        return tuple(gate._named(one) for one in result.results if not one.success)

    yield names
    source.get_engine().dispose()
