"""Disposal from the proposal to the certificate: people decide and destroy, the system proves."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from commands.main import app
from tests.integration.warehouse_models.conftest import Models
from tests.integration.warehouse_models.raw_rows import A, B, sha
from tests.integration.warehouse_models.test_retention import FIRST, ROWS, SECOND, WORD
from warehouse.disposal import Ruling, decide, propose
from warehouse.disposal_certificate import paper
from warehouse.disposal_execution import execute, withdraw
from warehouse.disposal_proof import certify, verify
from warehouse.errors import (
    DisposalAltered,
    DisposalHeld,
    DisposalOvertaken,
    DisposalRefused,
    DisposalUnfinished,
    ListUnknown,
    NothingToDispose,
)
from warehouse.holds import Trigger, hold, release, today, triggered
from warehouse.retention import one_at_a_time
from warehouse.store import Store
from warehouse.stored import expected
from warehouse.tables.retention import HOLDS

LEDGERS = ("lists", "items", "decisions", "files", "steps")
RULING = Ruling("12/QĐ-THỬ", date(2026, 1, 5), "TEST COUNCIL", WORD)
# Archive copies and readings of their own, as they are: two contents are never one copy.
CITY = ROWS | {
    "digitization__documents": [
        row
        | (
            {"archive_sha256": sha("b"), "reading_sha256": sha("c")}
            if row["file_ordinal"] == 1
            else {}
        )
        for row in ROWS["digitization__documents"]
    ]
}
SEEN = "fct_page dim_document int_pages__findable fct_set_aside fct_fixity fct_document_field"
MADE = ["+fct_disposal_item", "+fct_retention", "+fct_listed_dossier", "+dim_agency"]
MADE += [f"+{one}" for one in SEEN.split()]
RETENTION = ["path:models/staging/retention", "path:models/staging/disposal"]
RETENTION += ["path:models/intermediate/retention", "fct_retention", "fct_disposal_item"]


@pytest.fixture(scope="module")
def city(module_database_url, tmp_path_factory):
    models = Models(module_database_url, tmp_path_factory.mktemp("dbt"))
    models.land(CITY)
    models.enter()
    assert models.dbt("seed").success
    assert models.dbt("run", "--select", *MADE).success
    yield models
    models.owner.dispose()


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store in which the city's files lie."""
    kept = Store(tmp_path_factory.mktemp("store"))
    for digest in map(sha, "126abc"):
        place = Path(kept.place(digest))
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(b"stands for a file")
    return kept


@pytest.fixture
def run(city, store, monkeypatch) -> Callable:
    from orchestration.settings import settings

    monkeypatch.setenv("KHO_DATABASE_URL", city.url.render_as_string(hide_password=False))
    monkeypatch.setenv("KHO_STORE_URL", str(Path(store.place(sha("1"))).parents[3]))
    settings.cache_clear()
    said = ["--by", "TEST PERSON", "--because", "yearly review"]
    yield lambda *words: CliRunner().invoke(app, ["retention", *map(str, words), *said])
    settings.cache_clear()


def again(*words):
    """Write papers of a list once more, as after a disk that was full."""
    return CliRunner().invoke(app, ["retention", "again", *map(str, words)])


def rebuild(city, chosen=RETENTION):
    assert city.dbt("run", "--select", *chosen).success


def states(city):
    query = "select disposal_list_code, document_key, disposal_state from marts.fct_disposal_item"
    return {(code, key): state for code, key, state in city.rows(query)}


def listed(city, code):
    query = f"select document_key from ledger.disposal_items where list_code = '{code}' order by 1"
    return [row[0] for row in city.rows(query)]


@pytest.mark.parametrize("ledger", LEDGERS)
def test_analysts_neither_read_nor_write_the_ledgers(city, ledger):
    with (
        city.analyst(A).connect() as connection,
        pytest.raises(sa.exc.ProgrammingError, match="permission denied"),
    ):
        connection.execute(sa.text(f"select * from ledger.disposal_{ledger}"))


def test_every_step_is_reckoned(city):
    units = "int_disposal_items__followed int_documents__disposed int_documents__latest"
    units += " int_files__proved"
    done = city.dbt("test", "--select", *[f"{one},test_type:unit" for one in units.split()])
    assert len(done.results) == 8
    assert done.success, done.failed


