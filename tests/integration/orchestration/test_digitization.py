"""A delivered batch on its way into raw tables and store; the engines say what we tell them."""

import hashlib
from collections.abc import Iterator

import dagster as dg
import pikepdf
import pyrage
import pytest
import sqlalchemy as sa
from PIL import Image

from ocr_assets.digitized import Digitized, PageOutcome
from ocr_assets.extract import Field
from ocr_assets.intake import DeliveredFile, ReceivedState, batch_key
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.pdf_images import fingerprint, page_images
from ocr_assets.verdict import Verdict
from orchestration.defs.digitization.assets import digitize, receive
from orchestration.defs.digitization.batch import Batch
from orchestration.defs.digitization.custody import Custody, Secret
from orchestration.defs.digitization.opening import open_delivery
from orchestration.resources import Database, FileStore, Inbox, ScanEngines
from tests.support.scans import jpeg, pdf_of
from tests.support.separators import coded, patch, text_page
from warehouse.loading import Warehouse
from warehouse.quarantine import Quarantine
from warehouse.store import Store

HEADER = "agency_code,bloc,box_code,dossier_code,file_name,declared_pages,secrecy,operator,scanner"
PERSON = "TEST PERSON 000000000001"
FILES = {
    "1.pdf": b"a good scan",
    "2.pdf": b"a torn scan",
    "3.pdf": b"stamped secret",
    "4.pdf": b"declared secret",
    "5.pdf": b"a good scan",  # the same bytes again
    "9.pdf": b"undeclared",
}
TABLES = ("files", "documents", "pages", "fields")


class ToldEngines(ScanEngines):
    """Engines that know the scans of this test by their bytes."""

    def digitize(self, scans, work, agencies) -> Iterator[Digitized]:
        for scan in scans:
            received = scan.path.read_bytes()
            if scan.is_secret or received == b"stamped secret":
                yield self.said(scan, Outcome.QUARANTINED, Reason.STATE_SECRET)
            elif received == b"a torn scan":
                yield self.said(scan, Outcome.FAILED, Reason.DAMAGED)
            else:
                yield self.read(scan, work)

    def said(self, scan, outcome, reason, **more) -> Digitized:
        received = scan.path.read_bytes()
        digest = hashlib.sha256(received).hexdigest()
        kind = "application/pdf"
        return Digitized(scan.path.name, digest, len(received), kind, outcome, reason, **more)

    def read(self, scan, work) -> Digitized:
        archive = work / "archive.pdf"
        archive.write_bytes(b"the copy")
        field = Field("signer", PERSON, PERSON, 1, (0.1, 0.2, 0.3, 0.4), "rule", 0.9, True)
        return self.said(
            scan,
            Outcome.OK,
            None,
            pages=(PageOutcome(1, Outcome.OK, None, 10, 20, 300, words=2, text=PERSON),),
            fields={"signer": field},
            archive=archive,
            archive_sha256=hashlib.sha256(b"the copy").hexdigest(),
            pdfa_pikepdf=Verdict.PASSED,
            pdfa_verapdf=Verdict.PASSED,
            is_text_equal=True,
            are_images_unchanged=True,
            page_count=1,
            versions={"tool": "1"},
        )


class ScratchDatabase(Database):
    address: str

    def url(self):
        return self.address


