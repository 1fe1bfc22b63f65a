"""What people say of fields: who may, that it holds over every reading, and that two are heard."""

import re
import secrets
import threading

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from tests.integration.warehouse_models.conftest import PROJECT, Models
from tests.integration.warehouse_models.raw_rows import DOCUMENTS, FIELDS, FILES, A, B, field, sha
from warehouse.errors import FieldOvertaken, WordRefused
from warehouse.keying import KeyingList
from warehouse.review import ReviewList, Word
from warehouse.roles import ensure_reviewer

MADE = "+fct_document_field +fct_keying_agreement +dim_document +dim_agency"
SIGNER, NUMBER, TYPE = (f"{A}:{sha('1')}#{name}" for name in ("signer", "number", "type"))
READ = Word("OTHER PERSON", "misread")
PASSWORD = "of a test reviewer"


@pytest.fixture(scope="module")
def city(module_database_url, tmp_path_factory):
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    models.land()
    assert models.dbt("seed").success
    built = models.dbt("run", "--select", *MADE.split())
    assert built.success, built.failed
    yield models
    models.owner.dispose()


@pytest.fixture(scope="module")
def login(city):
    """Give the engine of a reviewer of some agencies, one name each call."""
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
def first(login):
    return login(A)


@pytest.fixture(scope="module")
def second(login):
    return login(A)


def rebuild(city):
    # What this module made and nothing else: other marts behind these fields have never been built.
    words = ("stg_review__corrections+", "stg_review__keyings+")
    done = city.dbt(
        "run", "--select", *(f"{word},{mart}" for word in words for mart in MADE.split())
    )
    assert done.success, done.failed


def said(reviewer, key, word):
    review = ReviewList(reviewer)
    item = review.item(key)
    return review.say(item, word, item.upon)


def fields(city, where="true"):
    with city.owner.connect() as connection:
        asked = sa.text(f"select * from marts.fct_document_field where {where}")
        return {row.field_key: row for row in connection.execute(asked)}


def document(city):
    with city.owner.connect() as connection:
        asked = sa.text("select * from marts.dim_document where document_key = :key")
        return connection.execute(asked, {"key": f"{A}:{sha('1')}"}).one()


def test_the_list_begins_with_what_is_least_sure_and_most_used(city, first):
    review = ReviewList(first)
    seen, item = [], review.next_item()
    while item:
        seen.append(item)
        item = review.next_item([one.key for one in seen])
    # Of document 1 the signer and a recipient are doubtful, the abstract is missing; of 2 only the
    # signers were found. What follows from others, and the secrecy nobody can see, is not asked.
    order = [one.field_name for one in seen]
    assert len(seen) == review.waiting() == 8
    assert order[:2] == ["number", "date"]
    assert order[-2:] == ["signer", "recipient_2"]
    assert "secrecy" not in order
    assert seen[-1].label == "Nơi nhận 2"
    assert seen[-2].key == SIGNER
    assert seen[-2].box == (0.1, 0.1, 0.2, 0.2)
    assert {one.agency_code for one in seen} == {A}


def test_a_cell_of_the_mart_leads_to_the_pixels_in_one_query(city):
    row = fields(city)[SIGNER]
    assert (row.archive_sha256, row.page_number) == (sha("a"), 1)
    edges = (row.box_left, row.box_top, row.box_right, row.box_bottom)
    assert [float(edge) for edge in edges] == [0.1, 0.1, 0.2, 0.2]
    assert (row.page_width_px, row.page_height_px) == (2480, 3508)
    assert (row.decided_by, row.method, row.text_as_read) == ("rule", "test", "TEST PERSON")
    assert float(row.confidence) == 0.4
    assert (float(row.reading_confidence), float(row.extraction_confidence)) == (0.5, 0.8)
    assert (row.first_reader_text, row.second_reader_text) == ("TEST PERSON.", "… TEST PERSON")


