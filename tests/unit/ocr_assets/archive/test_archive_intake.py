"""A delivery is held against its manifest: nothing is guessed, lost, or let in by the way."""

import os
import unicodedata

import pytest

from ocr_assets.delivery_digest import content_digest
from ocr_assets.intake import (
    COMPLETE,
    DeliveryUnfinished,
    ReceivedState,
    batch_key,
    opened,
    read_delivery,
)
from ocr_assets.manifest import COLUMNS, FILE, ManifestInvalid
from ocr_assets.refusal import DeliveryRefused
from tests.support.scans import jpeg

HEADER = ",".join(COLUMNS)
ROW = "H26.01,government,B1,D1,{name},2,,operator 1,scanner 1"


def deliver(folder, *rows, header=HEADER, files=("a.jpg",), encoding="utf-8", complete=True):
    folder.mkdir(exist_ok=True)
    for name in files:
        (folder / name).write_bytes(jpeg())
    text = "\n".join((header, *rows)) + "\n"
    (folder / FILE).write_bytes(text.encode(encoding))
    if complete:
        (folder / COMPLETE).touch()
    return folder


def row(name="a.jpg", **changes):
    cells = dict(zip(COLUMNS, ROW.format(name=name).split(","), strict=True)) | changes
    return ",".join(cells.values())


def test_every_file_is_received_missing_or_undeclared(tmp_path):
    rows = (row("a.jpg"), row("gone.jpg"))
    delivery = read_delivery(deliver(tmp_path / "d", *rows, files=("b.jpg", "a.jpg")))
    assert [(f.ordinal, f.name, f.received_state) for f in delivery.files] == [
        (1, "a.jpg", ReceivedState.RECEIVED),
        (2, "gone.jpg", ReceivedState.MISSING),
        (3, "b.jpg", ReceivedState.UNDECLARED),
    ]
    received, missing, undeclared = delivery.files
    assert (received.media_type, received.declared_pages) == ("image/jpeg", 2)
    assert received.size_bytes == received.path.stat().st_size
    assert (missing.sha256, missing.agency_code) == (None, "H26.01")
    assert undeclared.agency_code is None
    assert undeclared.sha256


def test_a_byte_order_mark_and_vietnamese_names_are_no_obstacle(tmp_path):
    name = "quyết định.jpg"
    folder = deliver(tmp_path / "d", row(name), files=(name,), encoding="utf-8-sig")
    assert [f.received_state for f in read_delivery(folder).files] == ["received"]


def test_a_name_in_another_unicode_form_is_the_same_file(tmp_path):
    composed, decomposed = (unicodedata.normalize(form, "ủy.jpg") for form in ("NFC", "NFD"))
    assert composed != decomposed
    folder = deliver(tmp_path / "d", row(composed), files=(decomposed,))
    assert [f.received_state for f in read_delivery(folder).files] == ["received"]


@pytest.mark.parametrize(
    ("header", "told"),
    [
        (HEADER.replace(",scanner", ""), "missing: scanner"),
        (HEADER.replace(",", ";"), "missing: agency_code"),
        (HEADER + ",note", "unknown"),
        ("", "missing: agency_code"),
    ],
)
def test_a_wrong_header_is_told_by_its_columns(tmp_path, header, told):
    with pytest.raises(ManifestInvalid, match=told):
        read_delivery(deliver(tmp_path / "d", header=header))


