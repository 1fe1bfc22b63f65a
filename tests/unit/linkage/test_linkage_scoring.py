"""Scoring pairs on invented records: found, the same every time, bounded, silent about people."""

import random
from datetime import date, timedelta

import duckdb
import pyarrow as pa
import pytest

from linkage import scoring
from linkage.confined import confined
from linkage.errors import KeysRepeat, LinkageTooLarge, PlanUnfit
from linkage.frequencies import completed, shares
from linkage.plan import Bounds, Compared, Level, Likeness, LinkPlan
from linkage.scoring import score

PLAN = LinkPlan(
    compared=(
        Compared("family", Likeness.NAME, is_weighed=True),
        Compared("given", Likeness.NAME, is_weighed=True),
        Compared("birth_date", Likeness.DATE),
        Compared("person_id", Likeness.CODE),
    ),
    blocking=(("birth_date",), ("family_letters", "given_letters"), ("person_id",)),
    training=(("birth_date",), ("family_letters", "given_letters")),
    certain=(("person_id",), ("family", "given", "birth_date")),
)
BORN = date(1950, 1, 1)
FAMILIES, GIVENS = (
    ("Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Lê", "Quách"),
    ("Hòa", "Lan", "Hùng", "Dũng", "Thảo"),
)


def people(count: int = 200) -> list[dict[str, str | None]]:
    chance = random.Random(3)  # noqa: S311 - invented people
    return [
        {
            "key": str(at),
            "family": chance.choice(FAMILIES),
            "given": chance.choice(GIVENS),
            "birth_date": (BORN + timedelta(days=chance.randrange(20_000))).isoformat(),
            "person_id": f"000{chance.randrange(10**9):09d}",
        }
        for at in range(count)
    ]  # fmt: skip


def elsewhere(rows: list[dict[str, str | None]]) -> list[dict[str, str | None]]:
    """Write the people as another office does: shouting, old tone marks, half without a number."""
    return [
        row
        | {
            "family": str(row["family"]).upper(),
            "given": str(row["given"]).replace("Hòa", "HOÀ").upper(),
            "person_id": row["person_id"] if int(str(row["key"])) % 2 else None,
        }
        for row in rows
    ]


@pytest.fixture(scope="module")
def scores():
    rows = people()
    return score(rows, elsewhere(rows), PLAN)


def test_the_likeliest_pairs_are_the_true_ones(scores):
    likely = [pair for pair in scores.pairs if pair.probability > 0.9]
    assert len(likely) >= 190
    assert sum(pair.left == pair.right for pair in likely) >= 0.99 * len(likely)


def test_the_same_records_give_the_same_model_and_pairs(scores):
    rows = people()
    again = score(rows, elsewhere(rows), PLAN)
    assert (again.model_id, again.pairs) == (scores.model_id, scores.pairs)


def test_an_old_tone_mark_and_capitals_are_the_same_name(scores):
    best = next(pair for pair in scores.pairs if pair.left == pair.right)
    assert best.agreements["given"] is Level.SAME
    assert best.agreements["family"] is Level.SAME


def test_what_is_missing_speaks_neither_for_nor_against(scores):
    without = [one for one in scores.pairs if one.left == one.right and int(one.right) % 2 == 0]
    assert {one.agreements["person_id"] for one in without} == {Level.NOT_GIVEN}


def test_agreeing_on_a_rare_name_tells_more(scores):
    rows = people()
    alike = [one for one in scores.pairs if one.left == one.right and int(one.left) % 2]
    of = lambda family: [p.weight for p in alike if rows[int(p.left)]["family"] == family]  # noqa: E731
    assert max(of("Nguyễn")) < min(of("Quách"))


def test_names_are_weighed_by_counts_from_outside():
    """In these records Quách is rare; where everybody is called so, it tells nothing."""
    rows = people()
    common = {"quách": 0.9, "nguyễn": 0.05, "trần": 0.05}
    given = (Compared("family", Likeness.NAME, frequencies=common), *PLAN.compared[1:])
    plan = LinkPlan(given, PLAN.blocking, PLAN.training, PLAN.certain)
    alike = [p for p in score(rows, elsewhere(rows), plan).pairs if p.left == p.right]
    odd = [p for p in alike if int(p.left) % 2]
    of = lambda family: [p.weight for p in odd if rows[int(p.left)]["family"] == family]  # noqa: E731
    assert min(of("Nguyễn")) > max(of("Quách"))


