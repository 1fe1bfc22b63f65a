"""Who holds which papers: handovers against lists, differences found, from hand to hand."""

from datetime import date

import pytest
import sqlalchemy as sa

from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import HEIR, OLD, RAW_ROWS, A, B
from warehouse import custody_list
from warehouse.custody import Paper, record, withdraw
from warehouse.custody_list import Item
from warehouse.handovers import Condition, Handover, Reason
from warehouse.holds import Word
from warehouse.store import Store

WORD = Word("TEST PERSON", "delivery of the year")
MADE = [
    "path:models/staging/custody",
    "path:models/intermediate/custody",
    "path:models/marts/custody",
]
UNITS = "int_documents__shelved int_dossiers__gathered dim_fonds int_custody_events__standing"
UNITS += " int_custody__followed int_custody__balanced fct_custody_balance"
ROWS = RAW_ROWS | {
    "filedrop__dossiers": [
        {"agency_code": OLD, "sheet_number": 1, "row_number": 2, "dossier_code": "D1"}
        | {"box_code": "H7", "title": "THỬ", "maintenance_code": "10 năm"}
        | {"start_date_text": "2010", "end_date_text": "2012-06"}
    ],
    "filedrop__documents": [
        {"agency_code": OLD, "sheet_number": 1, "row_number": row, "dossier_code": "d1"}
        | {"document_number": f"{row}/QĐ-UBND", "issued_date_text": "2010"}
        for row in (2, 3, 4)
    ],
    "duplicates__pairs": [],
}


@pytest.fixture(scope="module")
def city(module_database_url, tmp_path_factory):
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    models.folder = tmp_path_factory.mktemp("papers")
    models.land(ROWS)
    models.enter()
    assert models.dbt("seed").success
    made = "+fct_custody_event +fct_custody_balance +dim_dossier +dim_fonds +dim_agency"
    made += " +dim_document"
    done = models.dbt("run", "--select", *made.split())
    assert done.success, done.failed
    yield models
    models.owner.dispose()


def hand(city, name, giver, receiver, items, **more):
    path = city.folder / f"{name}.pdf"
    path.write_bytes(b"%PDF " + name.encode())
    said = {"on": date(2026, 3, 2), "condition": Condition.GOOD, "reason": Reason.DELIVERY}
    said |= {"counts": custody_list.counted(items)}
    supersedes = more.pop("supersedes", None)
    handover = Handover(giver, receiver, **said | more)
    store = Store(city.folder / "store")
    paper = Paper(path, items)
    return record(city.owner, store, handover, paper, WORD, supersedes=supersedes).number


def rebuild(city):
    done = city.dbt("run", "--select", *MADE)
    assert done.success, done.failed


def balance(city, thing, columns="custodian_agency_code, balance_state, difference"):
    asked = f"select {columns} from marts.fct_custody_balance where thing_key = '{thing}'"
    [row] = city.rows(asked)
    return row


def test_every_rule_of_custody_and_records_is_proved(city):
    done = city.dbt("test", "--select", *[f"{one},test_type:unit" for one in UNITS.split()])
    assert len(done.results) == 7  # a rule each
    assert done.success, done.failed


def test_before_any_handover_the_agency_holds_its_papers_or_its_heir_should(city):
    columns = "custodian_agency_code, responsible_agency_code, custody_state, balance_state"
    assert balance(city, f"box:{A}:H1", columns) == (A, A, "creator", "not_handed_over")
    assert balance(city, f"dossier:{OLD}:D1", columns) == (
        *(OLD, HEIR),
        *("not_handed_over", "not_handed_over"),
    )


def test_a_planted_difference_is_found_and_an_explained_one_is_not(city):
    """The register names three documents; two arrive, and nobody says where the third is."""
    number = hand(city, "short", OLD, HEIR, (Item(OLD, None, "D1", 3, 2),))
    rebuild(city)
    assert balance(city, f"dossier:{OLD}:D1") == (
        HEIR,
        "fewer_received",
        "3 listed, 3 handed over, 2 received, 0 explained: 1 are missing and not explained",
    )
    said = (Item(OLD, None, "D1", 3, 2, 1, "lost, record 05/BB"),)
    corrected = hand(city, "short", OLD, HEIR, said, supersedes=number)
    rebuild(city)
    assert balance(city, f"dossier:{OLD}:D1") == (
        HEIR,
        "balanced",
        "3 listed, 3 handed over, 2 received, 1 explained: all accounted for",
    )
    states = "select event_number, event_state, superseded_by_number from marts.fct_custody_event"
    assert city.rows(states + " order by 1") == [
        (number, "corrected", corrected),
        (corrected, "standing", None),
    ]
    withdraw(city.owner, corrected, WORD)
    rebuild(city)
    assert balance(city, f"dossier:{OLD}:D1")[:2] == (OLD, "not_handed_over")


