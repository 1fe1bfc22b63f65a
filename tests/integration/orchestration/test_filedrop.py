"""Registers delivered as files: taken once, corrected by redelivery, refused by name, none lost."""

import os
import time
from importlib import import_module

import dagster as dg
import pyrage
import pytest
import sqlalchemy as sa

from connectors.filedrop.register import digest, read_register
from orchestration.defs.filedrop import fates
from orchestration.defs.filedrop.assets import registers
from orchestration.defs.filedrop.pages import Pages
from orchestration.defs.operations.register_arrivals import register_arrivals
from orchestration.drop import DropPlaces
from orchestration.resources import Database, FileStore
from orchestration.settings import settings
from tests.support.registers import DOCUMENTS, DOSSIERS, write_csv, write_xlsx
from tests.support.sftp import PASSWORD, USER, sample_server
from warehouse.store import Store

PERSON = "Nguyễn Văn THỬ"


class Killed(BaseException):
    """What no code of ours sees coming."""


def killed(*_):
    raise Killed


class Place:
    """A drop folder, and the warehouse behind it."""

    def __init__(self, home, url):
        self.home, self.url = home, url
        self.drop = home / "drop"

    def folder(self, agency="H26.01"):
        folder = self.drop / agency
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def settle(self):
        """Say of every file that it is whole."""
        for path in list(self.drop.rglob("*")):
            if path.is_file() and not path.name.endswith(".done"):
                path.with_name(path.name + ".done").touch()

    def places(self, **server):
        mirrored = str(self.home / "drop-sftp")
        return DropPlaces(folder=str(self.drop), mirror_folder=mirrored, **server)

    def take(self, *, accept_loss=False, succeeds=True, custodian="", instance=None, **server):
        self.settle()
        done = dg.materialize(
            [registers],
            resources={
                "database": Database(),
                "drop_places": self.places(**server),
                "file_store": FileStore(
                    address=(self.home / "store").as_uri(),
                    quarantine_folder=str(self.home / "quarantine"),
                    custodian_key=custodian,
                ),
            },
            raise_on_error=False,
            instance=instance,
            run_config={"ops": {"registers": {"config": {"accept_loss": accept_loss}}}},
        )
        assert done.success == succeeds
        landings = done.get_asset_materialization_events()
        files = [one for one in landings if one.asset_key.path[-1] == "filedrop__files"]
        if not files:
            return {}
        event = files[-1]  # those before it announce single files
        return {name: value.value for name, value in event.materialization.metadata.items()}

    def rows(self, query):
        engine = sa.create_engine(self.url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(query))]

    def everything(self):
        """Return all rows of all raw tables and ledgers as one text."""
        asked = (
            "select table_schema || '.' || table_name from information_schema.tables"
            " where table_schema in ('raw', 'ledger')"
        )
        tables = [name for (name,) in self.rows(asked)]
        return "\n".join(str(self.rows(f"select t::text from {name} as t")) for name in tables)

    def store(self):
        return Store((self.home / "store").as_uri())

    def numbers(self):
        return [
            n
            for (n,) in self.rows(
                "select document_number from raw.filedrop__documents order by document_number"
            )
        ]


@pytest.fixture
def place(tmp_path, monkeypatch, database_url):
    monkeypatch.setenv("KHO_HOME", str(tmp_path))
    monkeypatch.setenv("KHO_DATABASE_URL", database_url)
    settings.cache_clear()
    yield Place(tmp_path, database_url)
    settings.cache_clear()


@pytest.fixture
def asked(place):
    def asked(**server):
        with dg.DagsterInstance.ephemeral() as instance:
            context = dg.build_sensor_context(instance=instance)
            places = place.places(**server)
            return register_arrivals(context, database=Database(), drop_places=places)

    return asked


def listed(*numbers, header=DOCUMENTS):
    return [
        header,
        *([n, number, "19/04/2025", f"Về việc {PERSON}"] for n, number in enumerate(numbers)),
    ]


