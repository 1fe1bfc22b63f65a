"""Until when documents are kept, and why: reckoned, held, told to their agency alone."""

from datetime import date

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from commands.main import app
from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import FIELDS, RAW_ROWS, A, B, field, sha
from warehouse.errors import DecisionRefused, HoldUnknown, SubjectUnknown
from warehouse.holds import Trigger, Word, hold, release, triggered
from warehouse.retention import listed, why
from warehouse.suggestions import Decision, Instead, Ruling, rule

ROWS = RAW_ROWS | {
    "digitization__fields": [
        *(one for one in FIELDS if one["field_name"] != "date"),
        field(1, sha("1"), "date", "2011-04-19"),
    ],
    "duplicates__pairs": [],
    "filedrop__dossiers": [
        {"agency_code": A, "sheet_number": 1, "row_number": 2, "dossier_code": "D1"}
        | {"maintenance_code": "5 năm", "start_date_text": "2010", "end_date_text": "2012-06"}
    ],
}
FIRST, SECOND, REFUSED = f"{A}:{sha('1')}", f"{A}:{sha('2')}", f"{A}:{sha('6')}"
THEIRS, NOBODYS = f"{B}:{sha('2')}", f"-:{sha('5')}"
WORD = Word("TEST PERSON", "an inspection asks for it")
UNITS = "int_documents__termed int_documents__retained int_documents__held int_dossiers__ended"
UNITS += " fct_retention stg_filedrop__dossiers"


@pytest.fixture(scope="module")
def city(module_database_url, tmp_path_factory):
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    models.land(ROWS)
    models.enter()
    assert models.dbt("seed").success
    made = "+fct_retention +fct_listed_dossier +fct_document_suggestion +dim_agency"
    assert models.dbt("run", "--select", *made.split()).success
    yield models
    models.owner.dispose()


def rebuild(city):
    made = "path:models/staging/retention path:models/intermediate/retention"
    made += " stg_suggestions__decisions int_suggestions__decided fct_retention"
    assert city.dbt("run", "--select", *made.split()).success


def told(city, key):
    [row] = why(city.owner, key)
    return row


def states(city):
    return {
        row.document_key: row.kept_because_code
        for row in city.owner.connect().execute(sa.text("select * from marts.fct_retention"))
    }


def test_every_rule_of_retention_is_reckoned(city):
    done = city.dbt("test", "--select", *[f"{one},test_type:unit" for one in UNITS.split()])
    assert len(done.results) == 6
    assert done.success, done.failed


def test_structure_holds(city):
    chosen = [f"{one},test_type:data" for one in (*UNITS.split(), "list_retention_rules")]
    done = city.dbt("test", "--indirect-selection", "cautious", "--select", *chosen)
    assert done.success, done.failed


def test_a_rule_whose_versions_or_term_contradict_themselves_is_noticed(city):
    guard = "retention_rules_give_whole_terms_and_one_version_a_day"
    [compiled] = city.dbt("compile", "--select", guard).results
    columns = "rule_code, group_code, precedence, basis, maintenance_code, retention_years"
    columns += ", term_type, trigger_code, legal_source"
    older = (
        f"insert into staging.list_retention_rules ({columns}, rule_version, valid_to)"
        f" select {columns}, '0', '2023-02-14' from staging.list_retention_rules"
        " where rule_code = 'tender-lost'"
    )
    found = {}
    for change in (
        "valid_from = valid_from",
        "valid_to = null",
        "trigger_code = null",
        "retention_years = null",
        "legal_source = null",
        "maintenance_code = '05'",
        "maintenance_code = '01'",
        "term_type = 'life_of_the_work'",
        "term_type = 'until_no_longer_in_force'",
        "term_type = 'permanent'",
        "term_type = null",
    ):
        with city.owner.connect() as connection:
            connection.exec_driver_sql(older)
            connection.exec_driver_sql(
                f"update staging.list_retention_rules set {change} where rule_version = '0'"
            )
            found[change] = len(connection.exec_driver_sql(compiled.node.compiled_code).all())
            connection.rollback()
    assert found.pop("valid_from = valid_from") == 0
    assert all(found.values()), found


