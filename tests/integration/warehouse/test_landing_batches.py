"""A batch lands whole or not at all, once however often it is sent, and its errors tell nothing."""

import hashlib
import logging
import threading
import traceback
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum

import pytest
import sqlalchemy as sa

from warehouse.database import engine
from warehouse.errors import (
    ColumnUnknown,
    LandingRefused,
    ServerNotReady,
    TableUnknown,
    ValueRefused,
)
from warehouse.loading import Warehouse

CANARY = "canary-079012345678"
AGENCIES, PAGES, ENTERPRISES = "catalog__agencies", "digitization__pages", "business__enterprises"


def agency(number: int, **more) -> dict:
    return {"agency_code": f"A{number}", "agency_name": f"SỞ THỬ NGHIỆM {number}", **more}


def page(number: int, **more) -> dict:
    return {"file_ordinal": 1, "page_number": number, "outcome": "ok", **more}


@pytest.fixture
def warehouse(database_url) -> Warehouse:
    return Warehouse(database_url)


@pytest.fixture
def rows_of(database_url):
    def read(table: str, columns: str = "*") -> list[dict]:
        with engine(database_url).connect() as connection:
            found = connection.exec_driver_sql(
                f"select {columns} from raw.{table} order by 1, 2, 3"
            )
            return [dict(row) for row in found.mappings()]

    return read


def test_rows_arrive_typed_and_with_their_lineage(warehouse, rows_of):
    read_at = datetime(2026, 3, 1, 8, 30, tzinfo=UTC)
    row = agency(1, valid_from="2025-07-01", valid_to=date(2026, 1, 1), level=None)
    landing = warehouse.land(AGENCIES, [row], batch_id="b1", extracted_at=read_at)
    assert (landing.table, landing.rows, landing.batch_id) == ("raw.catalog__agencies", 1, "b1")
    (kept,) = rows_of(AGENCIES)
    assert kept["agency_name"] == "SỞ THỬ NGHIỆM 1"
    assert (kept["valid_from"], kept["valid_to"]) == (date(2025, 7, 1), date(2026, 1, 1))
    assert kept["level"] is kept["_extra"] is None
    assert (kept["_batch_id"], kept["_extracted_at"]) == ("b1", read_at)
    assert len(kept["_row_sha256"]) == 64


def test_landing_the_same_rows_twice_leaves_the_same_rows(warehouse, rows_of):
    rows = [agency(number, surprise="x") for number in range(50)]
    at = datetime.now(UTC)
    warehouse.land(AGENCIES, rows, batch_id="b1", extracted_at=at)
    once = rows_of(AGENCIES)
    warehouse.land(AGENCIES, iter(rows), batch_id="b1", extracted_at=at)
    assert rows_of(AGENCIES) == once
    assert len(once) == 50


def test_landing_a_batch_again_replaces_it_and_leaves_other_batches_alone(warehouse, rows_of):
    warehouse.land(AGENCIES, [agency(1), agency(2)], batch_id="b1")
    warehouse.land(AGENCIES, [agency(7)], batch_id="b2")
    warehouse.land(AGENCIES, [agency(3)], batch_id="b1")
    assert [row["agency_code"] for row in rows_of(AGENCIES)] == ["A3", "A7"]
    assert warehouse.land(AGENCIES, [], batch_id="b1").rows == 0
    assert [row["agency_code"] for row in rows_of(AGENCIES)] == ["A7"]


@pytest.mark.parametrize("fault", ["value", "field", "reader"])
def test_a_landing_that_fails_midway_changes_nothing(warehouse, rows_of, fault):
    warehouse.land(PAGES, [page(1)], batch_id="b1")
    before = rows_of(PAGES)

    def failing():
        for number in range(2, 2000):
            yield page(number)
        if fault == "reader":
            raise ConnectionResetError("the registry hung up")
        yield page(2000, dpi="many") if fault == "value" else page(2000, surprise=1)

    with pytest.raises((ValueRefused, ColumnUnknown, ConnectionResetError)):
        warehouse.land(PAGES, failing(), batch_id="b1")
    assert rows_of(PAGES) == before