def test_a_file_that_nobody_foresaw_keeps_out_itself_alone_and_is_not_quoted(
    place, monkeypatch, capfd
):
    def hostile(path, *how):
        if path.name == "a.csv":
            raise ValueError(f"cannot read {PERSON}")
        return read_register(path, *how)

    monkeypatch.setattr(fates, "read_register", hostile)
    write_csv(place.folder() / "a.csv", listed("1/QĐ"))
    write_csv(place.folder() / "b.csv", listed("2/QĐ"))
    told = place.take(succeeds=False)
    assert (told["files landed"], told["files not taken"]) == (1, 1)
    assert place.numbers() == ["2/QĐ"]
    said = "".join(capfd.readouterr())
    assert "ValueError at" in said
    assert PERSON not in said


def test_of_two_files_of_one_name_the_newest_counts_and_they_do_not_take_turns(place, asked):
    older = write_csv(place.folder() / "a.csv", listed("1/QĐ"))
    os.utime(older, (time.time() - 600,) * 2)
    write_csv(place.folder() / "A.CSV", listed("2/QĐ"))
    assert place.take()["files landed"] == 1
    assert place.numbers() == ["2/QĐ"]
    assert place.take() == {}
    assert isinstance(asked(), dg.SkipReason)


def test_a_checksum_is_the_same_in_capitals(place):
    path = write_csv(place.folder() / "a.csv", listed("1/QĐ"))
    path.with_name("a.csv.sha256").write_text(f"{digest(path).upper()}  a.csv\r\n")
    assert place.take()["files landed"] == 1


def test_good_and_bad_files_of_one_folder_each_have_their_outcome(place):
    write_csv(place.folder() / "a.csv", [*listed("1/QĐ", "2/QĐ"), ["rác"]])
    write_xlsx(place.folder("H26.02") / "b.xlsx", [DOSSIERS, [1, "H26.02.1", PERSON, "01", 5]])
    (place.folder() / "c.xls").write_bytes(b"<html><table>")
    write_csv(place.drop / "d.csv", listed("3/QĐ"))
    told = place.take()
    assert (told["files landed"], told["files refused"]) == (2, 2)
    assert (told["refused: html_inside"], told["refused: agency_unknown"]) == (1, 1)
    assert place.numbers() == ["1/QĐ", "2/QĐ"]
    asked = "select agency_code, dossier_code, row_number from raw.filedrop__dossiers"
    assert place.rows(asked) == [("H26.02", "H26.02.1", 2)]
    assert place.rows(
        "select row_number, reason like 'neither%' from raw.filedrop__documents_rejected"
    ) == [(4, True)]
    files = place.rows(
        "select agency_code, state, reason_code from raw.filedrop__files order by 1, 2"
    )
    assert files == [
        ("H26.01", "landed", None),
        ("H26.01", "refused", "html_inside"),
        ("H26.02", "landed", None),
        (None, "refused", "agency_unknown"),
    ]
    assert PERSON not in str(told)
    [reports] = place.rows("select string_agg(report::text, '') from raw.filedrop__files")
    assert "THỬ" not in reports[0]
    pages = list((place.home / "reports" / "drop").rglob("*.html"))
    assert len(pages) == 4
    assert not any("THỬ" in page.read_text(encoding="utf-8") for page in pages)


def test_the_same_file_again_changes_nothing_and_its_bytes_are_kept(place):
    path = write_csv(place.folder() / "a.csv", listed("1/QĐ"))
    place.take()
    before = place.rows("select _extracted_at from raw.filedrop__documents")
    os.utime(path, (time.time(), time.time() - 999))
    assert place.take() == {}  # no landing: nobody has to build anything
    assert place.take() == {}
    assert place.rows("select _extracted_at from raw.filedrop__documents") == before
    write_csv(place.folder() / "again.csv", listed("1/QĐ"))
    assert place.take()["files same"] == 1
    assert place.numbers() == ["1/QĐ"]
    [(sha256,)] = place.rows("select distinct file_sha256 from raw.filedrop__files")
    store = Store((place.home / "store").as_uri())
    assert store.open(sha256).read() == path.read_bytes()


