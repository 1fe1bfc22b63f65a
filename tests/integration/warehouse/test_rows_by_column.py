"""Rows written many at a time come back as they were, and as they do one at a time."""

import enum
import random
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import psycopg
import pytest
import sqlalchemy as sa

from tests.support.servers import fresh_database
from warehouse.database import connection_string
from warehouse.errors import ValueRefused
from warehouse.form import ROWS_AT_ONCE, Form
from warehouse.loading import copy_in
from warehouse.tables.form import (
    BIGINT,
    BOOL,
    BYTES,
    DATE,
    EXTRA,
    INSTANT,
    INT,
    JSON,
    NUMERIC,
    TEXT,
)

AT = datetime(2026, 1, 5, 8, tzinfo=UTC)
KINDS = {
    "z_text": TEXT,
    "whole": INT,
    "large": BIGINT,
    "measure": NUMERIC,
    "is_so": BOOL,
    "held_on": DATE,
    "held_at": INSTANT,
    "content": BYTES,
    "object": JSON,
    "vector": sa.ARRAY(sa.REAL),
    EXTRA: JSON,
    "_batch_id": TEXT,
    "_extracted_at": INSTANT,
    "_row_sha256": TEXT,
}
TABLE = sa.Table("odd", sa.MetaData(schema="raw"), *(sa.Column(*one) for one in KINDS.items()))


class Word(enum.StrEnum):
    SAID = "said"


# What was sent, and what the database gives back of it.
ODD = {
    "z_text": [
        *((text, text) for text in ("", "\\N", "\\.", "\t", "a\nb", "a\r\nb", "\\", 'he said "x"')),
        *((text, text) for text in ("Đặng Xá", "Đặng Xá", "😀", "{}", ",", "'", "\x7f\x01")),
        (Word.SAID, "said"),
    ],
    "whole": [(0, 0), (-(2**31), -(2**31)), (2**31 - 1, 2**31 - 1), ("+7", 7), ("-08", -8)],
    "large": [(2**63 - 1, 2**63 - 1), (-(2**63), -(2**63)), ("12", 12)],
    "measure": [
        *((Decimal(sent), Decimal(sent)) for sent in ("0", "-0", "0.10", "100", "1E+20", "1E-20")),
        *((Decimal(sent), Decimal(sent)) for sent in ("-12.500", ".5", "9" * 400)),
        (1.5, Decimal("1.5")),
        ("007.50", Decimal("7.5")),
        (3, Decimal(3)),
    ],
    "is_so": [(True, True), (False, False)],
    "held_on": [(date(1, 1, 1), date(1, 1, 1)), ("2025-07-01", date(2025, 7, 1))],
    "held_at": [
        (AT, AT),
        (datetime(1945, 9, 2, 9, 30, 1, 5, UTC), datetime(1945, 9, 2, 9, 30, 1, 5, UTC)),
        (datetime(2026, 1, 5, 15, tzinfo=timezone(timedelta(hours=7))), AT),
        ("2026-01-05T15:00:00+07:00", AT),
    ],
    "content": [(b"", b""), (b"\x00\\\t\n", b"\x00\\\t\n"), (memoryview(b"ab"), b"ab")],
    "object": [
        ({"a": ["\t", "\\", None, 1.5, 'x"y']}, {"a": ["\t", "\\", None, 1.5, 'x"y']}),
        ([], []),
        ("\\u0041", "\\u0041"),
    ],
    "vector": [([1.5, -2.0], [1.5, -2.0]), ((), [])],
    EXTRA: [({"note": "a\tb\\"}, {"note": "a\tb\\"}), ({}, None)],
}


@pytest.fixture(scope="module")
def connection(server, template_database):
    with (
        fresh_database(server, template=template_database) as name,
        psycopg.connect(connection_string(server.url(name))) as opened,
    ):
        opened.execute(
            str(sa.schema.CreateTable(TABLE).compile(dialect=sa.dialects.postgresql.dialect()))
        )
        yield opened
        opened.rollback()


@pytest.fixture
def landed(connection):
    """Copy rows in, a block of ``at_once`` at a time, and give them back in their order."""

    def land(rows):
        with connection.transaction(force_rollback=True):
            cursor = connection.cursor(row_factory=psycopg.rows.dict_row)
            form = Form(TABLE)
            assert copy_in(cursor, form, form.filled(rows, "lô\t1\\", AT)) == len(rows)
            return cursor.execute("select * from raw.odd order by ctid").fetchall()

    return land


def drawn(count: int) -> tuple[list[dict], list[dict]]:
    """Draw rows with something odd in every other column, and what should come back."""
    chance = random.Random(7)  # noqa: S311 - odd rows, not secrets
    sent, kept = [], []
    for _ in range(count):
        pairs = {
            name: chance.choice(values) for name, values in ODD.items() if chance.random() < 0.6
        }
        sent.append({name: pair[0] for name, pair in pairs.items()})
        kept.append({name: pairs[name][1] if name in pairs else None for name in ODD})
    return sent, kept


def test_whatever_comes_in_comes_back(landed):
    sent, kept = drawn(ROWS_AT_ONCE + 500)
    back = landed(sent)
    assert [{name: row[name] for name in ODD} for row in back] == kept
    assert {row["_batch_id"] for row in back} == {"lô\t1\\"}
    assert {row["_extracted_at"] for row in back} == {AT}


def test_a_row_has_the_same_digest_alone_and_among_others(landed):
    sent, _ = drawn(60)
    together = [row["_row_sha256"] for row in landed(sent)]
    alone = [landed([row])[0]["_row_sha256"] for row in sent]
    assert together == alone
    assert len(set(together)) > 50


def test_nothing_and_an_empty_text_have_different_digests(landed):
    nothing, empty, marked = (
        row["_row_sha256"] for row in landed([{}, {"z_text": ""}, {"z_text": "\\N"}])
    )
    assert len({nothing, empty, marked}) == 3


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("z_text", "a\0b"),
        ("z_text", "\ud800"),
        ("whole", 2**31),
        ("large", 2**63),
        ("is_so", 1),
        ("held_on", AT),
        ("held_at", datetime(2026, 1, 5)),  # noqa: DTZ001
        ("measure", Decimal("NaN")),
        ("measure", Decimal("1E+2000")),
        ("measure", Decimal("1" * 2000)),
        ("vector", [float("nan")]),
        (EXTRA, "no object"),
    ],
)
def test_the_row_that_does_not_fit_is_named_wherever_it_stands(landed, column, value):
    right = next(one for one, _ in ODD[column])
    rows = [{column: right}] * (ROWS_AT_ONCE + 20)
    rows += [{column: value}, {"whole": "later"}]
    with pytest.raises(ValueRefused, match=rf"row {ROWS_AT_ONCE + 21}: column {column} cannot"):
        landed(rows)
