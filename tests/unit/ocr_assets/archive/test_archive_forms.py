"""A delivery may come as a folder, a bag or a ZIP of either; hostile ones are refused by name."""

import os
import stat
import struct
import time
import zipfile
from pathlib import Path

import bagit
import pytest

from ocr_assets import unzip
from ocr_assets.intake import DeliveryUnfinished, batch_key, opened, read_delivery
from ocr_assets.manifest import COLUMNS, FILE
from ocr_assets.parcels import ABANDONED_S, SETTLED_S, is_complete, places_in
from ocr_assets.refusal import DeliveryRefused, Refusal
from ocr_assets.zip_members import ZipLimits

HEADER = ",".join(COLUMNS)
ROW = "H26.01,government,B1,D1,{},2,,operator 1,scanner 1"
NAMES = ("a.pdf", "văn bản/b.pdf")


def deliver(folder, names=NAMES, *, complete=True):
    folder.mkdir(parents=True)
    for name in names:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(b"%PDF- " + name.encode())
    rows = "\n".join([HEADER, *map(ROW.format, names)])
    (folder / FILE).write_text(rows + "\n", encoding="utf-8")
    if complete:
        (folder / "_COMPLETE").touch()
    return folder


def bag(folder, **how):
    bagit.make_bag(str(deliver(folder, complete=False)), checksums=["sha256"], **how)
    return folder


def packed(folder, target, *, top="", **how):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, **how) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file() and path.name != "_COMPLETE":
                archive.write(path, f"{top}{path.relative_to(folder).as_posix()}")
    marked(target)
    return target


def marked(target):
    target.with_name(f"{target.name}._COMPLETE").touch()
    return target


def states(place, work):
    with opened(place, work) as delivery:
        assert all(file.path.read_bytes().startswith(b"%PDF-") for file in delivery.files)
        return {file.name: str(file.received_state) for file in delivery.files}


@pytest.mark.parametrize("top", ["", "hop-01/"], ids=["bare", "in one folder"])
@pytest.mark.parametrize("make", [deliver, bag], ids=["folder", "bag"])
def test_a_zip_is_what_is_in_it(tmp_path, make, top):
    place = packed(make(tmp_path / "hop-01"), tmp_path / "hop-01.zip", top=top)
    assert states(place, tmp_path / "work") == dict.fromkeys(NAMES, "received")
    assert not list(tmp_path.glob("work*"))
    (tmp_path / "hop-01" / "_COMPLETE").touch()
    assert batch_key(place) == batch_key(tmp_path / "hop-01")


def test_a_bag_is_a_delivery_whose_payload_is_held_against_its_manifest(tmp_path):
    folder = bag(tmp_path / "hop-01")
    (folder / "_COMPLETE").touch()
    assert states(folder, tmp_path / "work") == dict.fromkeys(NAMES, "received")


def test_a_bag_packed_again_on_another_day_is_the_same_delivery(tmp_path):
    keys = {
        batch_key(bag(tmp_path / day / "hop-01", bag_info={"Bagging-Date": day}))
        for day in ("2026-01-01", "2026-01-02")
    }
    assert len(keys) == 1


@pytest.mark.parametrize(
    "harm",
    [
        lambda bag: (bag / "data/a.pdf").write_bytes(b"%PDF- other"),
        lambda bag: (bag / "data/a.pdf").unlink(),
        lambda bag: (bag / "data/c.pdf").write_bytes(b"%PDF- more"),
        lambda bag: (bag / "manifest-sha256.txt").unlink(),
        lambda bag: (bag / "bagit.txt").write_text("nonsense"),
    ],
    ids=["changed", "missing", "one more", "no list", "no bag"],
)
def test_a_bag_that_does_not_validate_is_refused_and_no_name_is_quoted(tmp_path, harm):
    folder = bag(tmp_path / "hop-01")
    harm(folder)
    (folder / "_COMPLETE").touch()
    with pytest.raises(DeliveryRefused, match="bag_invalid") as caught:
        read_delivery(folder)
    assert "pdf" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_a_bag_needs_no_marker_once_it_has_settled(tmp_path):
    folder = bag(tmp_path / "hop-01")
    assert not is_complete(folder)
    assert is_complete(folder, time.time() + SETTLED_S + 1)
    with pytest.raises(DeliveryUnfinished):
        read_delivery(folder)