def test_a_corrected_redelivery_takes_the_place_of_the_register_it_corrects(place):
    write_csv(place.folder() / "a.csv", listed("1/QĐ", "2/QĐ"))
    write_csv(place.folder() / "b.csv", listed("9/QĐ"))
    place.take()
    order = ["STT", "Trích yếu nội dung", "Số, ký hiệu văn bản", "Ghi chú"]
    write_csv(place.folder() / "a.csv", [order, [1, PERSON, "01/QĐ", "x"]])
    place.take()
    assert place.numbers() == ["01/QĐ", "9/QĐ"]
    [report] = place.rows(
        "select report from raw.filedrop__files where state = 'landed'"
        " order by _extracted_at desc limit 1"
    )
    assert report[0]["tables"][0]["drift"] == {
        "gone": ["issued_date"],
        "new": ["description"],
        "moved": True,
    }
    assert len(place.rows("select 1 from raw.filedrop__files")) == 3


def test_a_file_that_becomes_anothers_equal_leaves_no_rows_of_its_own(place):
    write_csv(place.folder() / "a.csv", listed("1/QĐ", "2/QĐ"))
    other = write_csv(place.folder() / "b.csv", listed("9/QĐ"))
    place.take()
    write_csv(other, listed("1/QĐ", "2/QĐ"))
    told = place.take()
    assert told["files same"] == 1
    assert place.numbers() == ["1/QĐ", "2/QĐ"]
    write_csv(other, listed("9/QĐ"))  # as it was at first: known bytes, and no rows of them
    assert place.take()["files landed"] == 1
    assert place.numbers() == ["1/QĐ", "2/QĐ", "9/QĐ"]


def test_a_file_that_becomes_a_much_shorter_one_is_held_back_like_any_redelivery(place):
    write_csv(place.folder() / "a.csv", listed("1/QĐ", "2/QĐ"))
    many = [f"{n}/KH" for n in range(20)]
    other = write_csv(place.folder() / "b.csv", listed(*many))
    place.take()
    write_csv(other, listed("1/QĐ", "2/QĐ"))
    assert place.take()["refused: rows_lost"] == 1
    assert len(place.numbers()) == 22
    assert place.take(accept_loss=True)["files same"] == 1
    assert place.numbers() == ["1/QĐ", "2/QĐ"]


def test_what_was_another_files_equal_lands_when_that_one_is_corrected(place, asked):
    first = write_csv(place.folder() / "a.csv", listed("1/QĐ"))
    place.take()
    write_csv(place.folder() / "b.csv", listed("1/QĐ"))
    assert place.take()["files same"] == 1
    assert isinstance(asked(), dg.SkipReason)
    write_csv(first, listed("2/QĐ"))
    os.utime(first, (time.time() + 5,) * 2)  # the equal one is looked at first
    place.take()
    assert place.numbers() == ["2/QĐ"]
    assert isinstance(asked(), dg.RunRequest)
    place.take()
    assert place.numbers() == ["1/QĐ", "2/QĐ"]
    assert isinstance(asked(), dg.SkipReason)


def test_a_bad_redelivery_leaves_the_rows_that_are_there(place):
    path = write_csv(place.folder() / "a.csv", listed(*(f"{n:02}/QĐ" for n in range(20))))
    place.take()
    path.write_bytes(b"")
    assert place.take()["refused: empty"] == 1
    write_csv(path, listed("01/QĐ"))
    assert place.take()["refused: rows_lost"] == 1
    assert len(place.numbers()) == 20
    # A person looked: it is meant. Read anew, because the guard's word is not the file's fault.
    os.utime(path)
    assert place.take(accept_loss=True)["files landed"] == 1
    assert place.numbers() == ["01/QĐ"]
    write_csv(path, listed())
    assert place.take()["files landed"] == 1  # withdrawn: a header, and nothing below it
    assert place.numbers() == []


