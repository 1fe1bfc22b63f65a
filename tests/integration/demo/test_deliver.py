import csv
import hashlib
import io
import re
import time
from itertools import chain
from typing import ClassVar

import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from demo import deliver
from demo.consignment import everything
from demo.deliver import build
from demo.plan import DELIVERIES, Delivery, Naming

pytestmark = pytest.mark.timeout(240)


def _files(truths, **wanted):
    for batch, truth in truths.items():
        for file in truth["files"]:
            if all(file[key] == value for key, value in wanted.items()):
                yield batch, file


def _path(home, batch, file):
    return home / "inbox" / batch / file["file"]


def _only(truths, **wanted):
    (found,) = _files(truths, **wanted)
    return found


def _picture(path, page=0):
    with pypdfium2.PdfDocument(path) as document:
        document.init_forms()
        return document[page].render(scale=1.5).to_pil().convert("RGB")


def test_two_builds_of_one_seed_give_the_same_bytes(tmp_path, fonts, mnist):
    every_kind = tuple(
        next(
            (filing for delivery in DELIVERIES for filing in delivery.filings if want(filing)),
        )
        for want in (
            lambda filing: filing.fate == "signed",
            lambda filing: filing.fate == "locked",
            lambda filing: filing.fate == "sideways",
            lambda filing: filing.fate == "photo",
            lambda filing: filing.encoding == "tiff",
            lambda filing: filing.encoding == "png",
        )
    )
    small = (Delivery("b-20260907-01", "H26.18", "1", Naming.THREE_DIGITS, "NV", "S", every_kind),)
    contents = []
    for home in (tmp_path / "one", tmp_path / "two"):
        build(home, fonts, mnist, deliveries=small)
        files = sorted(path for path in home.rglob("*") if path.is_file())
        contents.append({str(path.relative_to(home)): path.read_bytes() for path in files})
        time.sleep(1.1)  # timestamps in files count seconds
    assert contents[0] == contents[1]
    registers = [name for name in contents[0] if name.startswith("drop/")]
    assert registers
    assert len(contents[0]) == len(every_kind) + len(registers) + 5


def test_building_again_is_over_at_once_and_touches_nothing(sample_city, city_home, fonts, mnist):
    before = {path: path.stat().st_mtime_ns for path in city_home.rglob("*")}
    started = time.process_time()
    again = build(city_home, fonts, mnist)
    assert time.process_time() - started < 1
    assert not again.is_fresh
    assert before == {path: path.stat().st_mtime_ns for path in city_home.rglob("*")}


def test_a_file_that_was_changed_is_not_taken_for_unchanged(sample_city, city_home):
    record = city_home / "demo" / "built.json"
    recipe = re.search(r'"recipe": "(\w+)"', record.read_text()).group(1)
    assert deliver._stands(city_home, record, recipe)
    victim = sample_city.batches[0] / "manifest.csv"
    kept = victim.read_bytes()
    victim.write_bytes(kept + b"\n")
    assert not deliver._stands(city_home, record, recipe)
    victim.write_bytes(kept)


def test_a_rebuild_takes_away_what_an_earlier_build_left(tmp_path):
    record = tmp_path / "demo" / "built.json"
    first = {"inbox/b/old.pdf": b"1", "inbox/b/kept.pdf": b"2", "inbox/b/_COMPLETE": b""}
    deliver._replace(tmp_path, record, first, "r1")
    stranger = tmp_path / "inbox" / "b" / "stranger.pdf"
    stranger.write_bytes(b"3")
    deliver._replace(tmp_path, record, {"inbox/b/kept.pdf": b"4"}, "r2")
    here = {path.name: path.read_bytes() for path in (tmp_path / "inbox" / "b").iterdir()}
    assert here == {"kept.pdf": b"4", "stranger.pdf": b"3"}
    assert deliver._stands(tmp_path, record, "r2")
    assert not deliver._stands(tmp_path, record, "r1")


def test_each_batch_says_it_is_complete_after_everything_else(deliveries):
    class NoDocuments:
        documents: ClassVar = {}

    batch = Delivery("b-1", "H26.18", "1", Naming.THREE_DIGITS, "NV", "S", ())
    names = [name for name, _ in everything(NoDocuments(), (batch,))]
    assert names[-1] == "inbox/b-1/_COMPLETE"
    assert names[-2] == "inbox/b-1/manifest.csv"


def test_the_manifest_declares_what_the_truth_knows(sample_city, truths):
    for batch in sample_city.batches:
        text = (batch / "manifest.csv").read_text(encoding="utf-8")
        rows = list(csv.DictReader(io.StringIO(text)))
        assert text.split("\n", 1)[0] == (
            "agency_code,bloc,box_code,dossier_code,file_name,declared_pages,secrecy,operator,"
            "scanner"
        )
        declared = {row["file_name"] for row in rows}
        known = truths[batch.name]["files"]
        assert declared == {file["file"] for file in known if file["is_declared"]}
        here = {path.name for path in batch.iterdir()} - {"manifest.csv", "_COMPLETE"}
        assert here == {file["file"] for file in known if file["reason"] != "file_missing"}
        for row in rows:
            assert int(row["declared_pages"]) >= 1
            assert row["secrecy"] == ""