@pytest.fixture(scope="module")
def delivery(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inbox") / "hop-01"
    folder.mkdir()
    lines = [
        f"H01.05,government,B1,D1,{name},1,{'mat' if name == '4.pdf' else ''},TEST,TEST"
        for name in ("1.pdf", "2.pdf", "3.pdf", "4.pdf", "5.pdf", "7.pdf")
    ]
    (folder / "manifest.csv").write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    for name, content in FILES.items():
        (folder / name).write_bytes(content)
    (folder / "_COMPLETE").touch()
    return folder


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return tmp_path_factory.mktemp("store")


@pytest.fixture(scope="module")
def quarantine(tmp_path_factory):
    return tmp_path_factory.mktemp("home") / "quarantine"


@pytest.fixture(scope="module")
def custodian():
    """The custodian's key, of which the system gets the public half."""
    return pyrage.x25519.Identity.generate()


@pytest.fixture(scope="module")
def file_store(store, quarantine, custodian):
    return FileStore(
        address=str(store),
        quarantine_folder=str(quarantine),
        custodian_key=str(custodian.to_public()),
    )


@pytest.fixture(scope="module")
def instance():
    with dg.DagsterInstance.ephemeral() as instance:
        yield instance


@pytest.fixture(scope="module")
def run(delivery, file_store, instance, module_database_url, tmp_path_factory):
    key = batch_key(delivery)
    instance.add_dynamic_partitions("scan_batch", [key])
    work = tmp_path_factory.mktemp("work")

    def run():
        return dg.materialize(
            [receive, digitize],
            instance=instance,
            partition_key=key,
            raise_on_error=False,
            resources={
                "database": ScratchDatabase(address=module_database_url),
                "file_store": file_store,
                "inbox": Inbox(folder=str(delivery.parent), work=str(work)),
                "scan_engines": ToldEngines(tools="", reader="best", workers=1),
            },
        )

    return run


@pytest.fixture(scope="module")
def result(run, module_database_url):
    agency = {"agency_code": "H01.05", "agency_name": "ỦY BAN NHÂN DÂN PHƯỜNG THỬ NGHIỆM"}
    Warehouse(module_database_url).land("catalog__agencies", [agency], batch_id="c1")
    return run()


@pytest.fixture(scope="module")
def rows(result, module_database_url):
    return read_rows(module_database_url)


def read_rows(url, *tables_and_order):
    tables, order = (
        (tables_and_order[:1], tables_and_order[1]) if tables_and_order else (TABLES, "")
    )
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        return {
            table: connection.execute(
                sa.text(
                    f"select * from raw.digitization__{table} order by {order or 'file_ordinal'}"
                )
            )
            .mappings()
            .all()
            for table in tables
        }


def test_without_a_known_agency_nothing_is_digitised(delivery, store, database_url, tmp_path):
    inbox = Inbox(folder=str(delivery.parent), work=str(tmp_path))
    database = ScratchDatabase(address=database_url)
    engines = ToldEngines(tools="", reader="best", workers=1)
    with open_delivery(inbox, batch_key(delivery), database) as opened:
        batch = Batch(opened, Store(store), print)
        with pytest.raises(dg.Failure, match="run the job pull_sources") as caught:
            batch.digitize(engines, tmp_path / "work", database)
    assert caught.value.allow_retries
    assert batch.documents == []


def test_each_file_has_one_row_whatever_became_of_it(result, rows):
    assert result.success
    told = [(row["file_name"], row["received_state"]) for row in rows["files"]]
    assert told == [
        ("1.pdf", "received"),
        ("2.pdf", "received"),
        (None, "received"),  # the names of secrets
        (None, "received"),
        ("5.pdf", "received"),
        ("7.pdf", "missing"),
        ("9.pdf", "undeclared"),
    ]
    became = [(row["file_ordinal"], row["reason_code"]) for row in rows["documents"]]
    assert became == [
        (1, None),
        (2, "damaged"),
        (3, "state_secret"),
        (4, "state_secret"),
        (5, None),
        (6, "file_missing"),
        (7, "not_in_manifest"),
    ]


def test_the_same_bytes_twice_are_two_documents_with_one_copy(rows):
    good = [row for row in rows["documents"] if row["outcome"] == "ok"]
    assert len(good) == 2
    assert len({row["archive_sha256"] for row in good}) == 1
    assert {row["archive_size_bytes"] for row in good} == {len(b"the copy")}
    assert len(rows["pages"]) == len(rows["fields"]) == 2
    assert all(row["method_version"] for row in rows["fields"])


def test_the_store_holds_what_may_be_kept_and_no_secret(rows, store):
    kept = {path.read_bytes() for path in store.rglob("*") if path.is_file()}
    assert kept == {b"a good scan", b"a torn scan", b"the copy"}
    secret = [row for row in rows["documents"] if row["reason_code"] == "state_secret"]
    assert {row["page_count"] for row in secret} == {None}
    assert not any(Store(store).has(row["file_sha256"]) for row in secret)


def test_only_the_custodian_can_open_what_was_sealed(rows, quarantine, custodian):
    sealed = list(quarantine.iterdir())
    assert quarantine.stat().st_mode & 0o777 == 0o700
    assert {path.stat().st_mode & 0o777 for path in sealed} == {0o600}
    assert {path.suffix for path in sealed} == {".age"}
    opened = {pyrage.decrypt(path.read_bytes(), [custodian]) for path in sealed}
    assert opened == {b"stamped secret", b"declared secret"}
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(sealed[0].read_bytes(), [pyrage.x25519.Identity.generate()])


def entries(url):
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    with engine.connect() as connection:
        asked = sa.text("select * from ledger.quarantine order by entry_id")
        return connection.execute(asked).mappings().all()


def test_the_ledger_counts_secrets_and_tells_nothing_of_them(rows, quarantine, module_database_url):
    told = entries(module_database_url)
    assert [(entry["file_ordinal"], entry["found_by"]) for entry in told] == [
        (3, "stamp"),
        (4, "declared"),
    ]
    assert all(entry["is_kept"] and entry["agency_code"] == "H01.05" for entry in told)
    for entry in told:
        bytes_of_it = (quarantine / entry["sealed_name"]).read_bytes()
        assert entry["sealed_sha256"] == hashlib.sha256(bytes_of_it).hexdigest()
    plain = {row["file_sha256"] for row in rows["documents"]}
    assert not plain & {str(value) for entry in told for value in entry.values()}


def test_counts_by_outcome_stand_at_the_materialisation(result):
    [event] = [
        event
        for event in result.get_asset_materialization_events()
        if event.asset_key.path[-1] == "digitization__documents"
    ]
    counts = {name: value.value for name, value in event.materialization.metadata.items()}
    assert counts["dagster/row_count"] == 7
    assert counts["outcome ok"] == 2
    assert counts["reason state_secret"] == 2


BALANCES = "declared_is_received_is_accepted_or_refused_in_every_box"


def checked(result):
    found = {check.check_name: check for check in result.get_asset_check_evaluations()}
    return found[BALANCES]


def intake_of(url, batch):
    engine = sa.create_engine(url, poolclass=sa.NullPool)
    wanted = "select event, reason_code, counts from ledger.intake_deliveries where batch_id = :b"
    with engine.connect() as connection:
        return connection.execute(sa.text(f"{wanted} order by entry_id"), {"b": batch}).all()


def test_a_batch_that_balances_is_closed_in_the_ledger_by_its_counts(
    result, delivery, module_database_url
):
    check = checked(result)
    assert check.passed
    [received, closed] = intake_of(module_database_url, batch_key(delivery))
    assert (received.event, closed.event) == ("received", "closed")
    assert closed.counts == {
        "boxes": 2,  # one is of what nobody declared
        "open_boxes": 0,
        "declared": 6,
        "missing": 1,
        "undeclared": 1,
        "accepted": 2,
        "refused": 4,
        "not_run": 0,
        "declared_pages": 2,
        "found_pages": 2,
        "page_differences": 0,
    }
    assert {name: check.metadata[name].value for name in closed.counts} == closed.counts


@pytest.mark.parametrize(
    ("harm", "shows"),
    [
        (
            "delete from raw.digitization__documents where _batch_id = :b and file_ordinal = 1",
            {"accepted": 1, "not_run": 1, "open_boxes": 1},
        ),
        (
            (
                "update raw.digitization__files set declared_pages = 2"
                " where _batch_id = :b and file_ordinal = 1"
            ),
            {"declared_pages": 3, "found_pages": 2, "page_differences": 1, "open_boxes": 1},
        ),
        (
            (
                "update raw.digitization__files set declared_documents = 2"
                " where _batch_id = :b and file_ordinal = 1;"
                " insert into raw.digitization__parts (stack_ordinal, part_number, stack_pages,"
                " _batch_id, _extracted_at, _row_sha256) values (1, 1, 1, :b, now(), '')"
            ),
            {"declared": 7, "accepted": 2, "open_boxes": 1},
        ),
    ],
    ids=["a document without an outcome", "a page too few", "a separator sheet missed"],
)
def test_a_box_that_does_not_balance_is_seen(rows, delivery, module_database_url, harm, shows):
    from ocr_assets.balance import balance_of

    engine = sa.create_engine(module_database_url, poolclass=sa.NullPool)
    batch = batch_key(delivery)
    with engine.connect() as connection:
        for statement in harm.split(";"):
            connection.execute(sa.text(statement), {"b": batch})
        balance = balance_of(connection, batch)
        connection.rollback()
    assert not balance.is_closed
    assert balance.counts().items() >= shows.items()


def _torn_zip(inbox, delivery):
    (inbox / "hop-02.zip").write_bytes(b"PK not a ZIP")
    (inbox / "hop-02.zip._COMPLETE").touch()
    return inbox / "hop-02.zip"


def _link(inbox, delivery):
    (inbox / "hop-02").symlink_to(delivery)
    return inbox / "hop-02"


def _link_to_nothing(inbox, delivery):
    (inbox / "hop-02.zip").symlink_to(inbox / "gone.zip")
    return inbox / "hop-02.zip"


@pytest.fixture(
    params=[(_torn_zip, "zip_damaged"), (_link, "holds_a_link"), (_link_to_nothing, "holds_a_link")]
)
def unfit(request, tmp_path, delivery):
    """Return where a delivery lies that is refused, and why it is."""
    put, reason = request.param
    (tmp_path / "inbox").mkdir()
    return put(tmp_path / "inbox", delivery), reason


def test_a_refused_delivery_is_entered_with_its_reason(unfit, instance, database_url, tmp_path):
    place, reason = unfit
    key = batch_key(place)
    instance.add_dynamic_partitions("scan_batch", [key])
    resources = {
        "database": ScratchDatabase(address=database_url),
        "inbox": Inbox(folder=str(place.parent), work=str(tmp_path / "work")),
    }
    for _ in range(2):  # said once
        again = dg.materialize(
            [receive],
            instance=instance,
            partition_key=key,
            raise_on_error=False,
            resources=resources,
        )
        assert not again.success
    [failure] = again.filter_events(lambda event: event.is_step_failure)
    assert reason in failure.event_specific_data.user_failure_data.description
    assert [(e.event, e.reason_code) for e in intake_of(database_url, key)] == [
        ("received", None),
        ("refused", reason),
    ]


def test_no_document_text_and_no_file_name_reaches_the_event_log(result, instance):
    log = "\n".join(entry.to_json() for entry in instance.all_logs(result.run_id))
    assert "of 7 files" in log
    assert PERSON not in log
    assert not [name for name in FILES if name in log]


def preserved(url):
    query = "select event_type, outcome, file_sha256 from ledger.premis_events order by entry_id"
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


def test_what_was_done_to_each_file_is_written_down_once(rows, run, module_database_url):
    before = preserved(module_database_url)
    good, torn, stamped = (
        hashlib.sha256(FILES[name]).hexdigest() for name in ("1.pdf", "2.pdf", "3.pdf")
    )
    of = {one: {kind for kind, _, digest in before if digest == one} for one in (good, stamped)}
    assert {"ingestion", "metadata extraction", "migration"} <= of[good]
    assert ("migration", "fail", torn) in before
    assert of[stamped] == set(), "a secret has a ledger of its own"
    assert not [
        1 for _, _, digest in before if digest == hashlib.sha256(FILES["9.pdf"]).hexdigest()
    ]
    assert run().success
    assert preserved(module_database_url) == before


def test_digitising_a_batch_again_changes_no_row(rows, run, module_database_url):
    """All but when it happened."""
    before = entries(module_database_url)
    times = {"_extracted_at", "received_at", "digitized_at", "_row_sha256"}
    assert run().success
    for table, again in read_rows(module_database_url).items():
        assert [{k: v for k, v in row.items() if k not in times} for row in again] == [
            {k: v for k, v in row.items() if k not in times} for row in rows[table]
        ], table
    assert entries(module_database_url) == before


def test_without_a_custodian_a_secret_is_counted_and_not_kept(database_url, tmp_path):
    path = tmp_path / "1.pdf"
    path.write_bytes(b"stamped secret")
    digest = hashlib.sha256(b"stamped secret").hexdigest()
    file = DeliveredFile(1, "1.pdf", path, ReceivedState.RECEIVED, digest, 14)
    said: list[str] = []
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    key = str(pyrage.x25519.Identity.generate().to_public())
    counted = []
    for quarantine in (None, None, Quarantine(tmp_path / "q", key)):
        custody = Custody("b", quarantine, Store(tmp_path / "store"))
        with engine.begin() as connection:
            counted.append(custody.take([Secret((file,))], connection, said.append))
    assert [entry["is_kept"] for entry in entries(database_url)] == [False, True]
    assert (
        counted[0]
        == counted[1]
        == {
            "secrets sealed": 0,
            "secrets not kept": 1,
            "secrets unsealed in the store": 0,
        }
    )
    assert "KHO_CUSTODIAN_KEY" in said[0]
    assert len(list((tmp_path / "q").iterdir())) == 1


def test_a_secret_that_was_stored_before_anybody_knew_is_told(database_url, tmp_path):
    store = Store(tmp_path / "store")
    path = tmp_path / "1.pdf"
    path.write_bytes(b"stamped secret")
    file = DeliveredFile(1, "1.pdf", path, ReceivedState.RECEIVED, store.put(path), 14)
    said: list[str] = []
    with sa.create_engine(database_url, poolclass=sa.NullPool).begin() as connection:
        counted = Custody("b", None, store).take([Secret((file,))], connection, said.append)
    assert counted["secrets unsealed in the store"] == 1
    assert "unsealed in the file store" in said[-1]


def test_a_delivery_that_changed_is_not_digitised_under_its_old_name(run, delivery, rows):
    (delivery / "2.pdf").write_bytes(b"a mended scan")
    again = run()
    assert not again.success
    [failure] = again.filter_events(lambda event: event.is_step_failure)
    assert "has changed" in failure.event_specific_data.user_failure_data.description


class StackEngines(ToldEngines):
    """Engines that read what a part says of itself: the first page's picture, by its digest."""

    secret: str = ""

    def digitize(self, scans, work, agencies) -> Iterator[Digitized]:
        for number, scan in enumerate(scans):
            [first, *_] = pictures(scan.path)
            if first == self.secret:
                yield self.said(scan, Outcome.QUARANTINED, Reason.STATE_SECRET)
            else:
                place = work / str(number)
                place.mkdir()
                yield self.read(scan, place)


def pictures(path):
    with pikepdf.open(path) as pdf:
        return [fingerprint(picture) for page in pdf.pages for picture in page_images(page)]


@pytest.fixture
def stack_run(tmp_path, store, instance, database_url):
    """Deliver one stack of three documents, five pages and two sheets; digitise it."""
    agency = {"agency_code": "H01.05", "agency_name": "ỦY BAN NHÂN DÂN PHƯỜNG THỬ NGHIỆM"}
    Warehouse(database_url).land("catalog__agencies", [agency], batch_id="c1")

    def run(declared, *, secret_page=None):
        folder = tmp_path / "inbox" / "tap-01"
        folder.mkdir(parents=True)
        pages = [text_page(1), text_page(2), patch(), text_page(3), coded("KHO:DOSSIER=D7")]
        pdf_of(
            folder / "tap.pdf",
            *(jpeg(Image.fromarray(p).convert("RGB")) for p in (*pages, text_page(4))),
        )
        line = f"H01.05,government,B1,D1,tap.pdf,6,,TEST,TEST,{declared}"
        text = f"{HEADER},declared_documents\n{line}\n"
        (folder / "manifest.csv").write_text(text, encoding="utf-8")
        (folder / "_COMPLETE").touch()
        key = batch_key(folder)
        instance.add_dynamic_partitions("scan_batch", [key])
        secret = pictures(folder / "tap.pdf")[secret_page - 1] if secret_page else ""
        resources = {
            "database": ScratchDatabase(address=database_url),
            "file_store": FileStore(address=str(tmp_path / "store")),
            "inbox": Inbox(folder=str(folder.parent), work=str(tmp_path / "work")),
            "scan_engines": StackEngines(tools="", reader="best", workers=1, secret=secret),
        }
        result = dg.materialize(
            [receive, digitize], instance=instance, partition_key=key, resources=resources
        )
        parts = read_rows(database_url, "parts", "part_number")
        return result, read_rows(database_url)["documents"], parts["parts"]

    return run


def test_each_document_of_a_stack_is_digitised_alone(stack_run, tmp_path):
    result, documents, parts = stack_run(3)
    assert [(row["file_ordinal"], row["outcome"]) for row in documents] == [
        (2, "ok"),
        (3, "ok"),
        (4, "ok"),
    ]
    found = [(row["first_page"], row["last_page"], row["dossier_code"]) for row in parts]
    assert found == [(1, 2, None), (4, 4, None), (6, 6, "D7")]
    assert [row["file_sha256"] for row in parts] == [row["file_sha256"] for row in documents]
    check = checked(result)
    assert check.passed
    assert check.metadata["found_pages"].value == 6  # separator sheets are pages as well
    kept = Store(tmp_path / "store")
    assert all(kept.has(row["stack_sha256"]) and kept.has(row["file_sha256"]) for row in parts)


@pytest.mark.parametrize("declared", [2, 4])
def test_a_stack_with_a_sheet_too_many_or_missed_is_kept_whole_for_a_person(
    stack_run, tmp_path, declared
):
    """F8: the counts do not reconcile, the batch stays open, and nothing is described."""
    result, [document], parts = stack_run(declared)
    assert (document["outcome"], document["reason_code"]) == ("failed", "separators_differ")
    assert document["page_count"] == 6
    assert [(row["first_page"], row["file_sha256"]) for row in parts] == [
        (1, None),
        (4, None),
        (6, None),
    ]
    assert Store(tmp_path / "store").has(document["file_sha256"])
    check = checked(result)
    assert not check.passed
    assert (check.metadata["declared"].value, check.metadata["refused"].value) == (declared, 3)


def test_a_stack_that_holds_a_secret_is_not_kept_and_its_other_documents_are(
    stack_run, tmp_path, database_url
):
    _, documents, parts = stack_run(3, secret_page=4)
    assert [row["reason_code"] for row in documents] == [None, "state_secret", None]
    kept = Store(tmp_path / "store")
    assert [kept.has(row["file_sha256"]) for row in parts] == [True, False, True]
    assert not kept.has(parts[0]["stack_sha256"])
    [stack] = read_rows(database_url)["files"]
    assert stack["file_name"] is None  # the stack is the secret's custodian's, name and all