def test_a_register_with_a_state_secret_leaves_nothing_but_its_refusal(place):
    header = [*DOCUMENTS, "Độ mật"]
    lines = [header, [1, "1/QĐ", "2025", PERSON, None], [2, "2/QĐ", "2025", PERSON, "Mật"]]
    path = write_csv(place.folder() / "a.csv", lines)
    assert place.take()["refused: state_secret"] == 1
    assert place.numbers() == []
    [(sha256,)] = place.rows("select file_sha256 from raw.filedrop__files")
    assert not Store((place.home / "store").as_uri()).has(sha256)
    assert path.exists()


SECRET = "99887766"  # a number of a register that turns out to list state secrets


def declare(place, heading, column="secrecy"):
    (place.home / "catalog").mkdir(exist_ok=True)
    (place.home / "catalog" / "filedrop.toml").write_text(
        f'[[mapping]]\nagency = "*"\nform = "documents"\n'
        f'headings = {{ {column} = ["{heading}"] }}\n',
        encoding="utf-8",
    )


def test_what_landed_before_anybody_knew_that_it_is_secret_is_taken_back(place):
    header = [*DOCUMENTS, "Cấp độ"]
    line = [1, f"{SECRET}/QĐ", "2025", PERSON, "Tối mật"]
    # Two agencies deliver the same bytes; only one delivers another register, too.
    for agency in ("H26.01", "H26.02"):
        write_csv(place.folder(agency) / "a.csv", [header, line, [None, SECRET]])
    write_csv(place.folder() / "open.csv", listed("1/QĐ"))
    assert place.take()["files landed"] == 3
    shas = place.rows("select file_sha256 from raw.filedrop__files where file_name = 'a.csv'")
    assert place.store().has(shas[0][0])
    declare(place, "Cấp độ")
    os.utime(place.folder() / "a.csv", (1, 1))  # one of them is looked at again before the other
    (place.folder("H26.02") / "a.csv").unlink()  # and this one never
    told = place.take()
    assert (told["refused: state_secret"], told["registers taken back"]) == (1, 2)
    assert place.numbers() == ["1/QĐ"]
    assert SECRET not in place.everything()
    assert not place.store().has(shas[0][0])
    assert len(list(place.store().digests())) == 1
    states = place.rows("select state, reason_code from raw.filedrop__files order by 1, 2")
    assert states == [("landed", None), *([("refused", "state_secret")] * 2)]
    assert place.take() == {}


def test_a_version_that_lists_a_secret_takes_the_earlier_ones_with_it(place):
    path = write_csv(place.folder() / "a.csv", listed("1/QĐ"))
    write_csv(place.folder("H26.02") / "b.csv", listed("1/QĐ"))  # the same bytes, and no secret
    write_csv(place.folder() / "c.csv", listed("5/QĐ"))
    place.take()
    write_csv(path, listed(SECRET))
    place.take()
    [(sha256,)] = place.rows(
        "select file_sha256 from raw.filedrop__files where agency_code = 'H26.01' and state ="
        " 'landed' order by _extracted_at desc limit 1"
    )
    write_csv(path, [[*DOCUMENTS, "Độ mật"], [1, SECRET, "2025", PERSON, "Mật"]])
    assert place.take()["registers taken back"] == 1
    assert place.numbers() == ["1/QĐ", "5/QĐ"]
    assert not place.store().has(sha256)
    assert SECRET not in place.everything()
    assert len(list(place.store().digests())) == 2  # that of b.csv is nobody's secret
    write_csv(path, listed("1/QĐ"))  # without the line: as it was at first
    assert place.take()["files landed"] == 1
    assert place.numbers() == ["1/QĐ", "1/QĐ", "5/QĐ"]