def test_only_what_is_due_and_on_no_list_is_proposed(city):
    with pytest.raises(NothingToDispose, match=r"nothing of H26\.02"):
        propose(city.owner, B, WORD)
    number = hold(city.owner, SECOND, WORD)  # no build knows of it yet
    first, count = propose(city.owner, A, WORD, dossier="D1")
    assert (first, count) == (f"{A}-{today().year}-001", 1)
    assert listed(city, first) == [FIRST]
    release(city.owner, number, WORD)
    second, _ = propose(city.owner, A, WORD)
    assert listed(city, second) == [SECOND]
    with pytest.raises(NothingToDispose):
        propose(city.owner, A, WORD)
    rebuild(city)
    assert states(city) == {(first, FIRST): "proposed", (second, SECOND): "proposed"}
    kept = city.rows("select distinct kept_because_code from marts.fct_retention where not is_due")
    assert ("disposal_under_way",) in kept
    for code in (first, second):
        withdraw(city.owner, code, WORD)
        with pytest.raises(DisposalRefused, match="withdrawn before"):
            withdraw(city.owner, code, WORD)
        with pytest.raises(DisposalRefused, match="withdrawn before"):
            decide(city.owner, code, RULING)
    rebuild(city)
    assert set(states(city).values()) == {"withdrawn"}


def test_a_council_decides_once_about_what_is_on_the_list(city):
    code, _ = propose(city.owner, A, WORD)
    with pytest.raises(ListUnknown, match="no list lost"):
        decide(city.owner, "lost", RULING)
    with pytest.raises(DisposalRefused, match="no document"):
        decide(city.owner, code, RULING, [f"{B}:{sha('2')}"])
    with pytest.raises(DisposalRefused, match="a day that has come"):
        decide(city.owner, code, Ruling("1", today() + timedelta(days=1), "TEST COUNCIL", WORD))
    with pytest.raises(DisposalRefused, match="not decided"):
        execute(city.owner, code, WORD, today())
    standing = decide(city.owner, code, RULING, [FIRST, SECOND])
    assert standing.approved == ()
    with pytest.raises(DisposalRefused, match="decided or withdrawn"):
        decide(city.owner, code, RULING)
    with pytest.raises(DisposalRefused, match="kept everything"):
        execute(city.owner, code, WORD, today())
    rebuild(city)
    assert set(city.rows("select kept_because_code from marts.fct_retention")) >= {
        ("council_kept",)
    }
    with pytest.raises(NothingToDispose):
        propose(city.owner, A, WORD)
    withdraw(city.owner, code, WORD)
    rebuild(city)


def test_a_hold_set_after_the_proposal_blocks_the_execution(city):
    code, _ = propose(city.owner, A, WORD)
    decide(city.owner, code, RULING)
    for subject in (FIRST, f"{A}:D1"):
        number = hold(city.owner, subject, WORD)
        with pytest.raises(DisposalHeld, match="are held"):
            execute(city.owner, code, WORD, today())
        release(city.owner, number, WORD)
    assert city.rows("select * from ledger.disposal_files") == []
    triggered(city.owner, SECOND, Trigger.WORK_YEAR_ENDED, None, WORD)
    with pytest.raises(DisposalOvertaken, match="something else is known"):
        execute(city.owner, code, WORD, today())
    withdraw(city.owner, code, WORD)
    triggered(city.owner, SECOND, Trigger.WORK_YEAR_ENDED, date(2012, 1, 1), WORD)
    rebuild(city)


def test_an_execution_waits_for_a_hold_that_is_being_written_down(city):
    code, _ = propose(city.owner, A, WORD)
    decide(city.owner, code, RULING)
    entry = {"action": "held", "subject_type": "document", "subject_key": FIRST}
    with ThreadPoolExecutor(1) as other, city.owner.connect() as holding:
        one_at_a_time(holding)
        executing = other.submit(execute, city.owner, code, WORD, today())
        held = sa.insert(HOLDS).values(**entry, since_date=today(), **WORD.as_row())
        number = holding.scalar(held.returning(HOLDS.c.entry_id))
        with pytest.raises(TimeoutError):
            executing.result(timeout=1)
        holding.commit()
        with pytest.raises(DisposalHeld):
            executing.result(timeout=30)
    release(city.owner, number, WORD)
    withdraw(city.owner, code, WORD)


