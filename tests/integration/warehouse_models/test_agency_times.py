"""Agencies as of any day and by what was known, documents as filed, and heirs people decide on."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import (
    AGENCIES,
    HEIR,
    LAST_DAY,
    OLD,
    RAW_ROWS,
    SPLIT,
    A,
    B,
    agency,
    field,
    file,
    pair,
    sha,
    usable,
)
from warehouse.loading import Warehouse

NEW = "H26.04"  # the body of the commune that bears the divided one's code today
FIRST, SECOND, THIRD = (datetime(2026, month, 1, tzinfo=UTC) for month in (1, 2, 3))
RESOLUTION = {"resolution": "1656/NQ-UBTVQH15", "clause": "khoản 110"}
MERGED = {"change_type": "merged", "successor_code": HEIR} | RESOLUTION
RENAMED = [
    agency(A, "xã Một cũ", "00001", valid_to=date(2019, 12, 31), change_type="renamed"),
    agency(A, "xã Một", "00001", valid_from=date(2020, 1, 1)),
]
OTHERS = [
    agency(B, "xã Hai", "00002", valid_to=LAST_DAY, **MERGED),
    agency(HEIR, "phường Ba", "00003", valid_from=date(2025, 7, 1)),
    agency(NEW, "xã Mới", "00008", valid_from=date(2025, 7, 1)),
    agency(OLD, "xã Chín", "00009", valid_to=LAST_DAY, **MERGED),
]
WAITING = agency(SPLIT, "xã Tám", "00008", valid_to=LAST_DAY, change_type="split", **RESOLUTION)
DECIDED = WAITING | {"successor_code": NEW, "resolution": "77/QĐ-UBND", "clause": None}
# First only what there was; then what became of it; then a decision, and a first day put right.
LANDINGS = {
    FIRST: AGENCIES,
    SECOND: [*RENAMED, *OTHERS, WAITING],
    THIRD: [RENAMED[0] | {"valid_from": date(1998, 1, 1)}, RENAMED[1], *OTHERS, DECIDED],
}
# Two predecessors of one heir, each with a decision of the same number and day.
ISSUED = {
    "1": (OLD, "2024-05-06", "ỦY BAN NHÂN DÂN XÃ CHÍN"),
    "2": (B, "2024-05-06", "ỦY BAN NHÂN DÂN XÃ HAI"),
    "3": (SPLIT, "2024-05-06", "ỦY BAN NHÂN DÂN XÃ TÁM"),
    "4": (A, "2019-03-05", "ỦY BAN NHÂN DÂN XÃ MỘT CŨ"),
    "5": (A, "2019", "ỦY BAN NHÂN DÂN XÃ MỘT CŨ"),
    "6": (A, "1990-01-01", "ỦY BAN NHÂN DÂN XÃ MỘT CŨ"),
    "7": (A, None, None),
}

# The closed commune listed one paper that is scanned, one that is not, and a dossier of nothing.
LINE = {"agency_code": OLD, "sheet_number": 1, "dossier_code": "D1"}
REGISTERS = {
    "filedrop__dossiers": [
        LINE | {"row_number": 2, "dossier_number": "01", "box_code": "H7", "title": "Hồ sơ THỬ"},
        LINE | {"row_number": 3, "dossier_code": "D2", "box_code": "H8", "title": "Hồ sơ RỖNG"},
    ],
    "filedrop__documents": [
        LINE | {"row_number": 2, "document_number": "51/QĐ-UBND", "issued_date_text": "2024-05-06"},
        LINE
        | {"row_number": 3, "dossier_code": "01", "document_number": "52/QĐ-UBND"}
        | {"issued_date_text": "2024-05-07", "subject": "THỬ"},
    ],
    # The two decisions look alike; nobody has decided anything.
    "duplicates__pairs": [pair(sha("1"), sha("2"), issuer_agreement="different")],
}


def papers():
    rows = {"digitization__files": [], "digitization__documents": [], "digitization__fields": []}
    for mark, (code, issued, issuer) in ISSUED.items():
        ordinal = int(mark)
        rows["digitization__files"].append(file(ordinal, sha(mark), code))
        rows["digitization__documents"].append(usable(ordinal, sha(mark)))
        said = {"number": "51/QĐ-UBND", "date": issued, "issuer": issuer}
        rows["digitization__fields"] += [
            field(ordinal, sha(mark), name, value) for name, value in said.items() if value
        ]
    units = ("units__communes", "units__transfers")
    return rows | REGISTERS | {table: RAW_ROWS[table] for table in units}


@pytest.fixture(scope="module")
def city(module_database_url, tmp_path_factory):
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    models.land(papers())
    warehouse = Warehouse(module_database_url)
    for number, (read_at, rows) in enumerate(LANDINGS.items(), start=1):
        warehouse.land(
            "catalog__agencies", rows, batch_id=f"agencies-{number}", extracted_at=read_at
        )
    assert models.dbt("seed").success
    ours = [
        f"path:models/{layer}/{folder}"
        for layer in ("intermediate", "marts")
        for folder in ("agencies", "handover")
    ]
    built = models.dbt("run", "--select", "+fct_handover_item", "+dim_document",
                       *(f"+{some}" for some in ours))  # fmt: skip
    assert built.success, built.failed
    checked = models.dbt("test", "--select", *ours, "--indirect-selection", "cautious")
    assert checked.success, checked.failed
    yield models
    models.owner.dispose()


@pytest.fixture(scope="module")
def logins(city):
    nobody = city.analyst("H26.78")
    city.run("delete from sec.role_agency where agency_code = 'H26.78'")
    return {"owner": city.owner, A: city.analyst(A), OLD: city.analyst(OLD)} | {
        HEIR: city.analyst(HEIR), "nobody": nobody
    }  # fmt: skip


def told(engine, query, **given):
    with engine.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query), given)]


AS_OF = "select agency_name, is_in_office, holder_agency_code, holder_state"
AGENCY_AS_OF = f"{AS_OF} from marts.agencies_as_of(:day, :known) where agency_code = :code"


@pytest.mark.parametrize(
    ("code", "day", "known", "wanted"),
    [
        (A, "2019-12-31", THIRD, ("Ủy ban nhân dân xã Một cũ", True, A, "itself")),
        (A, "2020-01-01", THIRD, ("Ủy ban nhân dân xã Một", True, A, "itself")),
        (A, "2019-12-31", FIRST, ("Ủy ban nhân dân xã Một", True, A, "itself")),
        (A, "1997-06-01", SECOND, ("Ủy ban nhân dân xã Một cũ", True, A, "itself")),
        (A, "1997-06-01", THIRD, None),
        (OLD, "2025-06-30", THIRD, ("Ủy ban nhân dân xã Chín", True, OLD, "itself")),
        (OLD, "2025-07-01", THIRD, ("Ủy ban nhân dân xã Chín", False, HEIR, "heir")),
        (B, "2025-07-01", FIRST, ("Ủy ban nhân dân xã Hai", True, B, "itself")),
        (B, "2025-07-01", SECOND, ("Ủy ban nhân dân xã Hai", False, HEIR, "heir")),
        (SPLIT, "2026-01-01", FIRST, ("Ủy ban nhân dân xã Tám", False, None, "undecided")),
        (SPLIT, "2026-01-01", SECOND, ("Ủy ban nhân dân xã Tám", False, None, "ambiguous")),
        (SPLIT, "2026-01-01", THIRD, ("Ủy ban nhân dân xã Tám", False, NEW, "heir")),
    ],
)
def test_an_agency_is_what_it_was_on_a_day_by_what_was_known_then(city, code, day, known, wanted):
    found = told(city.owner, AGENCY_AS_OF, code=code, day=day, known=known)
    assert found == ([wanted] if wanted else [])


def test_before_the_first_landing_nothing_was_known(city):
    before = datetime(2025, 12, 31, tzinfo=UTC)
    query = "select count(*) from marts.agencies_as_of(:day, :known)"
    assert told(city.owner, query, day="2024-01-01", known=before) == [(0,)]


def test_what_was_said_again_is_one_version_and_a_correction_another(city):
    found = city.rows(
        "select valid_from_date, known_from_at, known_to_at from marts.dim_agency_version"
        f" where agency_code = '{A}' order by known_from_at, valid_from_date"
    )
    assert found == [
        (date(1997, 1, 1), FIRST, SECOND),
        (date(1997, 1, 1), SECOND, THIRD),
        (date(2020, 1, 1), SECOND, None),
        (date(1998, 1, 1), THIRD, None),
    ]


DOCUMENTS = "select filed_agency_name, filed_state, holder_agency_code, holder_state"


@pytest.mark.parametrize(
    ("mark", "wanted"),
    [
        ("1", ("Ủy ban nhân dân xã Chín", "in_force", HEIR, "heir")),
        ("2", ("Ủy ban nhân dân xã Hai", "in_force", HEIR, "heir")),
        ("3", ("Ủy ban nhân dân xã Tám", "in_force", NEW, "heir")),
        ("4", ("Ủy ban nhân dân xã Một cũ", "in_force", A, "itself")),
        ("5", ("Ủy ban nhân dân xã Một cũ", "only_name", A, "itself")),
        ("6", (None, "not_in_office", A, "itself")),
        ("7", (None, "several_names", A, "itself")),
    ],
)
def test_a_document_says_whose_it_was_when_filed_and_whose_it_is(city, mark, wanted):
    key = f"{ISSUED[mark][0]}:{sha(mark)}"
    query = f"{DOCUMENTS} from marts.documents_as_of() where document_key = :key"
    assert told(city.owner, query, key=key) == [wanted]


def test_every_document_is_there_once_on_any_day(city):
    for day in ("1900-01-01", "2025-06-30", "2025-07-01", "2999-01-01"):
        query = "select count(*), count(distinct document_key) from marts.documents_as_of(:day)"
        assert told(city.owner, query, day=day) == [(len(ISSUED), len(ISSUED))]


def test_each_login_asks_as_of_a_day_and_sees_its_agencies_alone(logins):
    for function in ("agencies_as_of", "documents_as_of"):
        query = f"select distinct agency_code from marts.{function}('2026-03-02')"
        assert told(logins[A], query) == [(A,)]
        assert told(logins[OLD], query) == [(OLD,)]
        assert told(logins["nobody"], query) == []
        assert len(told(logins["owner"], query)) > 2
    query = "select holder_agency_name, holder_state from marts.documents_as_of()"
    assert told(logins[OLD], query) == [("Ủy ban nhân dân phường Ba", "heir")]


def test_a_login_outside_the_analysts_may_not_even_ask(city):
    city.run("create role stranger login password 'x'")
    try:
        stranger = sa.create_engine(
            city.url.set(username="stranger", password="x"), poolclass=sa.NullPool
        )
        with pytest.raises(sa.exc.ProgrammingError, match="denied"):
            told(stranger, "select * from marts.agencies_as_of()")
    finally:
        city.run("drop role stranger")


LINEAGE = (
    "select agency_side, predecessor_code, successor_code, change_type, clause, is_decided"
    " from marts.bridge_agency_lineage"
)


def test_lineage_cites_its_clause_and_is_there_for_both_sides(logins):
    merged = (OLD, HEIR, "merged", "khoản 110", True)
    assert told(logins[OLD], LINEAGE) == [("predecessor", *merged)]
    assert ("successor", *merged) in told(logins[HEIR], LINEAGE)
    assert told(logins["nobody"], LINEAGE) == []
    renamed = "predecessor", A, A, "renamed", None, True
    assert told(logins[A], LINEAGE) == [renamed]


def test_two_merged_agencies_keep_their_papers_apart_though_one_holds_both(city):
    """The same number, symbol, day and holder: the issuer as filed tells them apart."""
    query = (
        "select natural_key, is_natural_key_shared, is_duplicate_proposed, filed_agency_name"
        " from marts.dim_document as d inner join marts.documents_as_of() as o using (document_key)"
        f" where o.holder_agency_code = '{HEIR}' order by 1"
    )
    (first, *of_first), (second, *of_second) = told(city.owner, query)
    assert first != second
    assert of_first[:2] == of_second[:2] == [False, False]
    assert (of_first[2], of_second[2]) == ("Ủy ban nhân dân xã Chín", "Ủy ban nhân dân xã Hai")
    pairs = "select agency_code, decision from intermediate.int_duplicates__decided"
    assert city.rows(pairs) == [(None, None)]


def test_a_divided_agency_has_candidates_and_no_heir_until_a_person_names_one(city):
    asked = (
        "select successor_code, successor_commune_code, is_decided, candidate_count, resolution"
        f" from marts.bridge_agency_lineage where predecessor_code = '{SPLIT}'"
        " and agency_side = 'predecessor' order by 2"
    )
    assert city.rows(asked) == [(NEW, "00008", True, 1, "77/QĐ-UBND")]
    rebuild = (
        "run",
        "--select",
        "int_agencies__versioned+",
        "--exclude",
        "int_custody__followed+",
        "dim_fonds+",
    )
    city.run("delete from raw.catalog__agencies where _batch_id = 'agencies-3'")
    try:
        assert city.dbt(*rebuild).success
        assert city.rows(asked) == [
            (HEIR, "00003", False, 2, "1656/NQ-UBTVQH15"),
            (NEW, "00008", False, 2, "1656/NQ-UBTVQH15"),
        ]
        assert city.rows(
            "select holder_agency_code, holder_state from marts.documents_as_of()"
            f" where agency_code = '{SPLIT}'"
        ) == [(None, "ambiguous")]
        [(receiver, state, count, names)] = city.rows(
            "select receiver_agency_code, receiver_state, candidate_count, candidate_names"
            f" from marts.fct_handover_item where agency_code = '{SPLIT}'"
        )
        assert (receiver, state, count) == (None, "ambiguous", 2)
        assert names == "Ủy ban nhân dân phường Ba; Ủy ban nhân dân xã Mới"
    finally:
        Warehouse(city.url.render_as_string(hide_password=False)).land(
            "catalog__agencies", LANDINGS[THIRD], batch_id="agencies-3", extracted_at=THIRD
        )
        assert city.dbt(*rebuild).success


HANDOVER = (
    "select receiver_agency_code, resolution, item_type, box_code, dossier_code, document_number,"
    " listing_state, is_in_warehouse from marts.fct_handover_item where agency_code = :code"
    " order by box_code, dossier_code, document_number"
)


def test_a_handover_list_names_every_paper_its_receiver_and_its_resolution(logins):
    by = (HEIR, "1656/NQ-UBTVQH15")
    assert told(logins["owner"], HANDOVER, code=OLD) == [
        (*by, "document", "H1", "D1", "51/QĐ-UBND", "listed_and_scanned", True),
        (*by, "document", "H7", "D1", "52/QĐ-UBND", "listed_only", False),
        (*by, "dossier", "H8", "D2", None, "listed_only", False),
    ]
    [unlisted] = told(logins["owner"], HANDOVER, code=B)
    assert unlisted == (*by, "document", "H1", "D1", "51/QĐ-UBND", "scanned_only", True)
    assert told(logins["owner"], HANDOVER, code=A) == []


def test_a_handover_list_is_seen_by_the_agency_whose_papers_they_are(logins):
    counted = "select agency_code, count(*) from marts.fct_handover_item group by 1 order by 1"
    assert told(logins[OLD], counted) == [(OLD, 3)]
    assert told(logins[HEIR], counted) == told(logins["nobody"], counted) == []
    assert [code for code, _ in told(logins["owner"], counted)] == [B, SPLIT, OLD]


ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize(
    ("page", "title", "login", "count"),
    [
        ("analysts", "As filed, and as of any day", OLD, 4),
        ("administrators", "Agencies that merge, split, change their name or end", "owner", 3),
    ],
)
def test_what_the_documentation_asks_is_answered(logins, page, title, login, count):
    text = (ROOT / "docs" / f"{page}.md").read_text(encoding="utf-8")
    section = text.partition(f"## {title}\n")[2].partition("\n## ")[0]
    blocks = re.findall(r"```sql\n(.+?)```", section, re.DOTALL)
    asked = [part for block in blocks for part in block.split(";") if "select" in part]
    asked += re.findall(r"copy \((.+)\) to ", section)
    assert len(asked) == count
    for query in asked:
        told(logins[login], query)


OVERLAPPING = "valid_from_date + 9, null::date, known_from_at, known_to_at"
KNOWN_EARLIER = "valid_from_date, valid_to_date, '2025-01-01'::timestamptz, known_from_at"
DAYS_BEFORE = "valid_from_date - 9, valid_from_date - 1, known_from_at, known_to_at"


@pytest.mark.parametrize("of", ["version", "holder"])
@pytest.mark.parametrize(
    ("span", "is_apart"), [(OVERLAPPING, False), (KNOWN_EARLIER, True), (DAYS_BEFORE, True)]
)
def test_two_versions_that_overlap_in_both_times_are_found(city, of, span, is_apart):
    table = "dim_agency_version" if of == "version" else "bridge_agency_holder"
    more = "agency_name" if of == "version" else "holder_state"
    columns = "agency_code, valid_from_date, valid_to_date, known_from_at, known_to_at"
    city.run(
        f"insert into marts.{table} ({of}_key, {columns}, {more})"
        f" select 'planted', agency_code, {span}, {more} from marts.{table}"
        f" where agency_code = '{NEW}'"
    )
    test = f"agency_{of}s_are_apart_in_both_times"
    try:
        done = city.dbt("test", "--select", test)
        assert [result.node.name for result in done.results] == [test]
        assert (done.success, done.failed) == (is_apart, set() if is_apart else {test})
    finally:
        city.run(f"delete from marts.{table} where {of}_key = 'planted'")