def test_the_name_of_a_register_with_a_secret_stays_nowhere(place, capfd):
    name = "danh muc KIM TUYEN"
    path = write_csv(place.folder() / f"{name}.csv", listed(SECRET))
    write_csv(place.folder("H26.02") / f"{name} 2.csv", listed(SECRET))  # refused at first sight
    place.take()
    again = write_csv(place.folder() / f"bản sao {name}.csv", listed(SECRET))
    assert place.take()["files same"] == 1
    secret = [[*DOCUMENTS, "Độ mật"], [1, SECRET, "2025", PERSON, "Mật"]]
    for one in (path, again, place.folder("H26.02") / f"{name} 2.csv"):
        write_csv(one, secret)
    assert place.take()["refused: state_secret"] == 3
    assert "KIM TUYEN" not in place.everything()
    pages = [one for one in (place.home / "reports").rglob("*") if one.is_file()]
    assert len(pages) == 4  # of both agencies, for people and as data
    for one in pages:
        assert "KIM TUYEN" not in one.name + one.read_text(encoding="utf-8")
    [(sha256,)] = place.rows(
        "select distinct file_sha256 from raw.filedrop__files where report -> 'tables' = '[]'"
        " and file_sha256 = '" + digest(path) + "'"
    )
    assert any(sha256[:12] in one.read_text(encoding="utf-8") for one in pages)
    assert "KIM TUYEN" not in "".join(capfd.readouterr())
    os.utime(path)
    assert place.take() == {}  # and it does not come back where a known file is noted anew
    assert "KIM TUYEN" not in place.everything()


def test_what_a_refusal_of_before_has_left_is_taken_back_without_the_file(place, asked):
    path = write_csv(place.folder() / "KIM TUYEN.csv", listed(SECRET))
    write_csv(place.folder() / "open.csv", listed("1/QĐ"))
    place.take()
    # As it was written before: refused beside its rows, by name; then the file was taken out.
    later = (
        "insert into raw.filedrop__files"
        " select register_id, agency_code, file_name, repeat('a', 64), size_bytes, modified_at,"
        " 'refused', 'state_secret', '1', jsonb_set(report, '{tables}', '[]'),"
        " register_id || ':' || repeat('a', 16), _extracted_at + interval '1 hour', 'x'"
        " from raw.filedrop__files where file_name like 'KIM%'"
    )
    engine = sa.create_engine(place.url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text(later))
    path.unlink()
    assert isinstance(asked(), dg.RunRequest)
    assert place.take()["registers taken back"] == 1
    assert place.numbers() == ["1/QĐ"]
    for word in (SECRET, "KIM TUYEN"):
        assert word not in place.everything()
        pages = (place.home / "reports" / "drop").rglob("*.html")
        assert not any(word in one.read_text(encoding="utf-8") for one in pages)
    assert len(list(place.store().digests())) == 1
    assert isinstance(asked(), dg.SkipReason)
    assert place.take() == {}


def test_a_recall_that_was_broken_off_is_done_by_the_next_look(place, monkeypatch):
    path = write_csv(place.folder() / "a.csv", listed(SECRET))
    place.take()
    write_csv(path, [[*DOCUMENTS, "Độ mật"], [1, SECRET, "2025", PERSON, "Mật"]])

    def broken_off(store, sha256, *, really=Store.withdraw):
        monkeypatch.setattr(Store, "withdraw", really)
        really(store, sha256)
        raise ValueError("killed")

    monkeypatch.setattr(Store, "withdraw", broken_off)
    place.take(succeeds=False)
    assert place.take()["registers taken back"] == 1
    assert SECRET not in place.everything()
    assert list(place.store().digests()) == []


def test_what_is_taken_back_is_sealed_where_a_custodian_is_named(place):
    identity = pyrage.x25519.Identity.generate()
    path = write_csv(place.folder() / "a.csv", listed(SECRET))
    place.take()
    before = path.read_bytes()
    write_csv(path, [[*DOCUMENTS, "Độ mật"], [1, SECRET, "2025", PERSON, "Mật"]])
    told = place.take(custodian=str(identity.to_public()))
    assert told["secrets sealed"] == 1
    [sealed] = (place.home / "quarantine").iterdir()
    assert pyrage.decrypt(sealed.read_bytes(), [identity]) == before
    entries = place.rows(
        "select agency_code, found_by, is_kept, sealed_name from ledger.quarantine"
    )
    assert entries == [("H26.01", "declared", True, sealed.name)]


