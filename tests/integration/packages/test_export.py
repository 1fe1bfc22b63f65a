"""A dossier leaves on a request, whole, proved, and without what must not leave."""

import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import bagit
import pytest
import sqlalchemy as sa
from lxml import etree

from tests.integration.packages.city import DOSSIER, PERSON, A, B
from warehouse.errors import ExportStopped, NothingToExport, PackageThere
from warehouse.packages import ead, premis
from warehouse.packages.exporting import Exporter
from warehouse.packages.request import Request

AT = datetime(2026, 2, 3, 4, 5, 6, tzinfo=UTC)
WANTED = Request(A, DOSSIER, "audit of the land fund", "Inspectorate, request 12/TTr")


@pytest.fixture(scope="module")
def exporter(city):
    return Exporter(city.owner, city.owner, city.store, "0.1.0")


@pytest.fixture(scope="module")
def package(exporter, tmp_path_factory):
    target = tmp_path_factory.mktemp("out") / "package"
    exporter.export(WANTED, target, AT)
    return target


def paths(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def entries(city, ledger):
    query = sa.text(f"select * from ledger.{ledger} order by entry_id")
    with city.owner.connect() as connection:
        return [dict(row) for row in connection.execute(query).mappings()]


def test_a_package_holds_copies_originals_descriptions_and_rows(package, city):
    assert paths(package) == [
        "METS.xml",
        "documentation/README.txt",
        "metadata/descriptive/EAD.xml",
        "metadata/other/ledger/premis_events.jsonl",
        "metadata/other/raw/digitization__documents.jsonl",
        "metadata/other/raw/digitization__fields.jsonl",
        "metadata/other/raw/digitization__files.jsonl",
        "metadata/other/raw/digitization__pages.jsonl",
        "metadata/other/raw/digitization__signatures.jsonl",
        "metadata/preservation/PREMIS.xml",
        "representations/rep0/METS.xml",
        "representations/rep0/data/0000001.pdf",
        "representations/rep0/data/0000002.tif",
        "representations/rep1/METS.xml",
        "representations/rep1/data/0000001.pdf",
        "representations/rep1/data/0000002.pdf",
        "schemas/rows.json",
    ]
    assert (package / "representations/rep1/data/0000002.pdf").read_bytes() == b"bytes of copy 2"
    assert (package / "representations/rep0/data/0000002.tif").read_bytes() == b"bytes of scan 2"


def test_nothing_of_a_secret_of_another_dossier_agency_or_refused_paper_is_in_it(package, city):
    whole = b"".join(path.read_bytes() for path in package.rglob("*") if path.is_file()).decode()
    assert "e" * 64 not in whole
    for other in ("torn", "other scan", "other copy"):
        assert city.kept[other] not in whole
        assert f"bytes of {other}" not in whole
    assert "of another dossier" not in whole
    assert f'"{B}"' not in whole


def test_the_dossier_is_described_in_the_words_of_the_circular(package):
    described = etree.parse(package / ead.PATH).getroot()
    [first, _] = described.iterfind(".//{*}c")
    said = {one.get("localtype"): one.findtext("{*}p") for one in first.iterfind("{*}odd")}
    assert said["codeNumber"] == "051"
    assert said["codeNotation"] == "QĐ-UBND"
    assert said["typeName"] == "02"
    assert said["issuedDate"] == "2025-04-19"
    assert said["arcDocCode"] == f"{DOSSIER}.0000001"
    assert said["signer"] == PERSON
    assert "maintenance" not in said


def test_events_name_no_person_and_no_text(package):
    told = (package / premis.PATH).read_text()
    assert "fixity check" in told
    assert "messageDigest" in told
    for private in (
        PERSON,
        "051/QĐ-UBND",
        "dòng một",
        WANTED.requester,
        WANTED.purpose,
        ".pdf</event",
    ):
        assert private not in told


def test_the_same_content_gives_the_same_bytes_but_for_stated_times(exporter, tmp_path):
    for name in ("1.zip", "2.zip"):
        exporter.export(WANTED, tmp_path / name, AT)
    first, second = (contents(tmp_path / name) for name in ("1.zip", "2.zip"))
    assert list(first) == list(second)
    carried = {
        "METS.xml",
        "metadata/preservation/PREMIS.xml",
        "metadata/other/ledger/premis_events.jsonl",
    }
    differing = {path for path in first if first[path] != second[path]}
    # When each file was proved on its way out stands in these three, and nowhere else.
    assert {path.partition("/")[2] for path in differing} <= carried


def contents(archive):
    with zipfile.ZipFile(archive) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def test_an_export_is_tied_to_a_request_and_written_down(exporter, package, city):
    mine = [one for one in entries(city, "exports") if one["purpose"] == WANTED.purpose][:2]
    assert [one["state"] for one in mine] == ["requested", "delivered"]
    assert mine[1]["requester"] == WANTED.requester
    assert mine[1]["reader"] == "kho"
    assert mine[1]["expires_at"] == AT + timedelta(days=30)
    assert (mine[1]["document_count"], mine[1]["file_count"]) == (2, len(paths(package)))
    told = [e for e in entries(city, "premis_events") if e["event_type"] == "exporting"]
    left = [e for e in told if mine[0]["export_id"] in e["detail"]]
    papers = ("scan 1", "copy 1", "scan 2", "copy 2")
    assert {e["file_sha256"] for e in left} == {city.kept[name] for name in papers}


@pytest.mark.parametrize("lack", [{"purpose": " "}, {"requester": ""}, {"days": 0}])
def test_without_a_request_nothing_leaves(exporter, tmp_path, lack):
    with pytest.raises(ExportStopped, match="tied to a request"):
        exporter.export(replace(WANTED, **lack), tmp_path / "out", AT)
    assert list(tmp_path.iterdir()) == []


def test_refused_documents_are_listed_only_if_asked_and_never_secrets(exporter, tmp_path, city):
    exporter.export(replace(WANTED, has_refused=True), tmp_path / "out", AT)
    listed = (tmp_path / "out/documentation/refused.csv").read_text().splitlines()
    assert listed == [
        "file_name,document_id,outcome,reason_code",
        f"0003.pdf,{city.kept['torn']},failed,damaged",
    ]


def test_a_bag_is_a_package_with_two_manifests(exporter, tmp_path):
    exporter.export(replace(WANTED, package_type="bag"), tmp_path / "bag", AT)
    bag = bagit.Bag(str(tmp_path / "bag"))
    bag.validate()
    assert set(bag.algorithms) == {"sha256", "sha512"}
    assert bag.info["Payload-Files"] == "17"
    assert bag.info["Bagging-Date"] == "2026-02-03"
    assert (tmp_path / "bag/data/METS.xml").is_file()


def test_a_reader_sees_to_it_that_only_the_own_agency_leaves(city, tmp_path):
    theirs = city.analyst(B)
    exporter = Exporter(city.owner, theirs, city.store, "0.1.0")
    with pytest.raises(NothingToExport, match="this login finds no usable document"):
        exporter.export(WANTED, tmp_path / "out", AT)
    done = exporter.export(replace(WANTED, agency_code=B), tmp_path / "out", AT)
    assert done.documents == 1
    assert entries(city, "exports")[-1]["reader"] == "analyst_h26_02"
    rows = (tmp_path / "out/metadata/other/raw/digitization__files.jsonl").read_text().splitlines()
    assert [json.loads(row)["agency_code"] for row in rows] == [B]


def test_a_damaged_file_stops_the_export_by_name_and_leaves_nothing(exporter, city, tmp_path):
    path = city.store.path(city.kept["copy 2"])
    whole = path.read_bytes()
    path.chmod(0o600)
    path.write_bytes(b"Bytes" + whole[5:])
    try:
        with pytest.raises(ExportStopped, match=r"rep1/data/0000002\.pdf is damaged"):
            exporter.export(WANTED, tmp_path / "out", AT)
    finally:
        path.write_bytes(whole)
    assert list(tmp_path.iterdir()) == []
    assert entries(city, "exports")[-1]["state"] == "stopped"
    assert entries(city, "fixity_checks")[-1]["result"] == "damaged"


def test_what_became_a_secret_since_the_marts_were_built_does_not_leave(exporter, city, tmp_path):
    city.run("update raw.digitization__files set secrecy = 'mat' where agency_code = 'H26.02'")
    try:  # the same bytes as our first paper, and another agency calls them secret
        with pytest.raises(ExportStopped, match="secret meanwhile"):
            exporter.export(WANTED, tmp_path / "out", AT)
    finally:
        city.run(
            "update raw.digitization__files set secrecy = 'thuong' where agency_code = 'H26.02'"
        )


def test_marts_that_are_behind_stop_the_export(exporter, city, tmp_path):
    change = "update raw.digitization__documents set archive_sha256 = %r where file_ordinal = 1"
    city.run(change % ("f" * 64))
    try:
        with pytest.raises(ExportStopped, match="run the job build_warehouse"):
            exporter.export(WANTED, tmp_path / "out", AT)
    finally:
        city.run(change % city.kept["copy 1"])


def test_what_lies_at_the_target_is_left_alone(exporter, tmp_path):
    with pytest.raises(PackageThere):
        exporter.export(WANTED, tmp_path, AT)