def test_the_query_that_analysts_are_given_leads_there(city):
    text = (PROJECT.parent / "docs" / "analysts.md").read_text(encoding="utf-8")
    [query] = re.findall(r"## From a cell to the pixels\n\n```sql\n(.*?)```", text, re.DOTALL)
    with city.analyst(A).connect() as connection:
        asked = query.replace("'H26.18:...'", f"'{A}:{sha('1')}'").replace("'number'", "'signer'")
        [row] = connection.execute(sa.text(asked)).all()
    assert (row.field_value, row.archive_sha256, row.page_number) == ("TEST PERSON", sha("a"), 1)
    assert float(row.box_right) * row.page_width_px == pytest.approx(496)
    assert float(row.reading_confidence * row.extraction_confidence) == float(row.confidence)


def test_a_word_shows_after_the_next_build_and_the_reading_stays_beside_it(city, first):
    said(first, SIGNER, READ)
    assert ReviewList(first).item(SIGNER).value == READ.value
    assert SIGNER not in waiting(first)
    assert fields(city)[SIGNER].field_value == "TEST PERSON"
    rebuild(city)
    row = fields(city)[SIGNER]
    assert (row.field_value, row.read_value) == ("OTHER PERSON", "TEST PERSON")
    assert (row.decided_by, row.verdict, row.because) == ("person", "corrected", "misread")
    assert row.reviewer_name == first.url.username
    assert (row.confidence, float(row.read_confidence), row.is_accepted) == (None, 0.4, True)
    shown = document(city)
    assert (shown.signer_name, shown.is_signer_accepted) == ("OTHER PERSON", True)
    assert shown.signer_confidence is None
    assert shown.document_number == "051/QĐ-UBND"


def waiting(reviewer):
    review, keys = ReviewList(reviewer), []
    while item := review.next_item(keys):
        keys.append(item.key)
    return keys


def test_a_confirmation_is_a_word_too(city, first):
    item = ReviewList(first).item(NUMBER)
    said(first, NUMBER, Word(item.value, "as shown"))
    rebuild(city)
    row = fields(city)[NUMBER]
    assert (row.verdict, row.decided_by, row.field_value) == ("confirmed", "person", item.value)


def test_a_second_digitisation_and_a_second_delivery_keep_the_word(city, first):
    said(first, TYPE, Word("Thông báo", "misread"))
    again = [field(1, sha("1"), "type", "Tờ trình"), field(1, sha("1"), "signer", "THIRD")]
    city.land({"digitization__fields": [*FIELDS[:3], *again]})
    city.land(
        {
            "digitization__files": [FILES[0] | {"file_ordinal": 1, "box_code": "H9"}],
            "digitization__documents": [DOCUMENTS[0]],
            "digitization__pages": [],
            "digitization__fields": [field(1, sha("1"), "type", "Kế hoạch")],
        },
        batch_id="again-00000000",
    )
    assert city.dbt("run", "--select", *MADE.split()).success
    row = fields(city)[TYPE]
    assert (row.field_value, row.decided_by) == ("Thông báo", "person")
    assert row.read_value in {"Tờ trình", "Kế hoạch"}
    assert document(city).type_name == "Thông báo"
    assert document(city).signer_name == "OTHER PERSON"


def test_of_two_people_on_one_field_the_second_is_told_and_sees_the_first(city, first, second):
    key = f"{A}:{sha('1')}#abstract"
    mine, theirs = ReviewList(first), ReviewList(second)
    one, other = mine.item(key), theirs.item(key)
    mine.say(one, Word("FIRST ABSTRACT", "missed"), one.upon)
    with pytest.raises(FieldOvertaken) as caught:
        theirs.say(other, Word("SECOND ABSTRACT", "missed"), other.upon)
    assert "ABSTRACT" not in str(caught.value)
    now = theirs.item(key)
    assert (now.value, now.said_by) == ("FIRST ABSTRACT", first.url.username)
    theirs.say(now, Word("SECOND ABSTRACT", "the line goes on"), now.upon)
    assert mine.item(key).value == "SECOND ABSTRACT"


