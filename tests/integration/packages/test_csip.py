"""The E-ARK project's own validator finds nothing wrong with a package, and would if it were."""

from datetime import UTC, datetime

import pytest

from tests.integration.packages.city import DOSSIER, A
from tests.support.eark import csip_errors
from warehouse.packages.exporting import Exporter
from warehouse.packages.request import Request

AT = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)


@pytest.fixture
def package(city, tmp_path):
    exporter = Exporter(city.owner, city.owner, city.store, "0.1.0")
    wanted = Request(A, DOSSIER, "judging", "nobody", has_refused=True)
    return exporter.export(wanted, tmp_path / "package", AT).path


def test_a_package_is_what_the_specification_asks_for(package):
    assert csip_errors(package) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('OBJID="', 'LABEL="', "CSIP1"),
        ('OAISPACKAGETYPE="AIP"', 'OAISPACKAGETYPE="BOX"', "CSIP9"),
        ('USE="Documentation"', 'USE="Papers"', "CSIP60"),
        ('LABEL="CSIP"', 'LABEL="MINE"', "CSIP82"),
    ],
)
def test_a_package_that_leaves_the_specification_is_found(package, old, new, rule):
    mets = package / "METS.xml"
    said = mets.read_text()
    assert old in said
    mets.write_text(said.replace(old, new, 1))
    assert any(rule in one for one in csip_errors(package))
