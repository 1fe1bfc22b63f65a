"""Handovers are written once, chained, and found out if anybody tampers with them."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from commands.main import app
from warehouse import custody_chain, custody_list
from warehouse.custody import Paper, record, standing, withdraw
from warehouse.custody_list import Counts, Item
from warehouse.errors import (
    AgencyUnknown,
    CustodyAltered,
    DecisionRefused,
    HandoverContradicted,
    HandoverListUnusable,
    HandoverRefused,
    HandoverUnknown,
)
from warehouse.fixity import Fixity, examine
from warehouse.handovers import Condition, Handover, Reason
from warehouse.holds import Word, today
from warehouse.store import Store
from warehouse.stored import expected, unreferenced

A, B, CENTRE = "H26.01", "H26.02", "H26.99"
DAY = date(2026, 3, 2)
WORD = Word('TEST "PERSON"', "delivery of the year\n\tđã ký – \u2028 \x7f 🗄")
ITEMS = (Item(A, "H1", None, 5, 5), Item(A, "H2", "D7", 3, 2, 1, "lost, record 05/BB"))


@pytest.fixture
def engine(database_url):
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.exec_driver_sql("create table marts.dim_agency (agency_code text)")
        for code in (A, B, CENTRE):
            connection.execute(sa.text("insert into marts.dim_agency values (:c)"), {"c": code})
    return engine


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


@pytest.fixture
def paper(tmp_path):
    return Paper(signed(tmp_path, "list.pdf"), ITEMS)


def signed(folder: Path, name: str) -> Path:
    path = folder / name
    path.write_bytes(b"%PDF signed list " + name.encode())
    return path


def handover(items=ITEMS, **more):
    said = {"giver": A, "receiver": CENTRE, "on": DAY, "counts": custody_list.counted(items)}
    said |= {"condition": Condition.NORMAL, "reason": Reason.DELIVERY} | more
    return Handover(**said)


def entries(engine):
    with engine.connect() as connection:
        return connection.scalar(sa.text("select count(*) from ledger.custody_events"))


def test_a_handover_is_written_with_its_list_and_its_items(engine, store, paper):
    receipt = record(engine, store, handover(), paper, WORD)
    assert (receipt.number, receipt.is_new) == (1, True)
    [row] = standing(engine)
    assert (row["giver_agency_code"], row["receiver_agency_code"]) == (A, CENTRE)
    assert (row["box_count"], row["dossier_count"]) == (2, 1)
    assert (row["document_count"], row["received_document_count"]) == (8, 7)
    assert (row["decided_by"], row["because"]) == (WORD.decided_by, WORD.because.strip())
    with store.open(row["list_sha256"]) as kept:
        assert kept.read() == paper.signed.read_bytes()
    proof = custody_chain.prove(engine, store, [(1, receipt.sha256[:12])])
    assert (proof.event_count, proof.head.sha256) == (1, receipt.sha256)


def test_the_signed_list_is_a_file_that_fixity_proves(engine, store, paper):
    record(engine, store, handover(), paper, WORD)
    [row] = standing(engine)
    with engine.connect() as connection:
        assert list(connection.scalars(sa.select(expected().c.sha256))) == [row["list_sha256"]]
        assert unreferenced(connection, store.digests()) == []
    store.path(row["list_sha256"]).unlink()
    assert examine(store, row["list_sha256"]).result is Fixity.MISSING
    with pytest.raises(CustodyAltered, match="signed list of event 1 is not in the store"):
        custody_chain.prove(engine, store)


def test_the_same_handover_twice_is_once(engine, store, paper):
    first = record(engine, store, handover(), paper, WORD)
    turned = Paper(paper.signed, ITEMS[::-1])
    again = record(engine, store, handover(), turned, Word("OTHER TEST", "once more"))
    assert (again.number, again.sha256, again.is_new) == (1, first.sha256, False)
    assert entries(engine) == 1


def test_one_list_cannot_say_two_things_unless_it_is_corrected(engine, store, paper):
    record(engine, store, handover(), paper, WORD)
    with pytest.raises(HandoverContradicted, match="--supersedes 1"):
        record(engine, store, handover(receiver=B), paper, WORD)
    assert record(engine, store, handover(receiver=B), paper, WORD, supersedes=1).number == 2
    assert [(row["event_number"], row["receiver_agency_code"]) for row in standing(engine)] == [
        (2, B)
    ]
    with pytest.raises(HandoverUnknown, match="no handover 1 stands"):
        record(engine, store, handover(), paper, WORD, supersedes=1)
    assert record(engine, store, handover(receiver=B), paper, WORD).is_new is False
    assert custody_chain.prove(engine, store).event_count == 2


def test_a_correction_does_not_take_the_list_of_another_handover(engine, store, paper, tmp_path):
    other = Paper(signed(tmp_path, "other.pdf"), ITEMS)
    record(engine, store, handover(), paper, WORD)
    record(engine, store, handover(), other, WORD)
    with pytest.raises(HandoverContradicted, match="handover 1"):
        record(engine, store, handover(receiver=B), paper, WORD, supersedes=2)
    assert entries(engine) == 2
    assert record(engine, store, handover(receiver=B), other, WORD, supersedes=2).number == 3


def test_what_never_happened_is_withdrawn_and_stays_written(engine, store, paper):
    record(engine, store, handover(), paper, WORD)
    withdraw(engine, 1, WORD)
    assert (standing(engine), entries(engine)) == ([], 2)
    with pytest.raises(HandoverUnknown):
        withdraw(engine, 1, WORD)
    with pytest.raises(HandoverUnknown):
        withdraw(engine, 2, WORD)
    assert record(engine, store, handover(), paper, WORD).number == 3
    assert custody_chain.prove(engine, store).event_count == 3


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"giver": "H26.77"}, (AgencyUnknown, "no agency H26.77")),
        ({"receiver": "H26.77"}, (AgencyUnknown, "no agency H26.77")),
        ({"receiver": A}, (HandoverRefused, "one agency")),
        ({"on": today() + timedelta(days=1)}, (HandoverRefused, "a day to come")),
        ({"reason": Reason.MERGER}, (HandoverRefused, "rests on a resolution")),
        ({"counts": Counts(2, 1, -8)}, (HandoverRefused, "from 0 on")),
        ({"counts": Counts(2, 1, 9)}, (HandoverContradicted, "documents: 9 signed, 8 listed")),
        ({"counts": Counts(3, 1, 8)}, (HandoverContradicted, "boxes: 3 signed, 2 listed")),
    ],
)
def test_what_is_no_handover_is_refused_by_name(engine, store, paper, more, refused):
    refusal, why = refused
    with pytest.raises(refusal, match=why):
        record(engine, store, handover(**more), paper, WORD)
    assert entries(engine) == 0
    assert list(store.digests()) == []


def test_a_list_of_an_agency_nobody_knows_and_a_word_nobody_stands_by_are_refused(
    engine, store, paper
):
    strangers = (Item("H26.77", "H1", None, 1, 1),)
    with pytest.raises(AgencyUnknown, match="a line of the list") as refused:
        record(engine, store, handover(strangers), Paper(paper.signed, strangers), WORD)
    assert "H26.77" not in str(refused.value)  # a cell out of place may name a person
    with pytest.raises(DecisionRefused):
        record(engine, store, handover(), paper, Word(" ", "x"))


def test_a_signed_list_that_is_not_there_or_empty_is_refused(engine, store, paper, tmp_path):
    for path in (tmp_path / "none.pdf", tmp_path):
        with pytest.raises(HandoverListUnusable, match="cannot be read"):
            record(engine, store, handover(), Paper(path, ITEMS), WORD)
    empty = tmp_path / "empty.pdf"
    empty.touch()
    with pytest.raises(HandoverListUnusable, match="empty"):
        record(engine, store, handover(), Paper(empty, ITEMS), WORD)
    assert entries(engine) == 0


def test_before_any_build_it_is_said_what_to_do(database_url, store, paper):
    engine = sa.create_engine(database_url, poolclass=sa.NullPool)
    with pytest.raises(AgencyUnknown, match="build_warehouse"):
        record(engine, store, handover(), paper, WORD)


def test_fifty_writers_at_once_make_one_chain(engine, store, tmp_path):
    papers = [Paper(signed(tmp_path, f"{number}.pdf"), ITEMS) for number in range(25)]

    def write(number):  # every list comes twice
        return record(engine, store, handover(), papers[number % 25], WORD)

    with ThreadPoolExecutor(10) as pool:
        receipts = list(pool.map(write, range(50)))
    assert sorted(one.number for one in receipts if one.is_new) == list(range(1, 26))
    notes = [(one.number, one.sha256) for one in receipts]
    assert custody_chain.prove(engine, store, notes).event_count == 25


def test_one_of_several_corrections_at_once_is_taken(engine, store, paper):
    record(engine, store, handover(), paper, WORD)

    def correct(day):
        try:
            said = handover(on=date(2026, 1, day))
            return record(engine, store, said, paper, WORD, supersedes=1).number
        except HandoverUnknown:
            return None

    with ThreadPoolExecutor(8) as pool:
        numbers = list(pool.map(correct, range(1, 9)))
    assert sorted(numbers, key=str) == [2] + [None] * 7


INSERT = (
    "insert into ledger.custody_events (event_number, previous_sha256, event_sha256, event_type,"
    " giver_agency_code, receiver_agency_code, handover_date, box_count, dossier_count,"
    " document_count, received_document_count, condition_code, reason_code, list_sha256,"
    " content_sha256, decided_by, because{names}) values (9, 'x', 'y', {type}, 'A', {to},"
    " '2026-01-05', {boxes}, 0, 0, 0, {condition}, {reason}, repeat('a', 64),"
    " '" + custody_list.digest(()) + "', 'TEST', {because}{values})"
)
FAIR = {"type": "'handed_over'", "to": "'B'", "boxes": "0", "condition": "'01'"}
FAIR |= {"reason": "'loan'", "because": "'x'", "names": "", "values": ""}


def plant(engine, **more):
    with engine.begin() as connection:
        connection.exec_driver_sql(INSERT.format(**FAIR | more))


@pytest.mark.parametrize(
    "more",
    [
        {"type": "'lost'"},
        {"type": "'withdrawn'"},
        {"names": ", supersedes_number", "values": ", 7"},
        {"to": "'A'"},
        {"to": "' '"},
        {"boxes": "-1"},
        {"condition": "'04'"},
        {"reason": "'gift'"},
        {"reason": "'merger'"},
        {"because": "' '"},
    ],
)
def test_the_ledger_itself_refuses_what_would_close_the_gate(engine, more):
    with pytest.raises(sa.exc.IntegrityError):
        plant(engine, **more)


def test_the_database_chains_whatever_is_written_past_the_command(engine, store, paper):
    record(engine, store, handover(), paper, WORD)
    plant(engine, names=", recorded_at, recorded_by", values=", '1999-01-01', 'SOMEBODY'")
    with engine.connect() as connection:
        asked = "select event_number, recorded_by = session_user, recorded_at > '2026-01-01'"
        [*_, last] = connection.execute(
            sa.text(f"{asked} from ledger.custody_events order by event_number")
        )
    assert tuple(last) == (2, True, True)
    with pytest.raises(CustodyAltered, match="1 faults: the signed list of event 2 is not"):
        custody_chain.prove(engine, store)


def test_an_older_picture_of_the_ledger_cannot_fork_the_chain(engine, store, paper, tmp_path):
    old = engine.execution_options(isolation_level="REPEATABLE READ")
    with old.connect() as late:
        late.execute(sa.text("select count(*) from ledger.custody_events")).all()
        record(engine, store, handover(), paper, WORD)
        with pytest.raises(sa.exc.IntegrityError):
            late.exec_driver_sql(INSERT.format(**FAIR))
        late.rollback()
    assert custody_chain.prove(engine, store).event_count == 1


@pytest.mark.parametrize("change", ["update", "delete", "truncate"])
@pytest.mark.parametrize("ledger", ["custody_events", "custody_items"])
def test_an_entry_is_never_changed(engine, store, paper, ledger, change):
    record(engine, store, handover(), paper, WORD)
    said = {
        "update": f"update ledger.{ledger} set document_count = 1",
        "delete": f"delete from ledger.{ledger}",
        "truncate": f"truncate ledger.{ledger}",
    }
    with (
        pytest.raises(sa.exc.ProgrammingError, match="never changed"),
        engine.begin() as connection,
    ):
        connection.exec_driver_sql(said[change])


CHANGED = "update ledger.custody_events set {} where event_number = 2"
REDIGESTED = CHANGED.format("event_sha256 = ledger.custody_digest(custody_events.*)")
COPIED = (
    "giver_agency_code, receiver_agency_code, handover_date, box_count, dossier_count,"
    " document_count, received_document_count, condition_code, reason_code, list_sha256,"
    " content_sha256, decided_by, because, recorded_at, recorded_by, event_type"
)
PUT_IN = (
    "insert into ledger.custody_events (event_number, previous_sha256, event_sha256,"
    f" {COPIED}) select 3, repeat('1', 64), repeat('2', 64), {COPIED}"
    " from ledger.custody_events where event_number = 1"
)
ITEM_PUT_IN = (
    "insert into ledger.custody_items (event_number, agency_code, box_code, document_count,"
    " received_document_count, explained_document_count) values (2, 'H26.01', 'H9', 1, 1, 0)"
)
TAMPERED = {
    "a count": ([CHANGED.format("document_count = 7")], "event 2 is not what was written"),
    "a receiver": ([CHANGED.format("receiver_agency_code = 'H26.02'")], "event 2 is not"),
    "a day": ([CHANGED.format("handover_date = handover_date - 1")], "event 2 is not"),
    "a microsecond": (
        [CHANGED.format("recorded_at = recorded_at + interval '1 microsecond'")],
        "event 2 is not",
    ),
    "a person": ([CHANGED.format("decided_by = 'X'")], "event 2 is not"),
    "a digest made anew": (
        [CHANGED.format("document_count = 7"), REDIGESTED],
        "event 3 does not follow",
    ),
    "one taken out": (
        ["delete from ledger.custody_events where event_number = 2"],
        "where event 2 should be is 3",
    ),
    "one taken out and the rest moved up": (
        [
            "delete from ledger.custody_events where event_number = 2",
            "update ledger.custody_events set event_number = 2 where event_number = 3",
        ],
        "event 2 does not follow",
    ),
    "the end cut off": (
        [
            "delete from ledger.custody_events where event_number = 3",
            "delete from ledger.custody_items where event_number = 3",
        ],
        "event 3 is not the one that was noted",
    ),
    "two exchanged": (
        [
            "update ledger.custody_events set event_number = 99 where event_number = 1",
            "update ledger.custody_events set event_number = 1 where event_number = 2",
            "update ledger.custody_events set event_number = 2 where event_number = 99",
        ],
        "event 1 does not follow",
    ),
    "one put in": (
        [
            "update ledger.custody_events set event_number = 4 where event_number = 3",
            PUT_IN,
        ],
        "event 3 does not follow",
    ),
    "an item": (
        ["update ledger.custody_items set document_count = 4 where dossier_code = 'D7'"],
        "the items of event 1 are not",
    ),
    "an item taken out": (
        ["delete from ledger.custody_items where event_number = 2 and dossier_code = 'D7'"],
        "the items of event 2 are not",
    ),
    "an item put in": (
        [ITEM_PUT_IN],
        "the items of event 2 are not",
    ),
}


@pytest.mark.parametrize(("statements", "fault"), TAMPERED.values(), ids=TAMPERED)
def test_whoever_may_do_anything_to_the_database_is_found_out(
    engine, store, tmp_path, statements, fault
):
    receipts = [
        record(engine, store, handover(), Paper(signed(tmp_path, f"{n}.pdf"), ITEMS), WORD)
        for n in range(3)
    ]
    notes = [(one.number, one.sha256) for one in receipts]
    assert custody_chain.prove(engine, store, notes).event_count == 3
    with engine.begin() as connection:
        for ledger in ("custody_events", "custody_items"):
            connection.exec_driver_sql(f"alter table ledger.{ledger} disable trigger user")
        for statement in statements:
            connection.exec_driver_sql(statement)
    with pytest.raises(CustodyAltered, match=fault):
        custody_chain.prove(engine, store, notes)


LINES = "box_code,dossier_code,document_count,received_document_count\n"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "each column once"),
        ("hộp,document_count\nH1,2\n", "each column once"),
        ("box_code,box_code,document_count\nH1,H1,2\n", "each column once"),
        (LINES, "names nothing"),
        (LINES + ",,2,2\n", "line 2 .* neither a box nor a dossier"),
        (LINES + "H1,,-2,2\n", "line 2 .* no whole number"),
        (LINES + "H1,,hai,2\n", "line 2 .* no whole number"),
        (LINES + "H1,,,2\n", "line 2 .* no whole number"),
        (LINES + "H1,,2,2,9\n", "line 2 .* more cells"),
        (LINES + "H1,,2,2\nH1,,2,2\n", "twice"),
        (LINES + "H1,D1,2,2\nH2,D1,2,2\n", "twice"),
        (LINES + "H1,,2,2\nH1,D1,2,2\n", "twice"),
        (LINES + "Hộp 1,,2,2\nHo\u0323\u0302p 1,,2,2\n", "twice"),  # composed and not
        (LINES + '"H1,,2,2\n', "no CSV"),
        (LINES + "H\x001,,2,2\n", "no CSV"),
        (LINES + "".join(f"H{n},,999999999,0\n" for n in range(3)), "more documents"),
        (LINES + "".join(f"H{n},,0,999999999\n" for n in range(3)), "more documents"),
        ("box_code,document_count,explained_document_count\nH1,2,1\n", "explains more"),
        (
            "box_code,document_count,received_document_count,explained_document_count\nH1,2,1,1\n",
            "says not how",
        ),
    ],
)
def test_a_list_whose_lines_cannot_be_counted_is_refused(tmp_path, text, why):
    path = tmp_path / "items.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(HandoverListUnusable, match=why):
        custody_list.read(path, A)


def test_a_list_is_read_line_by_line(tmp_path):
    path = tmp_path / "items.csv"
    path.write_bytes(("\ufeff" + LINES + "Hộp 1, ,2,\n,D1,3,2\n").encode())
    assert custody_list.read(path, A) == (Item(A, "Hộp 1", None, 2, 2), Item(A, None, "D1", 3, 2))
    for unreadable in (b"\xff\xfe\x00", None):
        path.write_bytes(unreadable) if unreadable else path.unlink()
        with pytest.raises(HandoverListUnusable, match=r"UTF-8|cannot be read"):
            custody_list.read(path, A)


def test_the_command_records_lists_corrects_and_verifies(engine, tmp_path, monkeypatch):
    from orchestration.settings import settings

    monkeypatch.setenv("KHO_DATABASE_URL", engine.url.render_as_string(hide_password=False))
    monkeypatch.setenv("KHO_STORE_URL", str(tmp_path / "store"))
    settings.cache_clear()
    items = tmp_path / "items.csv"
    items.write_text(LINES + "H1,,5,4\n", encoding="utf-8")
    said = ["--by", "TEST PERSON", "--because", "delivery"]
    paper = ["--list", str(signed(tmp_path, "l.pdf")), "--items", str(items), "--on", "2026-03-02"]
    counts = ["--boxes", "1", "--dossiers", "0", "--documents"]
    sides = ["--from", A, "--to", CENTRE, "--condition", "02", *said]

    def run(*words):
        return CliRunner().invoke(app, ["handover", *words])

    try:
        empty = run("verify")
        wrong = run("record", *sides, *paper, *counts, "6", "--reason", "delivery")
        gift = run("record", *sides, *paper, *counts, "5", "--reason", "gift")
        done = run("record", *sides, *paper, *counts, "5", "--reason", "delivery")
        again = run("record", *sides, *paper, *counts, "5", "--reason", "delivery")
        note = done.output.split()[1]
        listed = run("list", "--agency", CENTRE)
        held = run("verify", "--note", note)
        other = run("verify", "--note", "1:" + "0" * 64)
        bare = run("verify", "--note", "1")
        gone = run("withdraw", "1", *said)
        nothing = run("list")
    finally:
        settings.cache_clear()
    assert "the chain holds: 0 events" in empty.output
    assert (wrong.exit_code, gift.exit_code, bare.exit_code) == (1, 2, 2)
    assert "documents: 6 signed, 5 listed" in wrong.output
    assert done.exit_code == 0, done.output
    assert "says the same already" in again.output
    assert "1 boxes, 0 dossiers, 5 documents, 4 received" in listed.output
    assert f"1 events; the last is {note}" in held.output
    assert other.exit_code == 1
    assert "event 1 is not the one that was noted" in other.output
    assert "handover 1 is withdrawn" in gone.output
    assert "0 handovers" in nothing.output