def test_of_many_words_at_the_same_moment_one_is_taken(city, login):
    key = f"{A}:{sha('2')}#abstract"
    reviewers = [ReviewList(login(A)) for _ in range(6)]
    items = [review.item(key) for review in reviewers]
    barrier, taken, refused = threading.Barrier(6), [], []

    def speak(review, item):
        barrier.wait()
        try:
            taken.append(review.say(item, Word("AN ABSTRACT", "missed"), item.upon))
        except FieldOvertaken as error:
            refused.append(error)

    threads = [
        threading.Thread(target=speak, args=pair) for pair in zip(reviewers, items, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(taken), len(refused)) == (1, 5)


def test_a_reviewer_of_another_agency_sees_and_says_nothing(city, login, first):
    stranger = ReviewList(login(B))
    assert stranger.item(SIGNER) is None
    item = ReviewList(first).item(SIGNER)
    with pytest.raises(WordRefused):
        stranger.say(item, Word("X", "x"), item.upon)


COLUMNS = "document_key, agency_code, field_name, verdict, new_value, because, upon_entry_id"


def adding(*values, also="", more=""):
    """A statement that adds a word."""
    shown = ", ".join(map(repr, values))
    return f"insert into ledger.field_corrections ({COLUMNS}{also}) values ({shown}{more})"


OWN, FOREIGN = (f"{A}:{sha('1')}", A), (f"{B}:{sha('2')}", B)


@pytest.mark.parametrize(
    "statement",
    [
        adding(*OWN, "urgency", "corrected", "x", "y", 0),
        "select * from ledger.field_corrections",
        "select * from ledger.field_keyings",
        "select * from ledger.document_views",
    ],
)
def test_an_analyst_may_not_correct_nor_look_into_the_ledgers(city, statement):
    with (
        city.analyst(A).connect() as connection,
        pytest.raises(DBAPIError, match="permission denied"),
    ):
        connection.exec_driver_sql(statement)


FORGED = adding(
    *OWN, "urgency", "corrected", "x", "y", 0, also=", recorded_by", more=", 'reviewer_other'"
)


@pytest.mark.parametrize(
    ("statement", "refusal"),
    [
        (FORGED, "permission denied"),
        ("update ledger.field_corrections set new_value = 'x'", "permission denied"),
        ("delete from ledger.field_corrections", "permission denied"),
        ("select * from ledger.document_views", "permission denied"),
        ("select * from ledger.quarantine", "permission denied"),
        ("select * from raw.digitization__fields", "permission denied"),
        (adding(FOREIGN[0], A, "number", "corrected", "x", "y", 0), "document_is_of_agency"),
        (adding(*FOREIGN, "number", "corrected", "x", "y", 0), "row-level security"),
        (adding(*OWN, "date", "corrected", "19/4/2025", "y", 0), "date_is_iso"),
        (adding(*OWN, "urgency", "confirmed", "x", "y", 0), "verdict_fits_values"),
        (adding(*OWN, "urgency", "perhaps", "x", "y", 0), "verdict_fits_values"),
        (adding(*OWN, "urgency", "corrected", " ", "y", 0), "value_is_text"),
        (adding(*OWN, "urgency", "corrected", "x", " ", 0), "reason_is_given"),
        (adding(*OWN, "urgency", "corrected", "x", "y", 999999), "upon_is_earlier"),
    ],
)
def test_a_reviewer_may_only_add_words_on_own_documents_under_the_own_name(
    first, statement, refusal
):
    with first.connect() as connection, pytest.raises(DBAPIError, match=refusal):
        connection.exec_driver_sql(statement)


def test_a_text_that_no_database_keeps_is_refused_and_not_quoted(first):
    with pytest.raises(WordRefused, match="no such text") as caught:
        ReviewList(first).item("odd\0")
    assert "odd" not in str(caught.value)
    with pytest.raises(WordRefused, match="no such text"):
        KeyingList(first, 1.0).next_item(without=["odd\0"])


def test_an_entry_of_a_list_can_be_decided_too(city, first):
    with first.begin() as connection:
        connection.exec_driver_sql(adding(*OWN, "recipient_3", "corrected", "x", "y", 0))


def test_what_is_shown_is_written_down_by_the_server(city, first):
    review = ReviewList(first)
    review.shown(review.item(SIGNER), "crop", 1, "review")
    asked = "select document_key, field_name, page_number, shown, purpose, recorded_by from"
    rows = city.rows(f"{asked} ledger.document_views")
    name = first.url.username
    assert rows == [(f"{A}:{sha('1')}", "signer", 1, "crop", "review", name)]


def test_a_reviewer_learns_of_own_looks_only_and_an_analyst_of_none(city, login):
    looked, other = login(A), login(A)
    review = ReviewList(looked)
    item = review.item(TYPE)
    asked = f"select ledger.was_shown('{item.document_key}', 'type', '%s')"

    def told(engine, since="-infinity"):
        with engine.connect() as connection:
            return connection.exec_driver_sql(asked % since).scalar()

    review.shown(item, "crop", 1, "keying")
    assert not told(looked)  # a picture is no value
    review.shown(item, "value", None, "review")
    assert (told(looked), told(looked, "infinity"), told(other)) == (True, False, False)
    with pytest.raises(DBAPIError, match="permission denied"):
        told(city.analyst(A))


def test_a_second_person_keys_blind_and_agreement_is_counted(city, first, second, login):
    rebuild(city)
    blind, own = KeyingList(second, 1.0), KeyingList(first, 1.0)
    assert KeyingList(second, 0.0).next_item() is None
    item = blind.next_item(key=SIGNER)
    told = (item.value, item.text_as_read, item.confidence, item.decided_by, item.said_by)
    assert told == (None,) * 5
    assert item.box is not None
    assert own.next_item(key=SIGNER) is None  # never one's own
    blind.key(item, "other  person", item.page)
    assert blind.next_item(key=SIGNER) is None  # once
    with pytest.raises(FieldOvertaken):
        KeyingList(login(A), 1.0).key(item, "x", 1)
    with pytest.raises(WordRefused):
        own.key(own_of(city, item), "OTHER PERSON", 1)
    number = blind.next_item(key=NUMBER)
    blind.key(number, "057/QĐ-UBND", number.page)
    rebuild(city)
    counted = city.rows(
        "select field_name, keyed_count, agreed_count, agreed_share from"
        " marts.fct_keying_agreement order by 1"
    )
    assert [(name, many, agreed, float(share)) for name, many, agreed, share in counted] == [
        ("number", 1, 0, 0.0),
        ("signer", 1, 1, 1.0),
    ]
    assert not fields(city)[SIGNER].is_disputed
    disputed = ReviewList(first).next_item()
    assert (disputed.key, fields(city)[NUMBER].is_disputed) == (NUMBER, True)
    assert float(fields(city)[NUMBER].review_risk) == 1.0


def own_of(city, item):
    """The same item about an entry that the first person wrote and nobody keyed."""
    from dataclasses import replace

    [(entry,)] = city.rows(
        "select max(entry_id) from ledger.field_corrections where field_name = 'type'"
    )
    return replace(item, upon=entry, field_name="type")


def test_models_of_review_pass_their_own_tests(city):
    ours = ("stg_review__corrections", "stg_review__keyings", "int_keyings__compared")
    ours += ("int_fields__decided", "int_documents__described")
    ours += ("fct_document_field", "fct_keying_agreement")
    done = city.dbt("build", "--select", *ours)
    assert done.success, done.failed