def test_what_keeps_each_document_is_told(city):
    assert states(city) == {
        FIRST: None,
        SECOND: None,
        REFUSED: "not_in_use",
        THEIRS: "trigger_not_known",
        NOBODYS: "term_not_known",
    }
    row = told(city, FIRST)
    assert (row["term_source"], row["maintenance_code"], row["retention_years"]) == (
        "register",
        "07",
        5,
    )
    assert (row["trigger_date"], row["kept_until_date"]) == (date(2012, 12, 31), date(2017, 12, 31))
    assert row["grounds"] == (
        "the term ended on 2017-12-31: may be proposed for disposal; term stated by the agency's"
        " register; 5 years from the end of the year in which the work ended; the work ended in"
        " 2012 (by the register)"
    )
    assert "hết ngày 31/12/2017" in row["grounds_vietnamese"]
    assert [row["document_key"] for row in listed(city.owner, "due", agency=A)] == [FIRST, SECOND]
    assert {row["document_key"] for row in why(city.owner, f"{A}:D1")} == {FIRST, SECOND, REFUSED}


@pytest.mark.parametrize("agency", [A, B])
def test_an_agency_sees_why_its_own_documents_are_kept(city, agency):
    with city.analyst(agency).connect() as connection:
        query = "select distinct agency_code from marts.fct_retention"
        assert set(connection.execute(sa.text(query)).scalars()) == {agency}


@pytest.mark.parametrize("ledger", ["retention_holds", "retention_triggers"])
def test_analysts_neither_read_nor_write_the_ledgers(city, ledger):
    with (
        city.analyst(A).connect() as connection,
        pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
    ):
        connection.execute(sa.text(f"select * from ledger.{ledger}"))


def test_a_word_needs_a_subject_a_person_and_a_day_that_has_come(city):
    with pytest.raises(SubjectUnknown, match="no document or dossier"):
        hold(city.owner, f"{A}:{sha('9')}", WORD)
    with pytest.raises(SubjectUnknown, match="no document or dossier"):
        why(city.owner, f"{B}:D7")
    with pytest.raises(DecisionRefused, match="a person and a reason"):
        hold(city.owner, FIRST, Word("TEST PERSON", " "))
    with pytest.raises(DecisionRefused, match="has not happened"):
        triggered(city.owner, FIRST, Trigger.WORK_YEAR_ENDED, date(2990, 1, 1), WORD)
    with pytest.raises(HoldUnknown, match="no hold 7"):
        release(city.owner, 7, WORD)


def test_a_hold_beats_the_schedule_until_it_is_released(city):
    number = hold(city.owner, FIRST, WORD, date(2026, 1, 5))
    other = hold(city.owner, f"{A}:D1", Word("OTHER TEST", "a lawsuit"))
    rebuild(city)
    row = told(city, FIRST)
    assert (row["is_due"], row["kept_because_code"]) == (False, "hold")
    assert (row["kept_until_date"], row["term_end_date"]) == (None, date(2017, 12, 31))
    assert row["hold_reason"] == "an inspection asks for it; a lawsuit"
    assert row["hold_entries"] == f"{number}, {other}"
    assert states(city)[SECOND] == "hold"
    release(city.owner, other, WORD)
    with pytest.raises(HoldUnknown):
        release(city.owner, other, WORD)
    rebuild(city)
    assert (states(city)[FIRST], states(city)[SECOND]) == ("hold", None)
    release(city.owner, number, WORD)
    rebuild(city)
    assert states(city)[FIRST] is None


def test_a_persons_word_on_what_the_term_runs_from_comes_before_the_registers(city):
    triggered(city.owner, f"{A}:D1", Trigger.WORK_YEAR_ENDED, date(2016, 3, 1), WORD)
    triggered(city.owner, SECOND, Trigger.WORK_YEAR_ENDED, None, WORD)
    rebuild(city)
    assert told(city, FIRST)["kept_until_date"] == date(2021, 12, 31)
    assert states(city)[SECOND] == "trigger_not_known"