def test_a_letter_from_elsewhere_lies_with_who_received_it(sample_city, truths):
    _, file = _only(truths, document="snv-cv-2954")
    rows = csv.DictReader(
        io.StringIO((sample_city.batches[0] / "manifest.csv").read_text(encoding="utf-8"))
    )
    assert {row["file_name"]: row["agency_code"] for row in rows}[file["file"]] == "H26.18"
    assert file["fields"]["issuer"] == "SỞ NỘI VỤ"
    assert file["stamps"][0] == "ỦY BAN NHÂN DÂN HUYỆN GIA LÂM"


def test_one_tiff_has_several_pages(truths):
    assert any(len(file["pages"]) > 1 for _, file in _files(truths, encoding="tiff"))


def test_truth_lies_outside_the_deliveries(sample_city):
    for truth in sample_city.truths:
        assert not any(batch in truth.parents for batch in sample_city.batches)


def test_the_truth_has_the_digest_and_pages_of_every_readable_file(city_home, truths):
    counted = 0
    for batch, file in chain(_files(truths, fate="plain"), _files(truths, fate="sideways")):
        path = _path(city_home, batch, file)
        assert hashlib.sha256(path.read_bytes()).hexdigest() == file["sha256"]
        if path.suffix == ".pdf":
            with pikepdf.open(path) as document:
                assert len(document.pages) == len(file["pages"])
        else:
            with Image.open(path) as image:
                assert getattr(image, "n_frames", 1) == len(file["pages"])
        counted += len(file["pages"])
    assert 35 <= counted <= 60


def test_damaged_files_really_are_damaged(city_home, truths):
    damaged = list(_files(truths, reason="damaged"))
    assert {file["encoding"] for _, file in damaged} == {"colour_pdf", "jpeg"}
    for batch, file in damaged:
        path = _path(city_home, batch, file)
        if path.suffix == ".pdf":
            with pytest.raises(pypdfium2.PdfiumError):
                pypdfium2.PdfDocument(path)
        else:
            with Image.open(path) as image, pytest.raises(OSError, match="truncated"):
                image.load()


def test_the_empty_file_is_empty_and_the_locked_one_wants_a_password(city_home, truths):
    assert _path(city_home, *_only(truths, reason="empty_file")).stat().st_size == 0
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(_path(city_home, *_only(truths, reason="encrypted")))


def test_the_secret_one_bears_a_red_box_under_its_symbol(city_home, truths):
    batch, file = _only(truths, reason="state_secret")
    assert file["stamps"] == ["MẬT"]
    stamped = _redness(_picture(_path(city_home, batch, file)))
    other_batch, other = next(_files(truths, document="pn-cv-102"))
    assert stamped > 100 > _redness(_picture(_path(city_home, other_batch, other)))


def _redness(picture):
    """Count clearly red pixels where a secrecy stamp stands: left, under the symbol."""
    wide, tall = picture.size
    corner = picture.crop((wide // 8, tall // 6, wide * 2 // 5, tall * 2 // 7))
    red, green, blue = np.asarray(corner).astype(int).transpose(2, 0, 1)
    return int(((red - green > 60) & (red - blue > 40)).sum())


def test_the_signed_one_is_signed_and_says_so_on_page_one(city_home, truths):
    batch, file = _only(truths, fate="signed")
    with _path(city_home, batch, file).open("rb") as stream:
        (signature,) = PdfFileReader(stream).embedded_signatures
        trust = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
        status = validate_pdf_signature(signature, trust)
        assert status.intact
        assert status.valid
    with pypdfium2.PdfDocument(_path(city_home, batch, file)) as document:
        document.init_forms()
        assert document[0].render(scale=1)
    assert [line.split(":")[0] for line in file["stamps"]] == ["Ký bởi", "Cơ quan", "Thời gian ký"]


def test_natural_keys_repeat_only_where_a_duplicate_was_planted(truths):
    seen = {}
    for batch, file in _files(truths):
        if file["copy_of"] or file["rescan_of"] or file["reason"] == "empty_file":
            continue
        fields = file["fields"]
        key = fields["issuer"], fields["number"], fields["date"][:4]
        assert key not in seen, (batch, file["file"], seen[key])
        seen[key] = file["file"]
    assert len(seen) >= 24


def test_the_copy_has_the_same_bytes_and_the_rescan_only_the_same_words(truths):
    (batch, copy), (other, rescan) = (
        next((batch, file) for batch, file in _files(truths) if file[key])
        for key in ("copy_of", "rescan_of")
    )
    first = next(file for _, file in _files({batch: truths[batch]}, file=copy["copy_of"]))
    assert first["sha256"] == copy["sha256"]
    first = next(file for _, file in _files({other: truths[other]}, file=rescan["rescan_of"]))
    assert first["sha256"] != rescan["sha256"]
    assert first["pages"] == rescan["pages"]


def test_the_sideways_one_is_upright_once_its_turn_is_heeded(city_home, truths):
    batch, file = _only(truths, fate="sideways")
    with pikepdf.open(_path(city_home, batch, file)) as document:
        page = document.pages[0]
        assert page["/Rotate"] == 90
        assert page.mediabox[2] > page.mediabox[3]
    picture = _picture(_path(city_home, batch, file))
    assert picture.height > picture.width
    grey = np.asarray(picture.convert("L"))
    assert (grey[:, : picture.width // 12] < 90).mean() < 0.01
    rows = (grey < 110).sum(axis=1)
    assert rows[: picture.height // 14].max() < rows[picture.height // 14 :].max()


def test_one_back_side_is_blank(truths):
    blank = [file for _, file in _files(truths) if file["pages"] and file["pages"][-1] == ""]
    assert len(blank) == 1