def test_the_digest_follows_the_contract_and_not_how_a_value_was_written(warehouse, rows_of):
    rows = [
        page(1, dpi=300, text_confidence=0.5),
        page(1, dpi="300.0", text_confidence=Decimal("0.50")),
        page(1, dpi=300, text_confidence=0.6),
    ]
    for batch, row in enumerate(rows):
        warehouse.land(PAGES, [row], batch_id=f"b{batch}")
    first, second, third = (row["_row_sha256"] for row in rows_of(PAGES, "_batch_id, *"))
    assert first == second != third


def test_fields_without_a_column_are_kept_aside_and_named(warehouse, rows_of):
    rows = [agency(1, fax="1", _extra={"motto": "x"}), agency(2)]
    landing = warehouse.land(AGENCIES, rows, batch_id="b1")
    assert landing.unexpected == ("fax", "motto")
    assert [row["_extra"] for row in rows_of(AGENCIES)] == [{"fax": "1", "motto": "x"}, None]


def test_a_field_without_a_column_is_refused_where_nothing_is_kept_aside(warehouse):
    with pytest.raises(ColumnUnknown, match=r"raw\.digitization__pages, row 2.*surprise") as caught:
        warehouse.land(PAGES, [page(1), page(2, surprise=CANARY)], batch_id="b1")
    assert CANARY not in everything_told(caught.value)


def test_lineage_is_made_by_the_warehouse_alone(warehouse):
    with pytest.raises(ColumnUnknown, match="_row_sha256"):
        warehouse.land(AGENCIES, [agency(1, _row_sha256="0" * 64)], batch_id="b1")


def everything_told(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)) + repr(error) + repr(error.__context__)


BAD = [
    (PAGES, "dpi", CANARY),
    (PAGES, "dpi", float("nan")),
    (PAGES, "dpi", True),
    (PAGES, "width_px", 2**31),
    (PAGES, "width_px", "1_000"),
    (PAGES, "width_px", 1.5),
    (PAGES, "width_px", ""),
    (PAGES, "page_text", f"{CANARY}\x00"),
    (PAGES, "page_text", f"{CANARY}\ud800"),
    (PAGES, "page_text", 12),
    ("digitization__files", "size_bytes", 2**63),
    ("digitization__files", "received_at", datetime(2026, 1, 1)),  # noqa: DTZ001
    ("digitization__files", "received_at", CANARY),
    (AGENCIES, "valid_from", "31/12/2025"),
    (AGENCIES, "valid_from", datetime.now(UTC)),
    (AGENCIES, "_extra", {"note": f"{CANARY}\x00"}),
    (AGENCIES, "_extra", {"note": float("inf")}),
    (AGENCIES, "_extra", {"note": object()}),
    (ENTERPRISES, "is_deleted", "no"),
    ("digitization__documents", "tool_versions", {CANARY: {1, 2}}),
]


@pytest.mark.parametrize("bad", BAD, ids=lambda bad: f"{bad[1]}-{type(bad[2]).__name__}")
def test_a_bad_value_is_named_by_place_and_never_shown(warehouse, server, caplog, bad):
    table, column, value = bad
    caplog.set_level(logging.DEBUG)
    good = {"digitization": {"file_ordinal": 1}}.get(table.split("__")[0], {})
    with pytest.raises(ValueRefused) as caught:
        warehouse.land(table, [good, {**good, column: value}], batch_id="b1")
    told = everything_told(caught.value)
    assert f"raw.{table}, row 2: column {column} " in told
    assert caught.value.__context__ is None
    assert CANARY not in told + caplog.text
    if hasattr(server, "place"):
        assert CANARY not in server.place.log.read_text()