@pytest.mark.parametrize(
    "change",
    [
        {"file_name": "../secret.pdf"},
        {"file_name": "/etc/passwd"},
        {"file_name": "..\\secret.pdf"},
        {"file_name": ""},
        {"bloc": "army"},
        {"secrecy": "hush"},
        {"declared_pages": "many"},
        {"declared_pages": "0"},
        {"agency_code": ""},
        {"scanner": "one,too many"},
        {"declared_pages": "٣"},
        {"declared_pages": "9" * 30},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_wrong_line_is_told_by_its_number_and_not_quoted(tmp_path, change):
    with pytest.raises(ManifestInvalid, match="line 3") as caught:
        read_delivery(deliver(tmp_path / "d", row(), row("b.jpg", **change)))
    assert not caught.value.retryable
    assert "secret.pdf" not in str(caught.value)


def test_columns_are_known_by_their_names_and_some_may_be_left_out(tmp_path):
    told = dict(zip(COLUMNS, ROW.format(name="a.jpg").split(","), strict=True))
    told |= {"declared_documents": "3", "vendor": "TEST VENDOR"}
    names = sorted(told)
    folder = deliver(tmp_path / "d", ",".join(told[name] for name in names), header=",".join(names))
    [file] = read_delivery(folder).files
    assert (file.vendor, file.declared_documents, file.is_stack) == ("TEST VENDOR", 3, True)
    assert (file.box_code, file.declared_pages) == ("B1", 2)
    [plain] = read_delivery(deliver(tmp_path / "e", row())).files
    assert (plain.vendor, plain.declared_documents, plain.is_stack) == ("", None, False)


def test_a_column_that_stands_there_twice_is_refused(tmp_path):
    with pytest.raises(ManifestInvalid, match="twice"):
        read_delivery(deliver(tmp_path / "d", header=HEADER + ",scanner"))


def test_a_name_listed_twice_is_refused(tmp_path):
    with pytest.raises(ManifestInvalid, match="more than once"):
        read_delivery(deliver(tmp_path / "d", row(), row()))


def test_a_manifest_that_is_not_utf8_is_refused(tmp_path):
    folder = deliver(tmp_path / "d", row("quyết định.jpg"), encoding="utf-16", files=())
    with pytest.raises(ManifestInvalid, match="UTF-8"):
        read_delivery(folder)


def test_a_symbolic_link_is_refused_and_not_followed(tmp_path):
    (tmp_path / "outside.jpg").write_bytes(jpeg())
    folder = deliver(tmp_path / "d", row(), files=())
    (folder / "a.jpg").symlink_to(tmp_path / "outside.jpg")
    with pytest.raises(DeliveryRefused, match="symbolic link"):
        read_delivery(folder)


def test_a_delivery_that_is_itself_a_link_is_refused_and_not_followed(tmp_path):
    deliver(tmp_path / "d", row())
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "d")
    assert batch_key(link).startswith("link-")
    assert content_digest(link) != content_digest(tmp_path / "d")
    with pytest.raises(DeliveryRefused, match="symbolic link"), opened(link, tmp_path / "work"):
        pass


@pytest.mark.parametrize("told", ["./a.jpg", "a.jpg", ".//a.jpg"])
def test_a_path_from_the_folder_itself_names_the_same_file(tmp_path, told):
    [file] = read_delivery(deliver(tmp_path / "d", row(told))).files
    assert (file.name, file.received_state) == ("a.jpg", ReceivedState.RECEIVED)


def test_a_delivery_without_its_marker_is_worth_asking_for_again(tmp_path):
    with pytest.raises(DeliveryUnfinished) as caught:
        read_delivery(deliver(tmp_path / "d", row(), complete=False))
    assert caught.value.retryable


def test_the_same_delivery_has_the_same_key_and_any_change_another(tmp_path):
    folder = deliver(tmp_path / "d", row())
    first = batch_key(folder)
    assert first == batch_key(folder) == f"d-{read_delivery(folder).digest[:8]}"
    data = (folder / "a.jpg").read_bytes()
    (folder / "a.jpg").write_bytes(data[:-1] + b"x")
    assert batch_key(folder) != first
    (folder / "a.jpg").write_bytes(data)
    assert batch_key(folder) == first
    deliver(folder, row(declared_pages="3"), files=())
    assert batch_key(folder) != first


def test_a_wrong_manifest_still_has_a_key(tmp_path):
    folder = deliver(tmp_path / "d", header="nonsense")
    assert batch_key(folder).startswith("d-")


def test_hidden_files_are_not_delivered(tmp_path):
    folder = deliver(tmp_path / "d", row())
    (folder / ".DS_Store").write_bytes(b"x")
    assert len(read_delivery(folder).files) == 1


def test_two_files_whose_names_a_reader_cannot_tell_apart_are_both_counted(tmp_path):
    composed, decomposed = (unicodedata.normalize(form, "ủy.jpg") for form in ("NFC", "NFD"))
    folder = deliver(tmp_path / "d", row(composed), files=(composed, decomposed))
    states = [file.received_state for file in read_delivery(folder).files]
    assert states == ["received", "undeclared"]


def test_a_name_that_is_no_utf8_is_spelled_out_and_counted(tmp_path):
    folder = deliver(tmp_path / "d", row(), complete=False)
    (folder / os.fsdecode(b"x\xff.jpg")).write_bytes(jpeg())
    (folder / COMPLETE).touch()
    assert batch_key(folder)
    named = {file.name: file.received_state for file in read_delivery(folder).files}
    assert named == {"a.jpg": "received", "x\\udcff.jpg": "undeclared"}


@pytest.mark.parametrize("column", ["agency_code", "box_code", "operator"])
def test_a_cell_with_a_control_character_is_refused_by_its_line(tmp_path, column):
    folder = deliver(tmp_path / "d", row(**{column: "H2\x006"}))
    with pytest.raises(ManifestInvalid, match=f"line 2: {column} holds a character"):
        read_delivery(folder)