def test_a_list_that_somebody_changed_is_found_out(city):
    code, _ = propose(city.owner, A, WORD)
    decide(city.owner, code, RULING)
    trigger = "alter table ledger.disposal_items {} trigger refuse_change"
    change = "update ledger.disposal_items set grounds = '{}' || grounds"
    with pytest.raises(sa.exc.ProgrammingError, match="never changed"):
        city.run(change.format("x"))
    city.run(trigger.format("disable"), change.format("x"), trigger.format("enable"))
    with pytest.raises(DisposalAltered, match="Dispose of nothing"):
        execute(city.owner, code, WORD, today())
    back = "update ledger.disposal_items set grounds = substr(grounds, 2)"
    city.run(trigger.format("disable"), back, trigger.format("enable"))
    withdraw(city.owner, code, WORD)


@pytest.mark.parametrize(
    "change", ["'permanent', 'register'", "'years', 'rule'"], ids=["permanent", "proposed"]
)
def test_the_ledger_itself_refuses_what_must_not_be_proposed(city, change):
    with pytest.raises(sa.exc.IntegrityError):
        city.run(
            "insert into ledger.disposal_items (list_code, document_key, term_type, term_source,"
            f" term_end_date, grounds) values ('{A}-x', '{FIRST}', {change}, now(), 'x')"
        )


def test_what_is_approved_is_carried_out_by_people_and_proved_and_certified(
    city, store, run, tmp_path
):
    raw = "select count(*) from raw.digitization__pages where page_text is not null"
    before = city.rows(raw)
    rebuild(city)
    code = run("propose", "--agency", A).output.split(":")[0]
    paper_says = ["--number", "13/QĐ-THỬ", "--on", "2026-01-06", "--council", "TEST COUNCIL"]
    decided = run("decide", code, *paper_says, "--keep", SECOND)
    assert "1 approved, 1 kept, by 13/QĐ-THỬ" in decided.output

    files = tmp_path / "files.csv"
    early = run("execute", code, "--on", "2026-01-05", "--files", files)
    assert (early.exit_code, files.exists()) == (1, False)
    assert "after the decision" in early.output
    assert "not carried out" in run("verify", code).output
    done = run("execute", code, "--on", "2026-01-07", "--files", files)
    assert "1 documents carried out" in done.output
    written = files.read_text().splitlines()
    assert [line.split(",")[:2] for line in written[1:]] == [
        [sha("1"), "received"],
        [sha("b"), "archive"],
        [sha("c"), "reading"],
    ]
    assert run("execute", code, "--on", "2026-01-07", "--files", files).exit_code == 1
    too_early = again(code, "--certificate", tmp_path / "early.txt").output
    assert ("no certificate yet" in too_early, (tmp_path / "early.txt").exists()) == (True, False)
    assert again(code, "--files", tmp_path / "files again.csv").exit_code == 0
    assert (tmp_path / "files again.csv").read_bytes() == files.read_bytes()
    with pytest.raises(DisposalRefused, match="was carried out"):
        execute(city.owner, code, WORD, today())

    with pytest.raises(DisposalUnfinished, match="3 of 3 files"):
        verify(city.owner, store, code, WORD)
    for line in written[1:]:
        Path(line.split(",")[2]).unlink()
    assert "all 3 files are gone" in run("verify", code).output
    with pytest.raises(DisposalRefused, match="proved before"):
        verify(city.owner, store, code, WORD)
    told = "select file_sha256 from ledger.premis_events where event_type = 'deletion' order by 1"
    assert city.rows(told) == [(sha("1"),), (sha("b"),), (sha("c"),)]
    with city.owner.connect() as connection:
        wanted = set(connection.scalars(sa.select(expected().c.sha256)))
    assert wanted & {sha("1"), sha("b"), sha("c")} == set()
    assert sha("2") in wanted

    with pytest.raises(DisposalRefused, match="no certificate"):
        paper(city.owner, code)
    with pytest.raises(DisposalRefused, match="not before the proof"):
        certify(city.owner, code, "BB-1", WORD, date(2026, 1, 7))
    out = tmp_path / "certificate.txt"
    signed = run("certificate", code, "--number", "BB-1", "--on", today(), "--out", out)
    assert "certificate BB-1" in signed.output
    certificate = out.read_text(encoding="utf-8")
    assert again(code, "--certificate", tmp_path / "certificate again.txt").exit_code == 0
    assert (tmp_path / "certificate again.txt").read_bytes() == out.read_bytes()
    assert f"1. {FIRST}; D1; " in certificate
    assert SECOND not in certificate
    assert "13/QĐ-THỬ ngày 06/01/2026 của TEST COUNCIL" in certificate
    assert "3 tệp không còn" in certificate
    assert city.rows(raw) == before


