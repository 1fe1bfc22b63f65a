"""What is new is compared with all there is, once; nothing is compared, or changed, twice."""

import random
from datetime import UTC, datetime, timedelta

import dagster as dg
import pytest
import sqlalchemy as sa

from ocr_assets.duplicates import sketch
from orchestration.defs.duplicates.assets import find_duplicates
from tests.integration.orchestration.test_digitization import ScratchDatabase
from warehouse.loading import Warehouse
from warehouse.tables.review import CORRECTIONS

NOON = datetime(2026, 3, 2, 5, tzinfo=UTC)
RNG = random.Random(9)  # noqa: S311 - made-up words
CANARY = "TEST PERSON"


def words(count=160):
    return [CANARY, *("".join(RNG.choices("abcdehiklmnoprstuvxy", k=4)) for _ in range(count))]


def sha(mark):
    return (mark * 64)[:64]


PAPER, OTHER = words(), words()


class City:
    """Raw rows of some files, and the comparison over them."""

    def __init__(self, url):
        self.url = url
        self.warehouse = Warehouse(url)
        self._engine = sa.create_engine(url, poolclass=sa.NullPool)

    def land(self, batch, files, at=NOON):
        """Land files of a batch: (digest, words, number, secrecy)."""
        rows = {"files": [], "documents": [], "pages": [], "fields": []}
        for ordinal, (digest, said, number, secrecy) in enumerate(files, 1):
            key = {"file_ordinal": ordinal, "file_sha256": digest}
            declared = {"secrecy": secrecy, "received_state": "received", "agency_code": "A"}
            rows["files"].append({**key, **declared})
            rows["documents"].append({**key, "outcome": "ok", "digitized_at": at})
            rows["pages"].append({**key, "page_number": 1, "page_text": " ".join(said)})
            field = {"field_name": "number", "value": number, "is_accepted": True}
            rows["fields"].append({**key, **field})
        for table, some in rows.items():
            self.warehouse.land(f"digitization__{table}", some, batch_id=batch)

    def correct(self, mark, number, agency):
        with self._engine.begin() as connection:
            entry = sa.insert(CORRECTIONS).values(
                document_key=f"{agency}:{sha(mark)}", agency_code=agency, field_name="number",
                verdict="corrected", new_value=number, because="misread", upon_entry_id=0,
            )  # fmt: skip
            connection.execute(entry)

    def compare(self):
        with dg.DagsterInstance.ephemeral() as instance:
            done = dg.materialize(
                [find_duplicates],
                instance=instance,
                resources={"database": ScratchDatabase(address=self.url)},
            )
            assert done.success
            self.log = "\n".join(one.to_json() for one in instance.all_logs(done.run_id))

    def rows(self, table):
        with self._engine.connect() as connection:
            return connection.execute(sa.text(f"select * from raw.duplicates__{table}")).all()

    def pairs(self):
        return {
            (row.first_document_id[0], row.second_document_id[0]): (row._batch_id, row.verdict)
            for row in self.rows("pairs")
        }


@pytest.fixture
def city(database_url):
    return City(database_url)


@pytest.fixture
def compared(city):
    city.land("b1", [(sha("a"), PAPER, "5/QĐ", None), (sha("c"), OTHER, "9/QĐ", None)])
    city.land("b2", [(sha("b"), PAPER, "5/QĐ", None)])
    city.compare()
    return city


def test_a_second_run_changes_no_row(compared):
    before = compared.rows("pairs"), compared.rows("sketches")
    assert compared.pairs() == {("a", "b"): ("b2", "same_text")}
    assert len(before[1]) == 3
    compared.compare()
    assert (compared.rows("pairs"), compared.rows("sketches")) == before


def test_no_word_of_a_document_is_in_the_log(compared):
    assert "found same_text" in compared.log
    assert CANARY not in compared.log
    assert sha("a") not in compared.log


def test_a_new_batch_meets_the_earlier_ones_and_leaves_their_rows_alone(compared):
    before = compared.rows("pairs")
    compared.land("b3", [(sha("d"), OTHER, "9/QĐ", None), (sha("e"), PAPER, "6/QĐ", None)])
    compared.compare()
    assert before[0] in compared.rows("pairs")
    assert compared.pairs() == {
        ("a", "b"): ("b2", "same_text"),
        ("c", "d"): ("b3", "same_text"),
        ("a", "e"): ("b3", "same_form"),
        ("b", "e"): ("b3", "same_form"),
    }


def test_what_is_read_anew_is_compared_anew_and_takes_its_pairs_over(compared):
    files = [(sha("a"), PAPER, "7/QĐ", None), (sha("c"), OTHER, "9/QĐ", None)]
    compared.land("b1", files, at=NOON + timedelta(hours=1))
    compared.compare()
    assert compared.pairs() == {("a", "b"): ("b1", "same_form")}
    compared.compare()
    assert compared.pairs() == {("a", "b"): ("b1", "same_form")}


def test_a_number_that_a_person_corrected_is_the_one_compared(compared):
    compared.correct("a", "7/QĐ", "A")
    compared.compare()
    assert compared.pairs() == {("a", "b"): ("b1", "same_form")}
    before = compared.rows("pairs"), compared.rows("sketches")
    compared.compare()
    assert (compared.rows("pairs"), compared.rows("sketches")) == before


def test_what_turns_out_to_be_a_secret_leaves_neither_sketch_nor_pair(compared):
    compared.land("b3", [(sha("b"), [], "5/QĐ", "mat")])
    compared.compare()
    assert compared.pairs() == {}
    assert {row.document_id[0] for row in compared.rows("sketches")} == {"a", "c"}


def test_a_batch_that_is_gone_takes_its_sketches_with_it(compared):
    compared.land("b2", [])
    compared.compare()
    assert compared.pairs() == {}
    assert {row._batch_id for row in compared.rows("sketches")} == {"b1"}


def test_another_rule_compares_all_of_it_again(compared, monkeypatch):
    from orchestration.defs.duplicates import rows

    before = compared.rows("sketches")
    monkeypatch.setattr(rows, "METHOD", f"{sketch.VERSION}/another")
    compared.compare()
    assert compared.pairs() == {("a", "b"): ("b2", "same_text")}
    assert not {row._extracted_at for row in before} & {
        row._extracted_at for row in compared.rows("sketches")
    }


def test_a_run_that_died_before_its_end_is_done_again(compared, monkeypatch):
    """Pairs land first: without its sketch a content counts as not compared."""
    from orchestration.defs.duplicates import landing

    compared.land("b3", [(sha("d"), OTHER, "9/QĐ", None)])
    with monkeypatch.context() as patch:
        patch.setattr(landing, "land_sketches", die)
        with pytest.raises(dg.Failure):
            compared.compare()
    compared.compare()
    assert ("c", "d") in compared.pairs()
    assert len(compared.rows("pairs")) == 2


def die(*_):
    raise MemoryError
