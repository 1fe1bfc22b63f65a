"""The 30 real scans of the corpus, signed, stamped, faded, through Dagster into raw and store."""

import csv
import hashlib
import shutil

import pytest
import sqlalchemy as sa

from demo.city import authority_file
from ocr_assets.intake import COMPLETE, batch_key
from orchestration.settings import settings
from warehouse.database import engine
from warehouse.store import Store

pytestmark = pytest.mark.timeout(1800)
COLUMNS = ["agency_code", "bloc", "box_code", "dossier_code", "file_name", "declared_pages"]
COLUMNS += ["secrecy", "operator", "scanner"]
TOOLS = settings().tools  # of the checkout, before this module's home is its own


@pytest.fixture(scope="module")
def received(corpus):
    folders = [corpus / "vn_scans", corpus / "vn_scans_diverse"]
    files = [path for folder in folders for path in sorted(folder.glob("*.*"))]
    return [path for path in files if path.suffix != ".csv"]


@pytest.fixture(scope="module")
def documents(received, home, instance, run_job, module_database_url):
    """Deliver the scans as an agency would, digitise the batch, return its raw rows by file."""
    (home / "tools").symlink_to(TOOLS)
    folder = home / "inbox" / "REAL-01"
    folder.mkdir(parents=True)
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as out:
        rows = csv.DictWriter(out, COLUMNS)
        rows.writeheader()
        for path in received:
            shutil.copyfile(path, folder / path.name)
            rows.writerow({"agency_code": "H26.18", "bloc": "government", "box_code": "HOP-1",
                           "dossier_code": "H26.18.1", "file_name": path.name})  # fmt: skip
    (folder / COMPLETE).touch()
    (home / "catalog").mkdir()
    (home / "catalog" / "agencies.csv").write_text(authority_file(), encoding="utf-8")
    import dagster as dg

    agencies = [dg.AssetKey(["raw", "catalog__agencies"])]
    assert run_job("pull_sources", only=agencies, partition="2026-01-05").success
    key = batch_key(folder)
    instance.add_dynamic_partitions("scan_batch", [key])
    assert run_job("digitize_batch", partition=key).success
    question = (
        "select f.file_name, d.* from raw.digitization__documents as d "
        "inner join raw.digitization__files as f using (_batch_id, file_ordinal)"
    )
    with engine(module_database_url).connect() as connection:
        return {row["file_name"]: row for row in connection.execute(sa.text(question)).mappings()}


def test_none_is_lost_and_each_is_usable(received, documents):
    assert len(received) == 30
    assert set(documents) == {path.name for path in received}
    assert {row["outcome"] for row in documents.values()} <= {"ok", "degraded"}


def test_both_judges_approve_and_what_is_read_is_what_is_written(documents):
    for name, row in documents.items():
        proofs = (row["pdfa_pikepdf"], row["pdfa_verapdf"])
        proofs += (row["is_text_equal"], row["are_images_unchanged"])
        assert proofs == ("passed", "passed", True, True), name


def test_received_bytes_and_archive_copies_are_kept_apart_and_whole(received, documents):
    store = Store(settings().store)
    for path in received:
        row = documents[path.name]
        bytes_in = path.read_bytes()
        assert row["file_sha256"] == hashlib.sha256(bytes_in).hexdigest()
        with store.open(row["file_sha256"]) as kept:
            assert kept.read() == bytes_in
        with store.open(row["archive_sha256"]) as copy:
            assert hashlib.sha256(copy.read()).hexdigest() == row["archive_sha256"]


@pytest.fixture(scope="module")
def suggested(documents, run_job, module_database_url):
    """Make suggestions for the real scans as a build does; return proposals by file and type."""
    import dagster as dg

    made = ("proposals", "embeddings", "neighbours")
    keys = [dg.AssetKey(["raw", f"suggestions__{table}"]) for table in made]
    assert run_job("build_warehouse", only=keys).success
    names = {row["file_sha256"]: name for name, row in documents.items()}
    found = {}
    with engine(module_database_url).connect() as connection:
        outcomes = sa.text("select document_id, outcome from raw.suggestions__embeddings")
        vectors = {names[key]: outcome for key, outcome in connection.execute(outcomes).tuples()}
        rows = sa.text("select * from raw.suggestions__proposals order by suggestion_ordinal")
        for row in connection.execute(rows):
            at = (names[row.document_id], row.suggestion_type)
            found.setdefault(at, []).append(row)
    return vectors, found


def test_every_real_scan_gets_a_vector_and_nearly_every_one_a_group_and_keywords(
    received, suggested
):
    vectors, found = suggested
    assert set(vectors.values()) == {"ok"}
    assert len(vectors) == len(received)
    for kind, least in (("retention", 27), ("keyword", 28), ("summary", 20)):
        assert len([name for name, of in found if of == kind]) >= least, kind


def test_what_is_found_of_persons_on_real_scans_is_told_by_kind_and_place(suggested):
    """Letterheads of offices, amounts and numbers of documents are no personal data."""
    _, found = suggested
    rows = [row for (_, kind), some in found.items() if kind == "personal_data" for row in some]
    assert len(rows) <= 6
    for row in rows:
        assert not any(letter.isdigit() for letter in row.suggested_value)
        assert all(0 <= edge <= 1 for box in row.boxes for edge in box)
