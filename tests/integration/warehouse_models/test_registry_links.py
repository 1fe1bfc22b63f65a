"""What registries said when a document was signed, and persons behind documents, by token."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import RAW_ROWS, A, B, enterprise
from tests.integration.warehouse_models.test_links import SAID

DOCS = Path(__file__).parents[3] / "docs" / "analysts.md"
WANTED = (
    *(
        "dim_document",
        "bridge_document_enterprise",
        "bridge_document_person",
        "dim_person",
    ),
    *("dim_business_version", "dim_agency"),
)
CODE = "0100109106"


def version(year, month, representative):
    changed_at = datetime(year, month, 1, tzinfo=UTC)
    named = {
        "enterprise_name": "Công ty TNHH Thử",
        "representative_name": representative,
    }
    return enterprise(CODE, "00001", **{"changed_at": changed_at} | named)


ROWS = RAW_ROWS | {
    "business__enterprises": [
        version(2025, 1, "TEST FORMER"),
        version(2025, 6, "TEST LATER"),
        version(2026, 1, "TEST LATEST"),
    ],
    "business__enterprises_compared": [],
    "digitization__pages": [
        row | {"page_text": SAID.get(row["file_ordinal"], row["page_text"])}
        for row in RAW_ROWS["digitization__pages"]
    ],
    "civil_servants__officials": [
        row | {"position_title": "Phó Chủ tịch Ủy ban nhân dân"}
        for row in RAW_ROWS["civil_servants__officials"]
    ],
}


@pytest.fixture(scope="module")
def city(module_database_url, tmp_path_factory):
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    models.land(ROWS)
    models.enter()
    assert models.dbt("seed").success
    built = models.dbt("run", "--select", *(f"+{mart}" for mart in WANTED))
    assert built.success, built.failed
    made = ("int_persons__versioned", "dim_person", "bridge_document_person")
    tested = models.dbt("test", "--select", *made, "--indirect-selection", "cautious")
    assert tested.success, tested.failed
    yield models
    models.owner.dispose()


def asked(engine, query):
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


def test_the_documentation_tells_who_represented_an_enterprise_when_a_document_was_signed(
    city,
):
    section = DOCS.read_text(encoding="utf-8").partition("when a document was signed\n")[2]
    query = re.search(r"```sql\n(.+?)```", section, re.DOTALL)[1].strip().rstrip(";")
    signed = ("051/QĐ-UBND", date(2025, 4, 19), CODE, "verified")
    assert asked(city.analyst(A), query) == [(*signed, "TEST FORMER", "TEST LATEST")]
    assert asked(city.analyst(B), query) == []


def test_a_signer_and_a_holder_are_told_by_token_alone(city):
    told = asked(
        city.analyst(A),
        "select person_role, state, reason_code, person_token is not null"
        " from marts.bridge_document_person order by 1, 2",
    )
    assert ("signer", "verified", None, True) in told
    assert asked(city.analyst(B), "select 1 from marts.bridge_document_person") == []
    for mart in ("bridge_document_person", "dim_person"):
        text = " ".join(row[0] for row in city.rows(f"select t::text from marts.{mart} t"))
        assert text
        assert "TEST" not in text
        assert "000600000001" not in text


def test_persons_are_counted_by_the_agency_that_names_them(city):
    query = "select parcel_count, official_count, verified_count, is_current from marts.dim_person"
    assert asked(city.analyst(A), query) == [(0, 1, 1, True)]
    assert asked(city.analyst(B), query) == [(1, 0, 0, True)]