def test_a_copy_that_sets_times_back_has_not_settled(tmp_path):
    folder = bag(tmp_path / "hop-01")
    for path in folder.rglob("*"):
        os.utime(path, (1_600_000_000, 1_600_000_000))
    assert not is_complete(folder)


def test_a_zip_is_complete_when_whole_and_settled_and_an_abandoned_one_is_looked_at(tmp_path):
    place = packed(deliver(tmp_path / "hop-01"), tmp_path / "hop-01.zip")
    (tmp_path / "hop-01.zip._COMPLETE").unlink()
    soon, late = time.time() + SETTLED_S + 1, time.time() + ABANDONED_S + 1
    assert not is_complete(place)
    assert is_complete(place, soon)
    place.write_bytes(place.read_bytes()[:-30])
    assert not is_complete(place, soon)
    assert is_complete(place, late)
    marked(place)
    with pytest.raises(DeliveryRefused, match="zip_damaged"), opened(place, tmp_path / "work"):
        pass


def test_a_delivery_written_to_after_its_marker_is_complete_once_it_settles(tmp_path):
    folder = deliver(tmp_path / "hop-01")
    assert is_complete(folder)
    time.sleep(0.02)  # ticks of the file system's clock
    (folder / "a.pdf").write_bytes(b"%PDF- half")
    assert not is_complete(folder)
    assert is_complete(folder, time.time() + SETTLED_S + 1)
    (folder / "_COMPLETE").touch()
    assert is_complete(folder)


def test_only_complete_deliveries_are_seen_in_an_inbox(tmp_path):
    deliver(tmp_path / "one")
    deliver(tmp_path / "two", complete=False)
    deliver(tmp_path / ".three")
    packed(tmp_path / "one", tmp_path / "four.zip")
    (tmp_path / "notes.txt").touch()
    assert [place.name for place in places_in(tmp_path)] == ["four.zip", "one"]


def evil(target, *members, method=zipfile.ZIP_DEFLATED):
    """Write a ZIP of (name, data, mode) as they are."""
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data, mode in members:
            info = zipfile.ZipInfo("placeholder")
            info.filename, info.external_attr, info.compress_type = name, mode << 16, method
            archive.writestr(info, data)
    return marked(target)


FILE_MODE, LINK_MODE, PIPE_MODE = 0o100644, stat.S_IFLNK | 0o777, stat.S_IFIFO | 0o644


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ([("../out.pdf", b"x", FILE_MODE)], Refusal.ZIP_NAME_LEADS_OUT),
        ([("/etc/cron.d/x", b"x", FILE_MODE)], Refusal.ZIP_NAME_LEADS_OUT),
        ([("..\\out.pdf", b"x", FILE_MODE)], Refusal.ZIP_NAME_LEADS_OUT),
        ([("C:out.pdf", b"x", FILE_MODE)], Refusal.ZIP_NAME_LEADS_OUT),
        ([("a\x1b[2J.pdf", b"x", FILE_MODE)], Refusal.ZIP_NAME_LEADS_OUT),
        ([("a.pdf", b"/etc/passwd", LINK_MODE)], Refusal.HOLDS_A_LINK),
        ([("a.pdf", b"", PIPE_MODE)], Refusal.HOLDS_A_LINK),
        ([("a.pdf", b"x", FILE_MODE)] * 2, Refusal.ZIP_NAMES_CLASH),
        ([("a", b"x", FILE_MODE), ("a/b.pdf", b"x", FILE_MODE)], Refusal.ZIP_NAMES_CLASH),
    ],
    ids=lambda value: value.value if isinstance(value, Refusal) else "",
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_that_means_harm_is_refused_and_leaves_nothing(tmp_path, members, reason):
    place = evil(tmp_path / "inbox.zip", *members)
    with pytest.raises(DeliveryRefused) as caught, opened(place, tmp_path / "work"):
        pass
    assert caught.value.reason is reason
    assert "out.pdf" not in str(caught.value)
    assert {path.name for path in tmp_path.iterdir()} == {"inbox.zip", "inbox.zip._COMPLETE"}
    assert batch_key(place).startswith("inbox-")  # it has a key: its refusal is entered under it