def test_a_giver_who_did_not_hold_the_papers_is_flagged(city):
    whole = "is_chain_whole, broken_event_number, custodian_agency_code"
    first = hand(city, "first", A, B, (Item(A, "H1", None, 2, 2),))
    loan = hand(city, "loan", B, HEIR, (Item(A, "H1", None, 2, 2),), reason=Reason.LOAN)
    rebuild(city)
    assert balance(city, f"box:{A}:H1", whole) == (True, None, HEIR)
    assert balance(city, f"box:{A}:H1", "custody_state, handover_count") == ("on_loan", 2)
    assert balance(city, f"dossier:{A}:D1", "custodian_agency_code, balance_state") == (
        HEIR,
        "in_its_box",
    )
    stranger = hand(city, "stranger", B, A, (Item(A, "H1", None, 2, 2),))
    rebuild(city)
    assert balance(city, f"box:{A}:H1", whole) == (False, stranger, A)
    assert f"handover {stranger} is by one who did not hold it" in balance(city, f"box:{A}:H1")[2]
    broken = "select event_number, is_chain_broken from marts.fct_custody_event"
    told = dict(city.rows(f"{broken} where event_state = 'standing'"))
    assert [told[one] for one in (first, loan, stranger)] == [False, False, True]


def test_the_heir_of_an_agency_that_ended_may_give_what_it_held(city):
    items = (Item(OLD, None, "d 1", 3, 3),)
    late = hand(city, "heir", HEIR, A, items, on=date(2025, 9, 1))
    early = hand(city, "early", HEIR, A, (Item(OLD, "H7", None, 3, 3),), on=date(2025, 6, 1))
    rebuild(city)
    told = dict(city.rows("select event_number, is_chain_broken from marts.fct_custody_event"))
    assert (told[late], told[early]) == (True, True)
    withdraw(city.owner, early, WORD)
    rebuild(city)
    told = dict(city.rows("select event_number, is_chain_broken from marts.fct_custody_event"))
    assert told[late] is False
    assert balance(city, f"dossier:{OLD}:D1")[:2] == (A, "balanced")


def test_papers_of_which_nothing_is_known_here_have_a_holder_all_the_same(city):
    hand(city, "unknown", B, A, (Item(B, "H99", None, 4, 5), Item(B, None, "D77", 1, 1)))
    rebuild(city)
    assert balance(city, f"box:{B}:H99") == (
        A,
        "more_received",
        "nothing listed, 4 handed over, 5 received, 0 explained: 1 are there that nobody listed",
    )
    assert balance(city, f"dossier:{B}:D77")[:2] == (A, "balanced")


def test_structure_holds(city):
    chosen = (
        "path:models/staging/custody path:models/intermediate/custody path:models/marts/custody"
    )
    chosen += " path:models/intermediate/records path:models/marts/records list_handover_reasons"
    chosen = [f"{one},test_type:data" for one in chosen.split()]
    done = city.dbt("test", "--indirect-selection", "cautious", "--select", *chosen)
    assert done.results
    assert done.success, done.failed


def test_the_list_of_reasons_is_that_of_the_command_and_the_ledger(city):
    named = "select code, needs_resolution from staging.list_handover_reasons"
    from warehouse.handovers import BY_RESOLUTION

    assert dict(city.rows(named)) == {one.value: one in BY_RESOLUTION for one in Reason}
    conditions = {code for (code,) in city.rows("select code from staging.list_conditions")}
    assert conditions == set(Condition)


def test_an_analyst_sees_what_the_own_agency_gave_and_made(city):
    for mart in ("fct_custody_event", "fct_custody_balance", "dim_dossier", "dim_fonds"):
        with city.analyst(B).connect() as connection:
            asked = sa.text(f"select distinct agency_code from marts.{mart}")
            assert list(connection.scalars(asked)) == [B], mart


def test_nothing_is_lost_between_documents_dossiers_and_fonds(city):
    by = "select coalesce(sum(document_count + superseded_document_count), 0)::bigint from marts.{}"
    [(documents,)] = city.rows("select count(*) from marts.dim_document")
    assert documents
    for mart in ("dim_dossier", "dim_fonds"):
        assert city.rows(by.format(mart)) == [(documents,)], mart
    [(lost,)] = city.rows(
        "select count(*) from marts.dim_document left join marts.dim_dossier using (dossier_key)"
        " left join marts.dim_fonds on dim_document.fonds_key = dim_fonds.fonds_key"
        " where dim_dossier.dossier_state is null or dim_fonds.fonds_key is null"
    )
    assert lost == 0
    listed = "select dossier_key from marts.fct_listed_dossier"
    assert city.dbt("run", "--select", "+fct_listed_dossier").success
    known = {key for (key,) in city.rows("select dossier_key from marts.dim_dossier")}
    assert {key for (key,) in city.rows(listed)} <= known


def test_documents_in_no_dossier_are_said(city):
    [(count, state)] = city.rows(
        "select document_count, dossier_state from marts.dim_dossier where dossier_key = '-:(none)'"
    )
    assert (count > 0, state) == (True, "none")
    assert city.rows("select fonds_state from marts.dim_fonds where fonds_key = '-'") == [
        ("creator_unknown",)
    ]