def test_what_is_left_of_a_document_is_what_it_was_and_its_digest(city):
    rebuild(city, MADE)
    [row] = city.rows(
        "select document_id, document_number, outcome, is_usable, is_disposed, disposed_date"
        f" from marts.dim_document where document_key = '{FIRST}'"
    )
    assert row == (sha("1"), "051/QĐ-UBND", "ok", False, True, date(2026, 1, 7))
    for query in (
        "select 1 from marts.fct_page where document_key = '{}' and page_text is not null",
        "select 1 from intermediate.int_pages__findable where document_key = '{}'",
        "select 1 from intermediate.int_documents__findable where document_key = '{}'",
        "select 1 from marts.fct_document_field where document_key = '{}'",
        "select 1 from marts.fct_fixity where document_key = '{}'",
    ):
        assert city.rows(query.format(FIRST)) == [], query
        assert city.rows(query.format(SECOND)) != [] or "field" in query, query
    refused = "select sum(document_count)::int from marts.fct_set_aside"
    assert city.rows(f"{refused} where agency_code = '{A}'") == [(1,)]
    query = "select kept_because_code, disposal_state, is_due from marts.fct_retention"
    assert city.rows(f"{query} where document_key = '{FIRST}'") == [
        ("disposed", "certified", False)
    ]
    assert city.rows(f"{query} where document_key = '{SECOND}'") == [
        ("council_kept", "kept", False)
    ]


@pytest.mark.parametrize(("agency", "sees"), [(A, True), (B, False)])
def test_an_agency_follows_its_own_lists(city, agency, sees):
    with city.analyst(agency).connect() as connection:
        query = "select count(*) from marts.fct_disposal_item"
        assert (connection.scalar(sa.text(query)) > 0) is sees


def test_structure_holds(city):
    models = "stg_disposal__lists stg_disposal__items stg_disposal__decisions stg_disposal__steps"
    models += " int_disposal_items__followed int_documents__disposed fct_disposal_item"
    chosen = [f"{one},test_type:data" for one in (*models.split(), "fct_retention")]
    done = city.dbt("test", "--indirect-selection", "cautious", "--select", *chosen)
    assert done.success, done.failed


def test_what_another_agency_holds_stays_in_the_store(city):
    """The same bytes were delivered by A and B: A's decision alone destroys nothing of them."""
    triggered(city.owner, SECOND, Trigger.WORK_YEAR_ENDED, date(2012, 1, 1), WORD)
    [last] = city.rows("select max(list_code) from ledger.disposal_lists")
    columns = "list_code, document_key, decision, decision_number, decision_date, council"
    city.run(
        f"insert into ledger.disposal_decisions ({columns}, decided_by, because)"
        f" values ('{A}-other', '{SECOND}', 'approved', '1', now(), 'x', 'x', 'x')"
    )
    from warehouse.disposal_files import going

    with city.owner.connect() as connection:
        assert going(connection, f"{A}-other") == ()
        assert going(connection, last[0]) == ()  # told already
    city.run(
        f"insert into ledger.disposal_decisions ({columns}, decided_by, because)"
        f" values ('{A}-other', '{B}:{sha('2')}', 'approved', '1', now(), 'x', 'x', 'x')"
    )
    with city.owner.connect() as connection:
        assert [one.sha256 for one in going(connection, f"{A}-other")] == [sha("2"), sha("a")]