def test_a_key_that_comes_twice_is_named_without_what_the_server_said(warehouse):
    rows = [page(1, page_text=CANARY), page(1)]
    with pytest.raises(LandingRefused, match="pk_digitization__pages comes twice") as caught:
        warehouse.land(PAGES, rows, batch_id=CANARY)
    assert caught.value.__context__ is None
    assert CANARY not in everything_told(caught.value)


def test_a_missing_key_and_a_value_too_long_for_its_index_are_refused_by_name(warehouse):
    with pytest.raises(LandingRefused, match="column page_number is required"):
        warehouse.land(PAGES, [{"file_ordinal": 1}], batch_id="b1")
    noise = "".join(hashlib.sha256(bytes([n])).hexdigest() for n in range(150)) + CANARY
    with pytest.raises(LandingRefused, match="54000") as caught:
        warehouse.land(AGENCIES, [{"agency_code": noise}], batch_id="b1")
    assert CANARY not in everything_told(caught.value)


def test_text_that_looks_like_copy_syntax_arrives_as_it_was(warehouse, rows_of):
    texts = ["\\N", "\\.", "a\tb", "a\\nb\nc\r", "", "\\u0000", '"', "đường Ư"]
    warehouse.land(PAGES, [page(n, page_text=t) for n, t in enumerate(texts)], batch_id="b1")
    assert [row["page_text"] for row in rows_of(PAGES, "page_number, page_text, 1")] == texts


def test_json_holds_an_escaped_backslash_before_u0000(warehouse, rows_of):
    warehouse.land(AGENCIES, [agency(1, note="\\u0000")], batch_id="b1")
    assert rows_of(AGENCIES)[0]["_extra"] == {"note": "\\u0000"}


def test_closed_sets_and_whole_numbers_as_text_are_taken(warehouse, rows_of):
    class Colour(StrEnum):
        RED = "red"

    warehouse.land(PAGES, [page("7", outcome=Colour.RED, width_px="2480")], batch_id="b1")
    (kept,) = rows_of(PAGES)
    assert (kept["page_number"], kept["outcome"], kept["width_px"]) == (7, "red", 2480)


def test_an_unknown_table_is_named(warehouse):
    with pytest.raises(TableUnknown, match="raw table population__citizens"):
        warehouse.land("population__citizens", [], batch_id="b1")


def test_a_database_that_does_not_answer_is_worth_asking_again(database_url):
    url = sa.make_url(database_url).set(port=1).render_as_string(hide_password=False)
    with pytest.raises(ServerNotReady) as caught:
        Warehouse(url).land(AGENCIES, [], batch_id="b1")
    assert caught.value.retryable
    assert sa.make_url(database_url).password not in everything_told(caught.value)


def test_two_landings_of_one_batch_at_once_leave_it_once(warehouse, rows_of):
    def slow():
        for number in range(3000):
            yield agency(number)

    threads = [
        threading.Thread(target=warehouse.land, args=(AGENCIES, slow()), kwargs={"batch_id": "b1"})
        for _ in range(3)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(rows_of(AGENCIES)) == 3000


def test_readers_see_the_old_batch_until_the_new_one_is_whole(warehouse, rows_of):
    warehouse.land(AGENCIES, [agency(1)], batch_id="b1")

    def watching():
        for number in range(2, 500):
            yield agency(number)
        assert [row["agency_code"] for row in rows_of(AGENCIES)] == ["A1"]

    warehouse.land(AGENCIES, watching(), batch_id="b1")
    assert len(rows_of(AGENCIES)) == 498


def test_memory_does_not_grow_with_the_number_of_rows(warehouse):
    def peak(count: int) -> int:
        tracemalloc.start()
        rows = (page(number, page_text="chữ " * 50) for number in range(count))
        assert warehouse.land(PAGES, rows, batch_id="b1").rows == count
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    small, large = peak(2_000), peak(40_000)
    assert large < small * 1.5 + 1_000_000
