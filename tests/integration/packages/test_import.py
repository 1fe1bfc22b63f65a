"""A package becomes rows and files elsewhere, equal to those it was made from, or nothing does."""

import json
import shutil
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from tests.integration.packages.city import DOSSIER, A
from tests.integration.packages.conftest import BUILD
from warehouse.errors import PackageConflicts, PackageRefused
from warehouse.packages import rows
from warehouse.packages.exporting import Exporter
from warehouse.packages.importing import Importer
from warehouse.packages.request import Request

AT = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
WANTED = Request(A, DOSSIER, "move to the city archives", "Archives, plan 3")
MINE = {
    "dim_document": f"agency_code = '{A}' and dossier_code = '{DOSSIER}' and is_usable",
    "fct_signature": "document_key in (select document_key from marts.dim_document where"
    f" agency_code = '{A}' and dossier_code = '{DOSSIER}' and is_usable)",
    "fct_page": "document_key in (select document_key from marts.dim_document where"
    f" agency_code = '{A}' and dossier_code = '{DOSSIER}' and is_usable)",
}


@pytest.fixture(scope="module")
def packages(city, tmp_path_factory):
    """The dossier as it can travel: a folder, a ZIP, a bag, a bag in a ZIP."""
    place = tmp_path_factory.mktemp("packages")
    exporter = Exporter(city.owner, city.owner, city.store, "0.1.0")
    for name in ("aip", "aip.zip", "bag", "bag.zip"):
        kind = replace(WANTED, package_type=name.removesuffix(".zip"))
        exporter.export(kind, place / name, AT)
    return place


@pytest.fixture
def package(packages, tmp_path):
    """A copy of the folder, to be spoilt."""
    return shutil.copytree(packages / "aip", tmp_path / "package")


def importer(models):
    return Importer(models.owner, models.store, "0.1.0")


def raw_rows(models):
    found = {}
    with models.owner.connect() as connection:
        for table in rows.travelling():
            query = sa.text(f"select row_to_json(t)::text from {table.fullname} t order by 1")
            found[table.name] = connection.scalars(query).all()
    return found


def mart(models, name):
    query = sa.text(
        f"select row_to_json(t)::text from marts.{name} t where {MINE[name]} order by 1"
    )
    with models.owner.connect() as connection:
        return [json.loads(row) for row in connection.scalars(query)]


def test_a_dossier_taken_into_an_empty_warehouse_gives_equal_marts(city, elsewhere, packages):
    done = importer(elsewhere).take_in(packages / "aip")
    assert (done.documents, done.files) == (2, 4)
    assert done.rows == sum(len(some) for some in raw_rows(elsewhere).values())
    built = elsewhere.dbt(*BUILD)
    assert built.success, built.failed
    for name in MINE:
        assert mart(elsewhere, name), name
        assert mart(elsewhere, name) == mart(city, name), name


@pytest.mark.parametrize("form", ["aip.zip", "bag", "bag.zip"])
def test_every_form_brings_the_same_rows_and_files(city, elsewhere, packages, form):
    importer(elsewhere).take_in(packages / form)
    ours, theirs = raw_rows(elsewhere), raw_rows(city)
    assert [table for table in ours if theirs[table] and not ours[table]] == []
    assert all(set(ours[table]) <= set(theirs[table]) for table in ours)
    assert len(ours["digitization__files"]) == 3  # two papers, one of them delivered twice
    for name in ("scan 1", "copy 1", "scan 2", "copy 2"):
        with elsewhere.store.open(city.kept[name]) as kept:
            assert kept.read() == f"bytes of {name}".encode()


def ledger(models, query):
    with models.owner.connect() as connection:
        return [tuple(row) for row in connection.execute(sa.text(query))]


def test_a_package_taken_in_twice_changes_nothing(elsewhere, packages):
    importer(elsewhere).take_in(packages / "aip")
    before = raw_rows(elsewhere), ledger(elsewhere, "select count(*) from ledger.premis_events")
    again = importer(elsewhere).take_in(packages / "aip.zip")
    assert (again.files, again.rows) == (0, 0)
    assert raw_rows(elsewhere) == before[0]
    assert len(ledger(elsewhere, "select 1 from ledger.imports")) == 1