def test_a_persons_term_comes_before_the_registers_and_permanent_never_ends(city):
    [proposed] = city.rows(
        "select suggestion_key from marts.fct_document_suggestion"
        f" where document_key = '{FIRST}' and suggested_value = 'personnel'"
    )
    rule(city.owner, proposed[0], Ruling(Decision.ACCEPTED, "TEST PERSON", "as proposed"))
    rebuild(city)
    row = told(city, FIRST)
    assert (row["term_source"], row["term_type"]) == ("person", "permanent")
    assert (row["is_due"], row["kept_until_date"]) == (False, None)
    instead = Ruling(Decision.REPLACED, "TEST PERSON", "pay", Instead("labour", "07", 15))
    rule(city.owner, proposed[0], instead)
    rebuild(city)
    row = told(city, FIRST)
    assert (row["retention_years"], row["kept_until_date"]) == (15, date(2031, 12, 31))
    assert row["kept_because_code"] == "term_running"


@pytest.mark.parametrize("ledger", ["retention_holds", "retention_triggers"])
def test_a_word_is_never_changed(city, ledger):
    with pytest.raises(sa.exc.ProgrammingError, match="never changed"):
        city.run(f"delete from ledger.{ledger}")


@pytest.mark.parametrize(
    ("columns", "values"),
    [
        ("action, since_date", "'released', now()"),
        ("action, since_date, of_entry_id", "'held', now(), 1"),
        ("action, since_date, subject_type", "'held', now(), 'box'"),
        ("action, since_date, subject_type", "'held', now(), 'document'"),
        ("action, since_date, because", "'held', now(), ' '"),
    ],
)
def test_the_ledger_refuses_what_would_close_the_gate(city, columns, values):
    given = {"subject_type": "'dossier'", "subject_key": "'A:D1'", "because": "'x'"}
    more = {name: value for name, value in given.items() if name not in columns}
    names = ", ".join(["decided_by", columns, *more])
    with pytest.raises(sa.exc.IntegrityError):
        city.run(
            f"insert into ledger.retention_holds ({names})"
            f" values ('TEST PERSON', {values}, {', '.join(more.values())})"
        )


def test_the_command_tells_why_holds_and_releases(city, monkeypatch):
    from orchestration.settings import settings

    monkeypatch.setenv("KHO_DATABASE_URL", city.url.render_as_string(hide_password=False))
    settings.cache_clear()
    said = ["--by", "TEST PERSON", "--because", "a lawsuit"]

    def run(*words):
        return CliRunner().invoke(app, ["retention", *words])

    try:
        told = run("why", THEIRS)
        unknown = run("why", "nothing")
        held = run("hold", THEIRS, *said, "--since", "2026-01-05")
        number = held.output.split()[1].rstrip(":")
        released = run("release", number, *said)
        again = run("release", number, *said)
        happened = run("triggered", THEIRS, "work_year_ended", "--on", "2015-05-01", *said)
        undated = run("triggered", THEIRS, "work_year_ended", *said)
        rebuild(city)
        after = run("list", "running", "--agency", B)
        wrong = run("list", "lost")
    finally:
        settings.cache_clear()
    assert f"{THEIRS}  until no day can be told" in told.output
    assert "nobody has said when the work ended" in told.output
    assert (unknown.exit_code, again.exit_code) == (1, 1)
    assert f"no hold {number} stands" in again.output
    assert "is released" in released.output
    assert "the next build" in happened.output
    assert (undated.exit_code, wrong.exit_code) == (2, 2)
    assert f"{THEIRS}  until 2085-12-31" in after.output
    assert "1 documents running" in after.output


def test_before_any_build_it_is_said_what_to_do(database_url):
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    with pytest.raises(SubjectUnknown, match="build_warehouse"):
        listed(engine, "due")