def test_a_run_that_was_killed_after_a_landing_is_finished_by_the_next(place, asked, monkeypatch):
    first = write_csv(place.folder() / "a.csv", listed("1/QĐ"))
    os.utime(first, (1, 1))
    write_csv(place.folder() / "c.xls", [["x"]])
    with monkeypatch.context() as patch:
        patch.setattr(Pages, "show", killed)
        place.take(succeeds=False)
    assert place.numbers() == ["1/QĐ"]
    assert not (place.home / "reports").exists()
    assert isinstance(asked(), dg.RunRequest)
    told = place.take()
    assert told["reports that were missing"] == 1
    assert len(list((place.home / "reports" / "drop" / "H26.01").glob("*.html"))) == 2
    assert isinstance(asked(), dg.SkipReason)
    assert place.take() == {}


def test_what_landed_before_a_run_was_killed_is_known_to_have_landed(place, monkeypatch):
    for name in ("a", "b"):
        write_csv(place.folder() / f"{name}.csv", listed(f"{name}/QĐ"))

    def hostile(path, *how):
        if path.name == "b.csv":
            killed()
        return read_register(path, *how)

    monkeypatch.setattr(fates, "read_register", hostile)
    with dg.DagsterInstance.ephemeral() as instance:
        place.take(instance=instance, succeeds=False)
        key = dg.AssetKey(["raw", "filedrop__files"])
        assert instance.get_latest_materialization_event(key) is not None
    assert place.numbers() == ["a/QĐ"]


def test_a_file_that_cannot_be_read_has_an_outcome_until_it_can(place, asked, monkeypatch):
    path = write_csv(place.folder() / "a.csv", listed("1/QĐ"))
    write_csv(place.folder() / "b.csv", listed("2/QĐ"))

    really = type(path).open

    def closed(self, *how, **named):
        if self.name == "a.csv":
            raise PermissionError(13, "Permission denied", str(self))
        return really(self, *how, **named)

    with monkeypatch.context() as patch:  # rights do not keep out who runs these tests
        patch.setattr(type(path), "open", closed)
        told = place.take()
        assert (told["refused: unreadable"], told["files landed"]) == (1, 1)
        asked_for = (
            "select file_sha256, reason_code from raw.filedrop__files where state = 'refused'"
        )
        assert place.rows(asked_for) == [(None, "unreadable")]
        assert place.take() == {}
        assert isinstance(asked(), dg.SkipReason)
    assert isinstance(asked(), dg.RunRequest)  # its rights are no part of its time
    assert place.take()["files landed"] == 1
    assert place.numbers() == ["1/QĐ", "2/QĐ"]
    assert place.rows(asked_for) == []  # bytes nobody has read are no version of it


def test_pages_are_for_nobody_else_on_this_machine(place):
    (place.home / "reports").mkdir(mode=0o755)
    (place.home / "reports" / "drop").mkdir(mode=0o755)  # as it was made before
    write_csv(place.folder() / "a.csv", listed("1/QĐ"))
    write_csv(place.drop / "b.csv", listed("2/QĐ"))
    before = os.umask(0o022)
    try:
        place.take()
    finally:
        os.umask(before)
    made = [place.home / "reports" / "drop", *(place.home / "reports" / "drop").rglob("*")]
    assert len(made) == 1 + 2 * 3
    assert {one.stat().st_mode & 0o777 for one in made if one.is_dir()} == {0o700}
    assert {one.stat().st_mode & 0o777 for one in made if one.is_file()} == {0o600}
    assert (place.home / "reports").stat().st_mode & 0o777 == 0o755  # Data Docs are for readers