def test_what_happened_to_the_files_comes_along_and_the_arrival_is_told(elsewhere, packages):
    importer(elsewhere).take_in(packages / "aip")
    told = ledger(elsewhere, "select event_type, count(*) from ledger.premis_events group by 1")
    assert dict(told)["ingestion"] == 4
    assert dict(told)["fixity check"] >= 4
    checks = ledger(elsewhere, "select distinct result from ledger.fixity_checks")
    assert checks == [("intact",)]


def test_a_damaged_file_in_the_store_is_healed_by_the_package(elsewhere, packages, city):
    importer(elsewhere).take_in(packages / "aip")
    path = elsewhere.store.path(city.kept["copy 1"])
    path.write_bytes(b"rot")
    assert importer(elsewhere).take_in(packages / "aip").files == 1
    assert path.read_bytes() == b"bytes of copy 1"


def test_deliveries_that_are_here_otherwise_are_refused(elsewhere, packages):
    importer(elsewhere).take_in(packages / "aip")
    elsewhere.run("update raw.digitization__pages set page_text = 'read anew'")
    with pytest.raises(PackageConflicts, match=r"6 rows of raw\.digitization__pages"):
        importer(elsewhere).take_in(packages / "aip")


def spoil(package, path, old, new):
    target = package / path
    target.write_text(target.read_text().replace(old, new, 1))


RAW = "metadata/other/raw"


@pytest.mark.parametrize(
    ("spoilt", "why"),
    [
        (lambda p: (p / "METS.xml").unlink(), "METS.xml is missing"),
        (lambda p: (p / "METS.xml").write_text("<mets"), "no well-formed XML"),
        (
            lambda p: (p / "representations/rep1/data/0000001.pdf").write_bytes(b"bytes of copY 1"),
            r"rep1/data/0000001\.pdf is damaged",
        ),
        (
            lambda p: (p / "representations/rep0/data/0000002.tif").unlink(),
            r"rep0/data/0000002\.tif is missing",
        ),
        (lambda p: (p / "stray.txt").write_text("?"), "stray.txt lies in the package"),
        (lambda p: spoil(p, f"{RAW}/digitization__pages.jsonl", "dòng", "other"), "is damaged"),
        (lambda p: (p / "link").symlink_to("/etc/passwd"), "holds a link"),
        (lambda p: spoil(p, "METS.xml", "metadata/desc", "../../desc"), "outside of the package"),
    ],
    ids=["no METS", "broken METS", "flipped byte", "lost file", "stray", "row", "link", "outside"],
)
def test_a_package_that_is_not_what_it_says_is_refused_by_name(elsewhere, package, spoilt, why):
    spoilt(package)
    with pytest.raises(PackageRefused, match=why):
        importer(elsewhere).take_in(package)
    assert not any(raw_rows(elsewhere).values())
    assert list(elsewhere.store.digests()) == []


def rewritten(package, path, change):
    """Change rows of a package and let METS say the new digest: a forger's work."""
    import hashlib

    target = package / path
    old = target.read_bytes()
    lines = [json.loads(line) for line in old.decode().splitlines()]
    change(lines)
    target.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines))
    new = target.read_bytes()
    mets = package / "METS.xml"
    said = mets.read_text()
    [line] = [line for line in said.splitlines() if f'"{path}"' in line]
    told = line.replace(hashlib.sha256(old).hexdigest(), hashlib.sha256(new).hexdigest())
    told = told.replace(f'SIZE="{len(old)}"', f'SIZE="{len(new)}"')
    mets.write_text(said.replace(line, told))


FILES, DOCUMENTS = f"{RAW}/digitization__files.jsonl", f"{RAW}/digitization__documents.jsonl"
PAGES = f"{RAW}/digitization__pages.jsonl"


@pytest.mark.parametrize(
    ("path", "change", "why"),
    [
        (FILES, lambda rows: rows[0].update(secrecy="mat"), "declared secret"),
        (DOCUMENTS, lambda rows: rows[0].update(reason_code="state_secret"), "found secret"),
        (FILES, lambda rows: rows.pop(), "belong to no file"),
        (DOCUMENTS, lambda rows: rows.clear(), "other documents than were received"),
        (DOCUMENTS, lambda rows: rows[0].update(archive_sha256="f" * 64), "no archive copy"),
        (DOCUMENTS, lambda rows: rows[0].update(page_count=9), "count other pages"),
        (PAGES, lambda rows: rows[0].update(file_ordinal=99), "belong to no file"),
        (PAGES, lambda rows: rows[0].update(surprise=1), "no column surprise"),
        (PAGES, lambda rows: rows[0].update(page_number="many"), "does not fit its table"),
        (PAGES, lambda rows: rows.append(rows[0]), "a key comes twice"),
    ],
)
def test_rows_that_contradict_the_descriptions_are_refused(elsewhere, package, path, change, why):
    rewritten(package, path, change)
    with pytest.raises(PackageRefused, match=why) as caught:
        importer(elsewhere).take_in(package)
    assert "many" not in str(caught.value)
    assert not any(raw_rows(elsewhere).values())


