"""Who is shown which pair, what a person's word changes, and that it outlives what proposed it."""

import pytest
import sqlalchemy as sa

from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import A, B, sha
from warehouse.decisions import Decision, Opinion, decide, duplicate_pairs
from warehouse.errors import DecisionRefused

MADE = "+fct_duplicate_pair +fct_set_aside +dim_document +dim_agency"
FIRST, SECOND = f"{A}:{sha('1')}", f"{A}:{sha('2')}"
SAW = Opinion(Decision.SAME, "TEST PERSON", "held side by side")
NO = Opinion(Decision.DIFFERENT, "TEST PERSON", "looked again")


@pytest.fixture(scope="module")
def city(module_database_url, tmp_path_factory):
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    models.land()
    assert models.dbt("seed").success
    assert models.dbt("run", "--select", *MADE.split()).success
    yield models
    models.owner.dispose()


def rebuild(city):
    # Of what follows a decision, what was made here: the rest needs tables that were not.
    following = [f"stg_duplicates__decisions+,{made}" for made in MADE.split()]
    assert city.dbt("run", "--select", *following).success


def pairs(city):
    return {
        (row.first_document_key, row.second_document_key): row
        for row in named(city, "select * from marts.fct_duplicate_pair")
    }


def named(city, query):
    with city.owner.connect() as connection:
        return connection.execute(sa.text(query)).all()


def documents(city):
    query = (
        "select document_key, is_duplicate_proposed, duplicate_of_document_key"
        " from marts.dim_document"
    )
    return {key: rest for key, *rest in map(tuple, named(city, query))}


def seen_by(city, agency, query="select pair_key from marts.fct_duplicate_pair"):
    with city.analyst(agency).connect() as connection:
        return {row[0] for row in connection.execute(sa.text(query))}


def test_pairs_are_of_documents_and_neither_secrets_nor_refused_scans_are_in_any(city):
    found = {ends: row.verdict for ends, row in pairs(city).items()}
    assert found == {
        (FIRST, SECOND): "same_paper",
        (FIRST, f"{B}:{sha('2')}"): "same_paper",
        (SECOND, f"{B}:{sha('2')}"): "same_bytes",
    }


def test_a_pair_of_two_agencies_is_seen_by_administrators_alone(city):
    own = pairs(city)[FIRST, SECOND].pair_key
    assert seen_by(city, A) == {own}
    assert seen_by(city, B) == set()
    across = [row for row in pairs(city).values() if row.agency_code is None]
    assert {(row.first_agency_code, row.second_agency_code) for row in across} == {(A, B)}


def test_no_document_tells_its_agency_that_another_one_holds_the_same(city):
    assert documents(city)[f"{B}:{sha('2')}"] == [False, None]
    hint = "select document_key from marts.dim_document where is_duplicate_proposed"
    assert seen_by(city, A, hint) == {FIRST, SECOND}
    assert seen_by(city, B, hint) == set()


def test_what_is_set_aside_is_counted_by_box_and_reason(city):
    asked = (
        "select agency_code, box_code, set_aside_type, reason_code, document_count"
        " from marts.fct_set_aside order by 1"
    )
    assert [tuple(row) for row in named(city, asked)] == [
        (A, "H1", "document_refused", "not_archival", 1),
        (None, None, "document_refused", "not_in_manifest", 1),
    ]


def test_open_pairs_are_listed_and_a_decision_needs_a_pair_and_a_person(city):
    listed = duplicate_pairs(city.owner, agency=B)
    assert {row["verdict"] for row in listed} == {"same_paper", "same_bytes"}
    assert len(duplicate_pairs(city.owner, most=1)) == 1
    with pytest.raises(DecisionRefused, match="no pair 0000"):
        decide(city.owner, "0000", SAW)
    for nobody in (Opinion(Decision.SAME, " ", "x"), Opinion(Decision.SAME, "TEST PERSON", "")):
        with pytest.raises(DecisionRefused, match="a person and a reason"):
            decide(city.owner, listed[0]["pair_key"], nobody)


def test_the_latest_word_of_a_person_holds_and_outlives_the_proposal(city):
    pair_key = pairs(city)[FIRST, SECOND].pair_key
    decide(city.owner, pair_key, NO)
    decide(city.owner, pair_key, SAW)
    rebuild(city)
    row = pairs(city)[FIRST, SECOND]
    assert (row.decision, row.is_open, row.decided_by) == ("same", False, "TEST PERSON")
    # Received at one moment: the greater key is the duplicate, and both are still there.
    assert documents(city)[SECOND] == [False, FIRST]
    assert documents(city)[FIRST] == [False, None]
    [aside] = named(city, "select * from marts.fct_set_aside where set_aside_type = 'duplicate'")
    assert (aside.agency_code, aside.reason_code, aside.document_count) == (A, "decided_same", 1)

    city.land({"duplicates__pairs": []})
    rebuild(city)
    assert (pairs(city)[FIRST, SECOND].verdict, pairs(city)[FIRST, SECOND].decision) == (
        None,
        "same",
    )


def test_a_decision_is_never_changed(city):
    with pytest.raises(sa.exc.ProgrammingError, match="never changed"):
        city.run("update ledger.duplicate_decisions set decision = 'same'")


def test_before_any_build_the_list_says_what_to_do(database_url):
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    with pytest.raises(DecisionRefused, match="build_warehouse"):
        duplicate_pairs(engine)
