"""Fixtures that more than one room needs: a server, fresh databases on it, the corpus."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.servers import GivenServer, Server, administer, fresh_database
from warehouse.embedded import EmbeddedServer

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"
DURABILITY = ("fsync", "synchronous_commit", "full_page_writes")


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A running server of its own, or the one ``KHO_TEST_URL`` names as its administrator."""
    given = os.environ.get("KHO_TEST_URL")
    if given:
        yield GivenServer(given)
        return
    with tempfile.TemporaryDirectory(prefix="kho-test-") as folder:
        Path(folder).chmod(0o755)  # the server may run as another user than we do
        embedded = EmbeddedServer(Path(folder) / "home", seats=Path(folder) / "seats")
        embedded.start()
        # Nothing here outlives the session; a server that must is started by the test itself.
        administer(embedded, *(f"alter system set {name} = off" for name in DURABILITY))
        administer(embedded, "select pg_reload_conf()")
        try:
            yield embedded
        finally:
            embedded.stop()


@pytest.fixture(scope="session")
def template_database(server: Server) -> Iterator[str]:
    """Name of a migrated database that fresh ones are copied from; nobody connects to it."""
    with fresh_database(server, migrated=True) as name:
        yield name


@pytest.fixture
def database_url(server: Server, template_database: str) -> Iterator[str]:
    """Owner's URL of a fresh migrated database; dropped after the test."""
    with fresh_database(server, template=template_database) as name:
        yield server.url(name)


@pytest.fixture(scope="module")
def module_database_url(server: Server, template_database: str) -> Iterator[str]:
    """Like ``database_url``, but one for all tests of a module."""
    with fresh_database(server, template=template_database) as name:
        yield server.url(name)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Folder of real scans that may be measured with but not copied from; skips without it."""
    folder = Path(os.environ.get("KHO_CORPUS") or CORPUS)
    if not folder.is_dir():
        pytest.skip("no corpus here: name its folder in KHO_CORPUS")
    return folder