def test_a_secret_of_this_warehouse_is_not_taken_in(elsewhere, packages, city):
    elsewhere.land(
        {
            "digitization__files": [
                {"file_ordinal": 1, "file_sha256": city.kept["scan 2"], "secrecy": "mat"}
            ]
        },
        "theirs",
    )
    with pytest.raises(PackageRefused, match="known here as a secret"):
        importer(elsewhere).take_in(packages / "aip")


def packed(tmp_path, *entries):
    with zipfile.ZipFile(tmp_path / "hostile.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(name, content)
    return tmp_path / "hostile.zip"


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ([("../../outside", b"x")], "outside of itself"),
        ([("/etc/cron.d/x", b"x")], "outside of itself"),
        ([("a\\..\\b", b"x")], "outside of itself"),
        ([("METS.xml", bytes(20 << 20))], "out of all measure"),
        ([("METS.xml", b"1"), ("mets.XML", b"2")], "names a file twice"),
        ([], "holds 0 files"),
        ([("a", b"1"), ("a/b", b"2")], "names that no folder can hold"),
        ([("./METS.xml", b"1"), ("METS.xml", b"2")], "names that no folder can hold"),
        ([("x" * 300, b"1")], "names that no folder can hold"),
    ],
    ids=[
        "traversal",
        "absolute",
        "backslash",
        "bomb",
        "twice",
        "empty",
        "file and folder",
        "twice with a dot",
        "long name",
    ],
)
def test_a_hostile_zip_is_refused_before_anything_is_written(elsewhere, tmp_path, entries, why):
    with pytest.raises(PackageRefused, match=why):
        importer(elsewhere).take_in(packed(tmp_path, *entries), tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".kho")] == []


def test_a_torn_zip_and_no_zip_are_refused(elsewhere, packages, tmp_path):
    whole = (packages / "aip.zip").read_bytes()
    torn = tmp_path / "torn.zip"
    torn.write_bytes(whole.replace(b"bytes of copy 1", b"bytes of copy 2"))
    with pytest.raises(PackageRefused, match="ZIP is damaged"):
        importer(elsewhere).take_in(torn)
    torn.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(PackageRefused, match="neither a folder nor a ZIP"):
        importer(elsewhere).take_in(torn)


def test_a_bag_whose_manifest_does_not_fit_is_refused(elsewhere, packages, tmp_path):
    bag = shutil.copytree(packages / "bag", tmp_path / "bag")
    (bag / "data/METS.xml").write_text("<mets/>")
    with pytest.raises(PackageRefused, match="the bag is not what its manifests say"):
        importer(elsewhere).take_in(bag)


def test_an_entity_in_a_description_reads_no_file(elsewhere, package):
    mets = package / "METS.xml"
    said = mets.read_text().partition("\n")[2]
    entity = '<!DOCTYPE mets [<!ENTITY e SYSTEM "file:///etc/passwd">]>\n'
    mets.write_text(f"<?xml version='1.0'?>\n{entity}{said.replace('>kho<', '>&e;<', 1)}")
    assert importer(elsewhere).take_in(package).documents == 2  # the entity stays unread


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("bagit.txt", "BagIt-Version: 0.97\nTag-File-Character-Encoding: base64\n"),
        ("bag-info.txt", "Payload-Oxum: 5\n"),
    ],
)
def test_a_bag_whose_own_lists_cannot_be_read_is_refused(elsewhere, packages, tmp_path, file, line):
    bag = shutil.copytree(packages / "bag", tmp_path / "bag")
    (bag / file).write_text(line)
    with pytest.raises(PackageRefused, match=r"lists cannot be read|not what its manifests say"):
        importer(elsewhere).take_in(bag, tmp_path)
