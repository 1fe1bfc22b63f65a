"""Two warehouses, each with a store: one with a small city built, one that knows nothing."""

import pytest

from tests.integration.packages.city import fill
from tests.integration.warehouse_models.conftest import Models
from tests.support.servers import fresh_database
from warehouse.store import Store

BUILD = ("build", "--exclude-resource-type", "test", "unit_test")


@pytest.fixture(scope="session")
def city(server, template_database, tmp_path_factory):
    """A built warehouse with its store and the digests of its files; tests leave it as it was."""
    with fresh_database(server, template=template_database) as name:
        models = Models(server.url(name), tmp_path_factory.mktemp("dbt"))
        models.store = Store(tmp_path_factory.mktemp("a") / "store")
        models.kept = fill(server.url(name), models.store)
        assert models.dbt(*BUILD).success
        yield models
        models.owner.dispose()


@pytest.fixture
def elsewhere(server, template_database, tmp_path):
    """An empty warehouse with an empty store."""
    with fresh_database(server, template=template_database) as name:
        models = Models(server.url(name), tmp_path / "dbt")
        models.store = Store(tmp_path / "elsewhere")
        yield models
        models.owner.dispose()
