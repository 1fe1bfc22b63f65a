"""A suggestion is marked as one until a person has spoken; personal data raises a level at once."""

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from commands.main import app
from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import A, B, sha
from warehouse.errors import DecisionRefused
from warehouse.suggestions import Decision, Instead, Ruling, Wanted, rule, suggestions

MADE = "+fct_document_suggestion +dim_document +dim_agency"
FIRST = f"{A}:{sha('1')}"
OWN, THEIRS = f"{A}:{sha('2')}", f"{B}:{sha('2')}"
PERSON = "TEST PERSON"
YES = Ruling(Decision.ACCEPTED, PERSON, "as the schedule says")
NO = Ruling(Decision.REJECTED, PERSON, "a number of a form")


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
    following = [f"stg_suggestions__decisions+,{made}" for made in MADE.split()]
    assert city.dbt("run", "--select", *following).success


def found(city, where="true"):
    query = f"select * from marts.fct_document_suggestion where {where} order by suggestion_rank"
    with city.owner.connect() as connection:
        return connection.execute(sa.text(query)).all()


def key_of(city, document, kind, value):
    where = f"document_key = '{document}' and suggestion_type = '{kind}'"
    [row] = [row for row in found(city, where) if row.suggested_value == value]
    return row.suggestion_key


def document(city, key):
    query = (
        "select sensitivity_code, retention_group_code, maintenance_code, retention_years"
        f" from marts.dim_document where document_key = '{key}'"
    )
    return city.rows(query)[0]


def test_nothing_holds_before_a_person_has_spoken(city):
    rows = found(city)
    assert rows
    assert {(row.status, row.is_open, row.decided_value) for row in rows} == {
        ("proposed", True, None)
    }
    assert document(city, FIRST)[1:] == (None, None, None)


def test_structure_holds(city):
    checked = "stg_suggestions__proposals stg_suggestions__neighbours stg_suggestions__decisions"
    checked += " int_suggestions__decided int_documents__sorted fct_document_suggestion"
    chosen = ["--indirect-selection", "cautious", "--select", *checked.split()]
    done = city.dbt("test", *chosen)
    assert done.success, done.failed


def test_neither_secrets_nor_refused_scans_have_suggestions(city):
    assert {row.document_key for row in found(city)} == {FIRST, OWN, THEIRS}


def test_personal_data_of_all_pages_is_one_suggestion_and_raises_the_level_at_once(city):
    [row] = found(city, f"document_key = '{FIRST}' and suggestion_type = 'personal_data'")
    assert (row.suggested_value, row.occurrence_count) == ("id_number", 3)
    assert [place["page"] for place in row.places] == [1, 2]
    assert document(city, FIRST)[0] == "personal"
    assert document(city, OWN)[0] == "sensitive"
    nothing = city.rows("select sensitivity_code from marts.dim_document where not is_usable")
    assert set(nothing) == {("presumed",)}


def test_what_people_decided_for_like_documents_comes_after_the_rules(city):
    rows = found(city, f"document_key = '{OWN}' and suggestion_type = 'retention'")
    assert [(row.suggested_value, row.rule_code) for row in rows] == [
        ("finance", "test"),
        ("personnel", "neighbours"),
    ]
    assert rows[1].suggested_label == "Tổ chức, cán bộ"
    assert rows[1].places is None  # not which documents: they may be another agency's


@pytest.mark.parametrize("agency", [A, B])
def test_an_agency_sees_the_suggestions_of_its_documents_alone(city, agency):
    with city.analyst(agency).connect() as connection:
        query = "select distinct agency_code from marts.fct_document_suggestion"
        assert {row[0] for row in connection.execute(sa.text(query))} == {agency}


