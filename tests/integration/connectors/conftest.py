"""Sample registries for the tests of connectors."""

import pytest

from tests.support.registries import samples


@pytest.fixture
def sample():
    """Start sample registries with the given options; each ends with the test."""
    with samples() as start:
        yield start