def test_a_zip_packed_in_another_way_is_refused(tmp_path):
    place = evil(tmp_path / "a.zip", ("a.pdf", b"x" * 99, FILE_MODE), method=zipfile.ZIP_BZIP2)
    with pytest.raises(DeliveryRefused, match="zip_method_unknown"), opened(place, tmp_path / "w"):
        pass


def test_an_encrypted_zip_is_refused(tmp_path):
    place = evil(tmp_path / "a.zip", ("a.pdf", b"x" * 99, FILE_MODE), method=zipfile.ZIP_STORED)
    data = bytearray(place.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    place.write_bytes(data)
    marked(place)
    with pytest.raises(DeliveryRefused, match="zip_encrypted"), opened(place, tmp_path / "w"):
        pass


@pytest.mark.parametrize(
    ("limits", "reason"),
    [
        (ZipLimits(max_bytes=1000), Refusal.ZIP_TOO_LARGE),
        (ZipLimits(ratio_counts_from=1000), Refusal.ZIP_TOO_LARGE),
        (ZipLimits(max_members=0), Refusal.ZIP_TOO_MANY_MEMBERS),
    ],
    ids=["size", "ratio", "count"],
)
def test_a_bomb_is_refused_before_anything_is_written(tmp_path, limits, reason):
    place = evil(tmp_path / "a.zip", ("a.pdf", b"\0" * 1_000_000, FILE_MODE))
    with pytest.raises(DeliveryRefused) as caught:
        unzip.unpack(place, tmp_path / "out", limits)
    assert caught.value.reason is reason
    assert not [path for path in tmp_path.rglob("*") if path.is_file() and path.parent != tmp_path]


@pytest.mark.parametrize("claimed", [10, 2_000_000], ids=["more than it says", "less than it says"])
def test_a_member_that_lies_about_its_size_is_cut_off_and_refused(tmp_path, claimed):
    place = evil(tmp_path / "a.zip", ("a.pdf", b"\0" * 1_000_000, FILE_MODE))
    data = bytearray(place.read_bytes())
    for mark, at in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        where = data.index(mark) + at
        data[where : where + 4] = struct.pack("<L", claimed)
    place.write_bytes(data)
    with pytest.raises(DeliveryRefused, match="zip_damaged"):
        unzip.unpack(place, tmp_path / "out")
    written = sum(path.stat().st_size for path in (tmp_path / "out").rglob("*"))
    assert written <= max(claimed, 1_000_000)


def test_a_directory_of_millions_of_entries_is_not_read(tmp_path):
    place = evil(tmp_path / "a.zip", ("a.pdf", b"x" * 4000, FILE_MODE), method=zipfile.ZIP_STORED)
    data = bytearray(place.read_bytes())
    at = data.rindex(b"PK\x05\x06") + 12
    data[at : at + 4] = struct.pack("<L", len(data) - 22)
    place.write_bytes(data)
    with pytest.raises(DeliveryRefused, match="zip_too_many_members"):
        unzip.digests_in(place, ZipLimits(max_members=5))


def test_utf8_names_are_read_although_the_packer_does_not_say_so(tmp_path):
    name = "quyết định.pdf"
    place = evil(tmp_path / "a.zip", (name, b"%PDF- x", FILE_MODE), (FILE, b"", FILE_MODE))
    data = place.read_bytes()
    for mark, at in ((b"PK\x03\x04", 7), (b"PK\x01\x02", 9)):
        where = data.index(mark) + at
        data = data[:where] + bytes([data[where] & ~0x08]) + data[where + 1 :]
    place.write_bytes(data)
    assert name in unzip.digests_in(place)


def test_the_members_of_a_mac_are_no_files(tmp_path):
    folder = deliver(tmp_path / "hop")
    (folder / "__MACOSX").mkdir()
    (folder / "__MACOSX" / "._a.pdf").write_bytes(b"x")
    place = packed(folder, tmp_path / "hop.zip")
    assert states(place, tmp_path / "work") == dict.fromkeys(NAMES, "received")


def test_a_work_place_left_by_a_killed_run_is_in_nobodys_way(tmp_path):
    place = packed(deliver(tmp_path / "hop"), tmp_path / "hop.zip")
    left = Path(f"{tmp_path / 'work'}.unpacked")
    left.mkdir()
    (left / "half").touch()
    assert states(place, tmp_path / "work") == dict.fromkeys(NAMES, "received")