def test_a_decision_needs_a_suggestion_a_person_and_what_holds(city):
    some = key_of(city, FIRST, "retention", "personnel")
    personal = key_of(city, FIRST, "personal_data", "id_number")
    for key, ruling, said in (
        ("0000", YES, "no suggestion 0000"),
        (some, Ruling(Decision.ACCEPTED, " ", "x"), "a person and a reason"),
        (some, Ruling(Decision.ACCEPTED, PERSON, ""), "a person and a reason"),
        (some, Ruling(Decision.REPLACED, PERSON, "x"), "what holds instead"),
        (some, Ruling(Decision.ACCEPTED, PERSON, "x", Instead("legal")), "what holds instead"),
        (some, Ruling(Decision.REPLACED, PERSON, "x", Instead("nowhere")), "no such group"),
        (some, Ruling(Decision.REPLACED, PERSON, "x", Instead("legal", "99")), "no such group"),
        (personal, Ruling(Decision.REPLACED, PERSON, "x", Instead("phone")), "accept or reject"),
    ):
        with pytest.raises(DecisionRefused, match=said):
            rule(city.owner, key, ruling)


def test_open_suggestions_are_listed_by_agency_document_and_type(city):
    listed = suggestions(city.owner, Wanted(agency=A, kind="retention"))
    assert {row["document_key"] for row in listed} == {FIRST, OWN}
    assert len(suggestions(city.owner, Wanted(document=FIRST, most=1))) == 1


def test_the_command_lists_by_name_and_writes_down(city, monkeypatch):
    from orchestration.settings import settings

    url = city.url.render_as_string(hide_password=False)
    monkeypatch.setenv("KHO_DATABASE_URL", url)
    settings.cache_clear()
    try:
        listed = CliRunner().invoke(app, ["suggestions", "list", "--document", THEIRS])
        key = key_of(city, THEIRS, "retention", "personnel")
        words = ["--by", PERSON, "--because", "looked at it"]
        refused = CliRunner().invoke(app, ["suggestions", "decide", "0000", "accepted", *words])
        wrong = CliRunner().invoke(app, ["suggestions", "decide", key, "perhaps", *words])
        done = CliRunner().invoke(app, ["suggestions", "decide", key, "accepted", *words])
    finally:
        settings.cache_clear()
    assert f"{key}  {THEIRS}" in listed.output
    assert "retention: Tổ chức, cán bộ, term 02  [neighbours, proposed]" in listed.output
    assert "3 open suggestions" in listed.output
    assert refused.exit_code == 1
    assert "no suggestion 0000" in refused.output
    assert wrong.exit_code == 2
    assert "the next build shows it" in done.output


def test_an_accepted_group_holds_with_its_term_and_closes_the_others(city):
    rule(city.owner, key_of(city, FIRST, "retention", "personnel"), YES)
    rebuild(city)
    assert document(city, FIRST)[1:] == ("personnel", "01", None)
    rows = found(city, f"document_key = '{FIRST}' and suggestion_type = 'retention'")
    assert [(row.status, row.is_open) for row in rows] == [("accepted", False), ("proposed", False)]
    assert rows[0].decided_by == PERSON


def test_the_last_word_holds_and_a_group_of_ones_own_may_be_set(city):
    instead = Ruling(Decision.REPLACED, PERSON, "it is about pay", Instead("labour", "07", 5))
    rule(city.owner, key_of(city, FIRST, "retention", "finance"), instead)
    rebuild(city)
    assert document(city, FIRST)[1:] == ("labour", "07", 5)
    rows = found(city, f"document_key = '{FIRST}' and suggestion_type = 'retention'")
    assert [row.status for row in rows] == ["superseded", "replaced"]


def test_only_a_persons_no_lowers_the_level(city):
    rule(city.owner, key_of(city, FIRST, "personal_data", "id_number"), NO)
    rebuild(city)
    assert document(city, FIRST)[0] == "presumed"


def test_a_decision_outlives_the_proposal_it_was_about(city):
    city.land({"suggestions__proposals": []})
    rebuild(city)
    assert document(city, FIRST)[1:] == ("labour", "07", 5)
    rows = found(city, f"document_key = '{FIRST}'")
    assert {row.status for row in rows} == {"superseded", "replaced", "rejected"}


def test_a_decision_is_never_changed(city):
    with pytest.raises(sa.exc.ProgrammingError, match="never changed"):
        city.run("update ledger.suggestion_decisions set decision = 'accepted'")


def test_before_any_build_the_list_says_what_to_do(database_url):
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    with pytest.raises(DecisionRefused, match="build_warehouse"):
        suggestions(engine, Wanted())
