"""The definitions, loaded once as the code location loads them."""

import pytest


@pytest.fixture(scope="session")
def definitions():
    from orchestration.definitions import defs

    return defs()


@pytest.fixture(scope="session")
def asset_graph(definitions):
    return definitions.resolve_asset_graph()