def test_levels_of_codes_and_dates_are_named():
    base = people(60)
    first = [
        dict(row, key=f"{row['key']}", birth_date="1990-03-07", family="Nguyễn") for row in base
    ]
    other = [dict(row) for row in first]
    other[0]["birth_date"] = "1990-07-03"
    other[1]["person_id"] = str(other[1]["person_id"])[3:]
    other[2]["person_id"] = "00" + "1234567"  # nine digits of another kind
    pairs = {
        p.left: p for p in score(first, other, PLAN, from_probability=0).pairs if p.left == p.right
    }
    assert pairs["0"].agreements["birth_date"] is Level.EXCHANGED
    assert pairs["1"].agreements["person_id"] is Level.SAME_END
    assert pairs["2"].agreements["person_id"] is Level.NOT_GIVEN


def test_one_set_is_compared_with_itself():
    rows = people(100)
    twice = rows + [dict(row, key=f"again-{row['key']}") for row in rows[:30]]
    pairs = [p for p in score(twice, None, PLAN).pairs if p.probability > 0.9]
    assert {(p.left, p.right) for p in pairs} >= {(str(at), f"again-{at}") for at in range(30)}


def test_a_large_set_is_compared_in_parts_and_finds_the_same(scores, monkeypatch):
    rows = people()
    monkeypatch.setattr(scoring, "_AT_ONCE", 60)
    parts = score(rows, elsewhere(rows), PLAN)
    likely = [
        {(p.left, p.right) for p in one.pairs if p.probability > 0.9} for one in (scores, parts)
    ]
    assert len(likely[0]) >= 190
    assert likely[0] == likely[1]


def test_nothing_to_compare_is_no_error():
    assert score([], people(5), PLAN).pairs == ()


def test_a_key_given_twice_is_refused():
    rows = people(5)
    with pytest.raises(KeysRepeat):
        score([*rows, rows[0]], None, PLAN)


def test_a_plan_for_other_records_is_refused_by_column():
    with pytest.raises(PlanUnfit, match="birth_date"):
        score([{"key": "1", "family": "Lê"}], people(3), PLAN)


def test_what_outgrows_its_memory_says_so():
    """Everybody is held against everybody: 36 million pairs do not fit into 64 MB."""
    rows = [dict(row, birth_date="1990-03-07", key=str(at)) for at, row in enumerate(people(6000))]
    plan = LinkPlan(
        PLAN.compared, PLAN.blocking, PLAN.training, PLAN.certain,
        bounds=Bounds(memory_mb=64, sampled_pairs=1000),
    )  # fmt: skip
    with pytest.raises(LinkageTooLarge, match="64 MB"):
        score(rows, None, plan)


@pytest.mark.parametrize(
    "reach",
    [
        "install httpfs",
        "load httpfs",
        "select * from read_csv('/etc/hostname')",
        "attach '/tmp/kept.duckdb'",
        "copy (select 1) to '/tmp/written.csv'",
        "set enable_external_access = true",
        "set memory_limit = '100GB'",
    ],
)
def test_the_engine_reaches_no_file_network_or_extension(reach):
    # Not "not found": an extension that nobody installed is missing from any engine.
    refused = pytest.raises(duckdb.Error, match=r"disabled|configuration")
    with confined(Bounds()) as connection, refused:
        connection.execute(reach)


def test_the_engine_takes_no_variable_of_ours():
    people_of_ours = pa.table({"a": [1]})
    with duckdb.connect() as trusting:  # any other engine finds it by its name
        assert trusting.execute("select a from people_of_ours").fetchall() == [(1,)]
    with (
        confined(Bounds()) as connection,
        pytest.raises(duckdb.CatalogException, match="people_of_ours does not exist"),
    ):
        connection.execute("select a from people_of_ours")
    assert people_of_ours.num_rows == 1


def test_counted_names_become_shares_by_part():
    rows = [
        ("family", "Nguyễn", 3),
        ("family", "NGUYỄN", 1),
        ("family", "Lê", 4),
        ("given", "Hòa", 1),
    ]
    told = shares(rows)
    assert told["family"] == {"nguyễn": 0.5, "lê": 0.5}
    assert told["given"] == {"hoà": 1.0}


def test_a_name_nobody_counted_is_as_rare_as_the_rarest():
    assert completed({"lê": 0.9, "quách": 0.1}, ["khuất"])["khuất"] == 0.1
