"""A fresh warehouse with a small city in raw, and dbt in this process to build from it."""

import shutil
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from dbt.cli.main import dbtRunner

from tests.integration.warehouse_models.raw_rows import BATCH, DELIVERIES, RAW_ROWS, A, B
from warehouse.loading import Warehouse
from warehouse.roles import ensure_analyst
from warehouse.tables import intake

PROJECT = Path(__file__).parents[3] / "dbt_project"
PASSWORD = "of a test analyst"


class Models:
    """The dbt project against one database."""

    def __init__(self, url: str, scratch: Path) -> None:
        self.url = sa.make_url(url)
        self.owner = sa.create_engine(url, poolclass=sa.NullPool)
        self._scratch = scratch

    def land(self, rows=RAW_ROWS, batch_id: str = BATCH) -> None:
        warehouse = Warehouse(self.url.render_as_string(hide_password=False))
        for table, some in rows.items():
            warehouse.land(table, some, batch_id=batch_id)

    def enter(self, entries=DELIVERIES) -> None:
        with self.owner.begin() as connection:
            for entry in entries:
                connection.execute(intake.DELIVERIES.insert().values(**entry))

    def dbt(self, *command: str, project: Path = PROJECT) -> SimpleNamespace:
        """Run dbt; return whether it succeeded and the names of what failed, warned, passed."""
        scratch = self._scratch / project.parent.name
        places = ["--project-dir", project, "--profiles-dir", project]
        places += ["--target-path", scratch, "--log-path", scratch]
        with self._environment():
            done = dbtRunner().invoke(["--quiet", *command, *map(str, places)])
        said = {}
        for result in done.result or ():
            said.setdefault(str(result.status), set()).add(result.node.name)
        return SimpleNamespace(
            success=done.success,
            failed=said.get("fail", set()) | said.get("error", set()),
            warned=said.get("warn", set()),
            results=done.result,
        )

    def rows(self, query: str) -> list[tuple]:
        with self.owner.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(query))]

    def run(self, *statements: str) -> None:
        with self.owner.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    def analyst(self, agency_code: str) -> sa.Engine:
        role = ensure_analyst(self.owner, agency_code, PASSWORD)
        url = self.url.set(username=role, password=PASSWORD)
        return sa.create_engine(url, poolclass=sa.NullPool)

    @contextmanager
    def _environment(self):
        given = {
            "KHO_DBT_HOST": self.url.host,
            "KHO_DBT_PORT": str(self.url.port),
            "KHO_DBT_USER": self.url.username,
            "KHO_DBT_PASSWORD": self.url.password,
            "KHO_DBT_DBNAME": self.url.database,
        }
        with pytest.MonkeyPatch.context() as patch:
            for name, value in given.items():
                patch.setenv(name, value)
            yield


@pytest.fixture(scope="module")
def models(module_database_url, tmp_path_factory):
    """The city landed and built once; tests of the module look at it."""
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    models.land()
    models.enter()
    built = models.dbt("build")
    assert built.success, built.failed
    models.built = built
    yield models
    models.owner.dispose()


@pytest.fixture(scope="module")
def analysts(models):
    return {code: models.analyst(code) for code in (A, B)}


@pytest.fixture
def broken_project(tmp_path):
    """A copy of the project to be broken."""
    copy = tmp_path / "broken" / "dbt_project"
    shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns("target", "logs"))
    return copy
