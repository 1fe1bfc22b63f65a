"""What people say at the desk becomes thresholds, and the next build and reading go by them."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from ocr_assets.learn.lesson import Rule
from orchestration import learning as lessons
from orchestration.resources import ScanEngines
from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import RAW_ROWS, A, B, field, file, sha, usable
from warehouse import learning
from warehouse.auditing import AuditList
from warehouse.errors import FieldOvertaken, NothingToLearnFrom, WordRefused
from warehouse.keying import KeyingList
from warehouse.review import ReviewList, Word
from warehouse.roles import ensure_reviewer

PASSWORD = "of a test reviewer"
MADE = "+fct_document_field +dim_document +dim_agency +fct_field_calibration"
MONDAY = datetime(2026, 1, 5, tzinfo=UTC)
MANY = 12


def sheet(ordinal):
    """A document with a sure date, a doubtful type, and a number that a rule holds back."""
    digest = sha(f"{ordinal:x}")
    asked = {"accepted_from": 0.88, "method": "test:rule", "method_version": "7"}
    return [
        field(ordinal, digest, "date", "2025-04-19") | asked | {"confidence": 0.93},
        field(ordinal, digest, "type", "Quyết định", is_accepted=False)
        | asked
        | {"confidence": 0.80, "accepted_from": 0.85},
        field(ordinal, digest, "number", f"{ordinal:02}/QĐ-X", is_accepted=False)
        | asked
        | {"confidence": 0.95},
    ]


def rows():
    digests = [(n, sha(f"{n:x}")) for n in range(1, MANY + 1)]
    return RAW_ROWS | {
        "digitization__files": [file(n, digest) for n, digest in digests],
        "digitization__documents": [usable(n, digest) for n, digest in digests],
        "digitization__fields": [one for n, _ in digests for one in sheet(n)],
        "digitization__pages": [],
        "digitization__readings": [],
        "digitization__signatures": [],
        "duplicates__pairs": [],
        "suggestions__proposals": [],
        "suggestions__neighbours": [],
    }


def key(ordinal, name):
    return f"{A}:{sha(f'{ordinal:x}')}#{name}"


@pytest.fixture(scope="module")
def city(module_database_url, tmp_path_factory):
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    with models.owner.connect() as connection, pytest.raises(NothingToLearnFrom):
        learning.population(connection)
    models.land(rows())
    assert models.dbt("seed").success
    built = models.dbt("run", "--select", *MADE.split())
    assert built.success, built.failed
    yield models
    models.owner.dispose()


@pytest.fixture(scope="module")
def login(city):
    made = []

    def of(*agencies):
        role = ensure_reviewer(city.owner, f"t{secrets.token_hex(4)}", agencies, PASSWORD)
        url = city.url.set(username=role, password=PASSWORD)
        made.append(sa.create_engine(url, poolclass=sa.NullPool, hide_parameters=True))
        return made[-1]

    yield of
    for engine in made:
        engine.dispose()


@pytest.fixture(scope="module")
def person(login):
    return login(A)


@pytest.fixture
def rule(monkeypatch):
    """A limit that a dozen values can prove."""

    class Asked:
        error_limit, error_level = 0.25, 0.90

    monkeypatch.setattr(lessons, "settings", Asked)
    return Rule(0.25, 0.90)


def learned(city, days=0, **how):
    with city.owner.begin() as connection:
        return lessons.learn(connection, MONDAY + timedelta(days), **how)


def row_of(lesson, name):
    [row] = [row for row in lesson.calibration.rows if row["field_name"] == name]
    return row


def test_before_anybody_speaks_nothing_is_learned_and_the_shipped_thresholds_hold(city, rule):
    with city.owner.connect() as connection:
        assert learning.thresholds(connection) == (None, {})
    lesson = learned(city, is_trial=True)
    date = row_of(lesson, "date")
    assert (date["status"], date["threshold"], date["missing_count"]) == ("too_few", 0.88, 9)
    assert city.rows("select count(*) from ledger.field_thresholds") == [(0,)]


def test_the_lot_gives_out_accepted_values_only_and_never_what_was_read(city, person, login):
    assert AuditList(person, 0.0).next_item() is None
    assert AuditList(login(B), 1.0).next_item() is None
    audits = AuditList(person, 1.0)
    assert audits.next_item(key=key(1, "type")) is None
    item = audits.next_item()
    told = (item.value, item.text_as_read, item.confidence, item.decided_by, item.accepted_from)
    assert (item.field_name, told) == ("date", (None,) * 5)
    assert item.box is not None
    with pytest.raises(WordRefused):
        audits.key(item, " ", 1)
    drawn = {AuditList(person, share).next_item() is None for share in (0.0001, 1.0)}
    assert drawn == {True, False}


def test_what_was_keyed_is_written_beside_what_was_read_once(city, person, login):
    audits = AuditList(person, 1.0)
    item = audits.next_item(key=key(1, "date"))
    audits.key(item, "2025-04-19", 1)
    assert audits.next_item(key=key(1, "date")) is None
    with pytest.raises(FieldOvertaken):
        AuditList(login(A), 1.0).key(item, "2025-04-18", 1)
    written = city.rows(
        "select read_value, value, confidence::float8, accepted_from::float8, method,"
        " method_version, recorded_by from ledger.field_audits"
    )
    name = person.url.username
    assert written == [("2025-04-19", "2025-04-19", 0.93, 0.88, "test:rule", "7", name)]


def test_a_reviewer_adds_no_audit_of_another_agency_and_changes_none(person):
    forged = (
        "insert into ledger.field_audits (document_key, agency_code, field_name, read_value,"
        f" confidence, value) values ('{B}:x', '{B}', 'date', '2025', 0.9, '2025')"
    )
    for statement, refusal in (
        (forged, "row-level security"),
        ("update ledger.field_audits set value = 'x'", "permission denied"),
        ("select * from ledger.field_thresholds", "permission denied"),
    ):
        with person.connect() as connection, pytest.raises(DBAPIError, match=refusal):
            connection.exec_driver_sql(statement)


def test_a_word_keeps_how_the_value_had_been_found_and_held(city, person):
    review = ReviewList(person)
    item = review.item(key(1, "type"))
    review.say(item, Word("Quyết định", "seen"), item.upon)
    kept = city.rows(
        "select old_method, old_method_version, old_is_accepted, old_accepted_from::float8"
        " from ledger.field_corrections"
    )
    assert kept == [("test:rule", "7", False, 0.85)]


@pytest.fixture(scope="module")
def spoken(city, person):
    """Everything looked at: dates keyed blind, one of them read wrong; types and numbers said."""
    audits, review = AuditList(person, 1.0), ReviewList(person)
    for n in range(2, MANY + 1):
        audits.key(
            audits.next_item(key=key(n, "date")), "2025-04-18" if n == 2 else "2025-04-19", 1
        )
        item = review.item(key(n, "type"))
        value = "Kế hoạch" if n == 3 else "QUYẾT  ĐỊNH"
        review.say(item, Word(value, "seen"), item.upon)
    for n in range(1, MANY + 1):
        item = review.item(key(n, "number"))
        review.say(item, Word("1/X", "misread"), item.upon)


def test_each_judgement_is_counted_where_it_belongs(city, spoken, rule):
    lesson = learned(city, is_trial=True)
    date, kind, number = (row_of(lesson, name) for name in ("date", "type", "number"))
    assert (date["audited_count"], date["audited_wrong_count"], date["reviewed_count"]) == (
        12,
        1,
        0,
    )
    # blanks and capitals are no mistakes
    assert (kind["reviewed_count"], kind["reviewed_wrong_count"], kind["audited_count"]) == (
        12,
        1,
        0,
    )
    assert (
        kind["looked_at_count"] == 0
    )  # all below the threshold: they say nothing of what is above
    # a rule holds these back whatever their confidence
    assert (number["reviewed_count"], number["left_out_count"], number["looked_at_count"]) == (
        0,
        12,
        0,
    )
    assert number["status"] == "too_few"


def test_a_disputed_word_says_nothing_until_it_is_settled(city, spoken, rule, login):
    second = login(A)
    keying = KeyingList(second, 1.0)
    item = keying.next_item(key=key(4, "type"))
    keying.key(item, "Chỉ thị", 1)
    kind = row_of(learned(city, is_trial=True), "type")
    assert (kind["reviewed_count"], kind["left_out_count"]) == (11, 1)
    review = ReviewList(second)
    item = review.item(key(4, "type"))
    review.say(item, Word("Quyết định", "looked again"), item.upon)
    kind = row_of(learned(city, is_trial=True), "type")
    assert (kind["reviewed_count"], kind["reviewed_wrong_count"]) == (12, 1)


def test_an_audit_that_differs_comes_back_to_the_list_and_a_word_settles_it(
    city, spoken, rule, person
):
    # What this module made and nothing else: other marts behind these fields have never been built.
    words = ("stg_review__audits+", "stg_review__corrections+")
    done = city.dbt(
        "run", "--select", *(f"{word},{mart}" for word in words for mart in MADE.split())
    )
    assert done.success, done.failed
    [(risk, is_disputed)] = city.rows(
        "select review_risk::float8, is_disputed from marts.fct_document_field"
        f" where field_key = '{key(2, 'date')}'"
    )
    assert (risk, is_disputed) == (1.0, True)
    review = ReviewList(person)
    item = review.item(key(2, "date"))
    assert review.next_item().key == item.key
    review.say(item, Word("2025-04-19", "the keyer slipped"), item.upon)
    date = row_of(learned(city, is_trial=True), "date")
    assert (date["audited_count"], date["audited_wrong_count"]) == (12, 0)
    assert (date["status"], date["missing_count"]) == ("holds", 0)


def test_a_calibration_is_written_once_and_holds_for_the_next_reading(city, spoken, rule):
    first = learned(city)
    assert first.is_written
    again = learned(city, days=7)
    assert not again.is_written
    assert again.calibration.calibration_id == first.calibration.calibration_id
    with city.owner.connect() as connection:
        name, by_field = learning.thresholds(connection)
    assert name == first.calibration.calibration_id
    assert by_field["date"] == 0.88
    engines = ScanEngines(tools="nowhere", reader="best", workers=1)
    taught = engines.calibrated_by(lessons_of(name, by_field))
    assert taught.learned().calibration_id == name
    assert engines.learned().calibration_id is None


def lessons_of(name, by_field):
    from ocr_assets.thresholds import Thresholds

    return Thresholds.of_calibration(name, by_field)


def test_a_new_word_makes_a_new_calibration_and_the_old_one_stays(city, spoken, rule, person):
    review = ReviewList(person)
    item = review.item(key(5, "date"))
    review.say(item, Word("2025-01-01", "came upon it"), item.upon)
    lesson = learned(city, days=14)
    assert lesson.is_written
    done = city.dbt("build", "--select", "stg_learning__thresholds+")
    assert done.success, done.failed
    figures = city.rows(
        "select field_name, is_current, audited_count, wrong_count, looked_at_count"
        " from marts.fct_field_calibration where field_name = 'date' order by calibrated_at"
    )
    assert [row[1] for row in figures] == [False, True]
    # the audit stood, and now a person says what is right: the audited value was wrong after all
    assert figures[1] == ("date", True, 12, 1, 12)


def test_the_list_goes_by_how_often_such_a_value_was_right(city, spoken, rule):
    """The steps of the calibration in force order what waits, not the reader's own confidence."""
    shares = city.rows(
        "select distinct field_name, right_share::float8 from marts.fct_document_field"
        " where field_name in ('date', 'type') order by 1"
    )
    assert [name for name, _ in shares] == ["date", "type"]
    assert all(0.8 < share < 1 for _, share in shares)


def test_models_of_learning_pass_their_own_tests(city, spoken):
    ours = ("stg_review__audits", "int_audits__compared", "int_thresholds__dated")
    done = city.dbt("build", "--select", *ours, "int_thresholds__stepped", "int_fields__decided")
    assert done.success, (done.failed, done.warned)


def test_an_analyst_sees_no_figure_of_the_whole_city(city, spoken):
    with city.analyst(A).connect() as connection:
        asked = "select count(*) from marts.fct_field_calibration"
        assert connection.exec_driver_sql(asked).scalar() == 0