def test_the_sensor_asks_again_where_a_run_would_tell_something_new(place, asked):
    path = write_csv(place.folder() / "a.csv", listed("1/QĐ"))
    wrong = path.with_name("b.csv.sha256")
    other = write_csv(place.folder() / "b.csv", listed("2/QĐ"))
    wrong.write_text("0" * 64)
    assert place.take()["refused: checksum_differs"] == 1
    assert isinstance(asked(), dg.SkipReason)
    assert place.take() == {}  # it is still wrong: no landing every hour
    wrong.write_text(digest(other))
    assert isinstance(asked(), dg.RunRequest)
    assert place.take()["files landed"] == 1
    declare(place, "ghi chú khác", column="description")
    assert isinstance(asked(), dg.RunRequest)  # rules changed: all is read anew
    assert place.take()["files landed"] == 2
    assert isinstance(asked(), dg.SkipReason)


def test_a_secret_is_seen_behind_another_reason_to_refuse_a_register(place):
    def register(dossiers, degree):
        def change(book):
            sheet = book.create_sheet("van ban")
            sheet.append([*DOCUMENTS, "Độ mật"])
            sheet.append([1, SECRET, "2025", PERSON, degree])

        lines = [[n, f"H26.01.{n}", "T", "01", 5] for n in range(dossiers)]
        write_xlsx(place.folder() / "a.xlsx", [DOSSIERS, *lines], change=change)

    register(20, None)
    assert place.take()["files landed"] == 1
    register(1, "Mật")  # far fewer dossiers, and what is refused first would hide the rest
    told = place.take()
    assert (told["refused: state_secret"], told["registers taken back"]) == (1, 1)
    assert SECRET not in place.everything()


def test_headings_in_reports_of_before_are_forgotten_and_nothing_else_of_them(place):
    path = write_csv(place.folder() / "a.csv", listed("1/QĐ", header=[*DOCUMENTS, PERSON]))
    write_csv(place.folder() / "b.xls", [["x"]])
    place.take()
    told = "select report from raw.filedrop__files where state = 'landed'"
    [(before,)] = place.rows(told)
    assert PERSON in str(before)
    forget = import_module("warehouse.migrations.versions.v0032_headings").FORGET
    engine = sa.create_engine(place.url, poolclass=sa.NullPool)
    with engine.begin() as connection:
        connection.execute(sa.text(forget))
    assert PERSON not in place.everything().replace(f"Về việc {PERSON}", "")
    [(after,)] = place.rows(told)
    for table in before["tables"]:
        for one in (*table["columns"], *table["unknown"]):
            one["heading"] = ""
    assert after == before
    write_csv(path, listed("1/QĐ", "2/QĐ"))
    place.take()
    assert place.numbers() == ["1/QĐ", "2/QĐ"]


def test_a_damaged_copy_of_what_is_secret_is_taken_out_though_it_cannot_be_sealed(place):
    path = write_csv(place.folder() / "a.csv", listed(SECRET))
    place.take()
    [sha256] = place.store().digests()
    place.store().path(sha256).write_bytes(b"damaged")
    write_csv(path, [[*DOCUMENTS, "Độ mật"], [1, SECRET, "2025", PERSON, "Mật"]])
    told = place.take(custodian=str(pyrage.x25519.Identity.generate().to_public()))
    assert (told["registers taken back"], told["secrets not kept"]) == (1, 1)
    assert list(place.store().digests()) == []
    assert list((place.home / "quarantine").glob("*.age")) == []


def test_a_new_mapping_reads_known_files_anew(place):
    header = ["A", "Số CV đi", "Khi nào", "Trích yếu"]
    write_csv(place.folder() / "a.csv", listed("1/QĐ", header=header))
    assert place.take()["refused: header_not_found"] == 1
    (place.home / "catalog").mkdir()
    (place.home / "catalog" / "filedrop.toml").write_text(
        '[[mapping]]\nagency = "H26.01"\nform = "documents"\n'
        'headings = { document_number = ["Số CV đi"], issued_date = ["Khi nào"] }\n',
        encoding="utf-8",
    )
    assert place.take()["files landed"] == 1
    assert place.numbers() == ["1/QĐ"]


