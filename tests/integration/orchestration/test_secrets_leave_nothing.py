"""A canary in a state secret: after the batch it is nowhere, in no file and in no table."""

import io
import json
from pathlib import Path

import dagster as dg
import pypdf
import pyrage
import pytest
import sqlalchemy as sa
from PIL import Image
from typer.testing import CliRunner

from commands.main import app
from demo.city import authority_file
from ocr_assets.intake import COMPLETE, batch_key
from orchestration.settings import settings
from tests.support.events import told_by_run
from tests.support.pages import as_pdf, printed
from tests.support.stamped import BLACK, BRIGHT, Press, Scanner, scanned, stamped
from tests.support.tools import TOOLS
from warehouse.database import engine

FONT = TOOLS / "npm/node_modules/@expo-google-fonts/tinos/400Regular/Tinos_400Regular.ttf"
pytestmark = [
    pytest.mark.skipif(not FONT.exists(), reason="no tools here: run ./kho setup"),
    pytest.mark.timeout(900),
]
HEADER = "agency_code,bloc,box_code,dossier_code,file_name,declared_pages,secrecy,operator,scanner"
CANARY, OPEN = "90817263", "55443322"  # numbers of a secret letter, and of one that is none
TOLD = (CANARY, "KIM TUYẾN", "kim-tuyen")  # its number, a word of its abstract, its name


