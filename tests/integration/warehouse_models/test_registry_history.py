"""Registries as history: versions slot in, what is gone comes back, and no short list ends them."""

from collections import Counter
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import (
    ENTERPRISES,
    OFFICIALS,
    PARCELS,
    RAW_ROWS,
    A,
    B,
    enterprise,
)
from warehouse.comparing import Entity, Listed, compare
from warehouse.errors import ListTooShort

HISTORIES = ("dim_business_version", "dim_parcel", "dim_official")
ENTITY = Entity("business__enterprises", "tax_code", "business__enterprises_compared", "UTC")
EVERY = ["+dim_business_version", "+dim_business", "+dim_parcel", "+dim_official"]
FIRMS_ALONE = [
    "int_enterprises__latest",
    "int_enterprises__versioned",
    "dim_business",
    "dim_business_version",
]
FIRMS = [f"01001{ordinal:05}" for ordinal in range(300)]
GONE, CORRECTED, MOVED = FIRMS[7], FIRMS[8], FIRMS[9]
JANUARY, MARCH, MAY = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 3, 5))


def firm(code, changed_at=JANUARY, **more):
    return enterprise(code, "00001", **{"changed_at": changed_at} | more)


@pytest.fixture(scope="module")
def city(module_database_url, tmp_path_factory):
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    models.land({**RAW_ROWS, "business__enterprises": []})
    land(models, "1", map(firm, FIRMS))
    build(models, *EVERY)
    yield models
    models.owner.dispose()


def land(models, batch, rows):
    models.land({"business__enterprises": list(rows)}, batch_id=batch)


def build(models, *chosen):
    chosen = chosen or FIRMS_ALONE
    done = models.dbt("build", "--select", *chosen, "--indirect-selection", "cautious")
    assert done.success, done.failed


def listed(models, codes, batch, most_lost=0.1):
    url = models.url.render_as_string(hide_password=False)
    keys = (Listed(code, JANUARY) for code in codes)
    return compare(url, ENTITY, keys, batch_id=batch, most_lost=most_lost)


def versions(models, code):
    return models.rows(
        "select enterprise_name, is_deleted, is_current, valid_to_at is null, known_to_at is null"
        f" from marts.dim_business_version where tax_code = '{code}'"
        " order by valid_from_at, known_from_at"
    )


def everything(models, mart="dim_business_version"):
    return Counter(models.rows(f"select t::text from marts.{mart} t"))


@pytest.mark.parametrize("share", [0, 0.5])
def test_an_empty_or_cut_off_list_ends_no_version(city, share):
    before = everything(city)
    with pytest.raises(ListTooShort, match="Nothing was noted"):
        listed(city, FIRMS[: int(len(FIRMS) * share)], "short")
    build(city)
    assert everything(city) == before
    [(current,)] = city.rows("select count(*) from marts.dim_business_version where is_current")
    assert current == len(FIRMS)


def test_what_is_gone_and_returns_keeps_its_version_and_opens_a_new_one(city):
    before = everything(city)
    assert listed(city, [code for code in FIRMS if code != GONE], "gone").withdrawn == 1
    build(city)
    name = "TEST ENTERPRISE"
    held, gone = (name, False, False, False, True), (name, True, False, True, True)
    assert versions(city, GONE) == [held, gone]
    assert listed(city, FIRMS, "returned").returned == 1
    build(city)
    back = (name, False, True, True, True)
    assert versions(city, GONE) == [held, (name, True, False, False, True), back]
    assert len(everything(city) - before) == 3  # no other firm's versions changed


def test_what_is_read_late_again_or_otherwise_has_its_place(city):
    land(city, "5", [firm(MOVED, MAY, enterprise_name="LAST"), firm(FIRMS[10])])
    land(city, "6", [firm(MOVED, MARCH, enterprise_name="LATE")])
    land(city, "7", [firm(CORRECTED, enterprise_name="RIGHT")])
    build(city)
    assert [row[:3] for row in versions(city, MOVED)] == [
        ("TEST ENTERPRISE", False, False),
        ("LATE", False, False),
        ("LAST", False, True),
    ]
    assert versions(city, CORRECTED) == [
        ("TEST ENTERPRISE", False, False, True, False),
        ("RIGHT", False, True, True, True),
    ]
    assert len(versions(city, FIRMS[10])) == 1


def test_a_full_refresh_gives_the_same_rows(city):
    before = [everything(city, mart) for mart in HISTORIES]
    build(city, *EVERY, "--full-refresh")
    assert [everything(city, mart) for mart in HISTORIES] == before


def test_current_versions_are_what_the_registries_say_now(city):
    columns = "tax_code, agency_code, enterprise_name, representative_name, changed_at"
    now = city.rows(f"select {columns} from marts.dim_business")
    current = f"select {columns} from marts.dim_business_version where is_current"
    assert Counter(city.rows(current)) == Counter(now)
    counted = "select count(*), count(*) filter (where is_current) from marts.{}"
    assert city.rows(counted.format("dim_parcel")) == [(len(PARCELS), len(PARCELS))]
    assert city.rows(counted.format("dim_official")) == [(len(OFFICIALS), len(OFFICIALS))]


def test_versions_are_seen_by_their_agency_and_tell_no_person(city):
    assert ENTERPRISES
    for code in (A, B):
        with city.analyst(code).connect() as connection:
            for mart in HISTORIES[1:]:
                seen = connection.execute(
                    sa.text(f"select agency_code, t::text from marts.{mart} t")
                )
                rows = [tuple(row) for row in seen]
                assert {agency for agency, _ in rows} == {code}
                assert not any("TEST" in text or "0000000001," in text for _, text in rows)
            published = "select count(*) from published.dim_business_version"
            assert bool(connection.scalar(sa.text(published))) == (code == A)