def test_the_sensor_asks_for_whole_new_files_and_no_others(place, asked):
    assert isinstance(asked(), dg.SkipReason)
    path = write_csv(place.folder() / "a.csv", listed("1/QĐ"))
    assert isinstance(asked(), dg.SkipReason)  # it may still be written to
    place.settle()
    first = asked()
    assert isinstance(first, dg.RunRequest)
    assert asked().run_key == first.run_key
    place.take()
    assert isinstance(asked(), dg.SkipReason)
    write_csv(path, listed("1/QĐ", "2/QĐ"))
    assert isinstance(asked(), dg.RunRequest)


def test_a_servers_registers_land_beside_those_of_the_folder_and_its_silence_stops_nobody(place):
    write_csv(place.folder() / "a.csv", listed("1/QĐ"))
    with sample_server(place.home / "server") as server:
        remote = server.root / "H26.02"
        remote.mkdir()
        write_csv(remote / "b.csv", listed("2/QĐ"))
        (remote / "b.csv.done").touch()
        known = str(server.known_hosts(place.home / "known_hosts"))
        login = {"host": "127.0.0.1", "user": USER, "secret": PASSWORD, "known_hosts": known}
        told = place.take(**login, port=server.port)
    assert (told["server fetched"], told["files landed"]) == (1, 2)
    write_csv(place.folder() / "c.csv", listed("3/QĐ"))
    told = place.take(**login, port=server.port, succeeds=False)
    assert (told["server looks that failed"], told["files landed"]) == (1, 1)
    assert place.numbers() == ["1/QĐ", "2/QĐ", "3/QĐ"]


def test_nothing_of_a_server_stays_on_this_machine_once_it_was_taken(place, asked):
    with sample_server(place.home / "server") as server:
        for agency, name, lines in (
            ("H26.02", "b.csv", listed("2/QĐ")),
            ("H26.02", "KIM TUYEN.csv", [[*DOCUMENTS, "Độ mật"], [1, SECRET, "2025", "T", "Mật"]]),
            ("H26.03", "c.csv", [["x"]]),
        ):
            (server.root / agency).mkdir(exist_ok=True)
            write_csv(server.root / agency / name, lines)
            (server.root / agency / f"{name}.done").touch()
        known = str(server.known_hosts(place.home / "known_hosts"))
        login = {"host": "127.0.0.1", "user": USER, "secret": PASSWORD, "known_hosts": known}
        login["port"] = server.port
        told = place.take(**login)
        assert (told["server fetched"], told["files landed"], told["files refused"]) == (3, 1, 2)
        left = [one for one in (place.home / "drop-sftp").rglob("*") if one.is_file()]
        assert [one.name for one in left] == [".server.json"]
        assert SECRET not in left[0].read_text() + place.everything()
        # They are known though they are not here; what lies in the folder and is older stays older.
        older = write_csv(place.folder("H26.02") / "B.CSV", listed("9/QĐ"))
        os.utime(older, (1, 1))
        assert place.take(**login) == {}
        assert place.numbers() == ["2/QĐ"]
        assert isinstance(asked(**login), dg.SkipReason)
        # A new way to read them fetches them again.
        declare(place, "ghi chú khác", column="description")
        told = place.take(**login)
        assert (told["server fetched"], told["files landed"], told["files refused"]) == (3, 1, 2)


def test_forms_and_tables_have_the_same_columns():
    from connectors.filedrop.forms import forms
    from warehouse.schema import RAW

    place = {"agency_code", "sheet_number", "row_number", "doubts", "_extra"}
    for name, form in forms().items():
        columns = set(RAW.tables[f"raw.filedrop__{name}"].columns.keys())
        lineage = {"_batch_id", "_extracted_at", "_row_sha256"}
        assert {field.landed for field in form.fields} == columns - place - lineage