def letter(number, subject):
    lines = (
        ((250, 260), "ỦY BAN NHÂN DÂN"),
        ((1100, 260), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ((250, 460), f"Số: {number}/BC-UBND"),
        ((1000, 800), "BÁO CÁO"),
        ((500, 900), f"Về việc {subject}"),
        ((300, 1100), f"Theo đề nghị tại Tờ trình số {number}, báo cáo về {subject} như sau."),
    )
    return printed(FONT, lines=lines)


def deliver(folder):
    """Write a delivery: one letter that is no secret, three that are, in three ways."""
    folder.mkdir(parents=True)
    secret, plain = letter(CANARY, "KIM TUYẾN"), letter(OPEN, "MÙA GẶT")
    red = scanned(stamped(secret, "MẬT", Press(BRIGHT)), Scanner(turn=90, quality=50, grain=4))
    black = scanned(stamped(secret, "TUYỆT MẬT", Press(BLACK)), Scanner(mode="L", dpi=150))
    as_pdf(folder / "open.pdf", plain)
    as_pdf(folder / "kim-tuyen-1.pdf", red)
    as_pdf(folder / "kim-tuyen-2.pdf", plain, black)  # the attachment is stamped
    as_pdf(folder / "kim-tuyen-3.pdf", secret)  # declared
    rows = [
        f"H26.18,government,B1,D1,{path.name},1,{'mat' if '3' in path.name else ''},TEST,TEST"
        for path in sorted(folder.glob("*.pdf"))
    ]
    (folder / "manifest.csv").write_text("\n".join([HEADER, *rows]) + "\n", encoding="utf-8")
    (folder / COMPLETE).touch()
    return folder


@pytest.fixture(scope="module")
def custodian():
    return pyrage.x25519.Identity.generate()


@pytest.fixture(scope="module")
def city(home, custodian, tmp_path_factory):
    """The home of this module, with a custodian, the tools and an agency; the inbox elsewhere."""
    inbox = tmp_path_factory.mktemp("inbox")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KHO_CUSTODIAN_KEY", str(custodian.to_public()))
        patch.setenv("KHO_INBOX", str(inbox))
        patch.setenv("KHO_OCR_READER", "fast")
        settings.cache_clear()
        (home / "tools").symlink_to(TOOLS)
        (home / "catalog").mkdir()
        (home / "catalog" / "agencies.csv").write_text(authority_file(), encoding="utf-8")
        yield home
    settings.cache_clear()


@pytest.fixture(scope="module")
def digitized(city, instance, run_job):
    folder = deliver(settings().inbox / "MAT-01")
    agencies = [dg.AssetKey(["raw", "catalog__agencies"])]
    assert run_job("pull_sources", only=agencies, partition="2026-01-05").success
    key = batch_key(folder)
    instance.add_dynamic_partitions("scan_batch", [key])
    result = run_job("digitize_batch", partition=key)
    assert result.success
    made = ("proposals", "embeddings", "neighbours")
    suggested = [dg.AssetKey(["raw", f"suggestions__{table}"]) for table in made]
    assert run_job("build_warehouse", only=suggested).success
    return folder, result


def every_row(url):
    """Return all rows of all tables as one text."""
    tables = (
        "select table_schema, table_name from information_schema.tables"
        " where table_type = 'BASE TABLE' and table_schema not in ('pg_catalog')"
    )
    told = []
    with engine(url).connect() as connection:
        for schema, name in connection.execute(sa.text(tables)).all():
            whole = sa.text(f'select t::text from "{schema}"."{name}" as t')
            told += connection.execute(whole).scalars()
    return "\n".join(told)


def every_byte(*folders):
    """Yield the files under ``folders``; the tools that setup fetched are no place of ours."""
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and "tools" not in path.relative_to(folder).parts:
                yield path, path.read_bytes()


def shown(path, data):
    """Return what a file says to somebody who searches it: bytes as they are, PDF as text."""
    if not data.startswith(b"%PDF"):
        return data
    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    return data + "\n".join(page.extract_text() for page in pages).encode()


def pictures(folder):
    """Return a piece from the middle of every scan of a secret: what a copy could not lack."""
    pieces = []
    for path in folder.glob("kim-tuyen-*.pdf"):
        picture = pypdf.PdfReader(path).pages[-1].images[0]
        assert Image.open(io.BytesIO(picture.data)).size
        middle = len(picture.data) // 2
        pieces.append(picture.data[middle : middle + 48])
    return pieces


def test_the_search_would_find_it(digitized, city, module_database_url):
    assert OPEN in every_row(module_database_url)
    assert any(OPEN.encode() in shown(path, data) for path, data in every_byte(city))


def test_a_secret_is_in_no_table(digitized, module_database_url):
    rows = every_row(module_database_url)
    assert [word for word in TOLD if word in rows] == []
    assert rows.count("state_secret") == 3


def test_only_what_is_no_secret_has_a_vector(digitized, module_database_url):
    asked = (
        "select d.reason_code, e.outcome from raw.digitization__documents as d"
        " left join raw.suggestions__embeddings as e on e.document_id = d.file_sha256"
    )
    with engine(module_database_url).connect() as connection:
        told = {tuple(row) for row in connection.execute(sa.text(asked))}
    assert ("state_secret", None) in told
    assert {outcome for reason, outcome in told if reason == "state_secret"} == {None}
    assert "ok" in {outcome for _, outcome in told}


def test_a_secret_is_in_no_file(digitized, city, instance):
    folder, _ = digitized
    as_stored = [json.dumps(word).strip('"') for word in TOLD]  # events have Ế as a number
    pieces = [*(word.encode() for word in (*TOLD, *as_stored)), *pictures(folder)]
    log = told_by_run(instance, digitized[1].run_id)
    assert [word for word in TOLD if word in log] == []
    found = [
        path
        for path, data in every_byte(city, Path(instance.root_directory))
        if any(piece in shown(path, data) for piece in pieces)
    ]
    assert found == []


def test_the_custodian_alone_can_open_it(digitized, city, custodian):
    sealed = list((city / "quarantine").iterdir())
    opened = {pyrage.decrypt(path.read_bytes(), [custodian]) for path in sealed}
    assert opened == {path.read_bytes() for path in digitized[0].glob("kim-tuyen-*.pdf")}


def test_the_command_lists_what_was_kept_apart_and_no_name(digitized, city):
    said = CliRunner().invoke(app, ["quarantine", "list"])
    assert said.exit_code == 0
    assert said.stdout.count(".age") == 3
    assert "H26.18: declared" in said.stdout
    assert [word for word in TOLD if word in said.stdout] == []
