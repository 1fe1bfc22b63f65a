"""The drop folder: whole files of agencies, and nothing that is still on its way or elsewhere."""

import hashlib
import os
import time

import pytest

from connectors.filedrop.folder import arrivals
from connectors.filedrop.refusals import FileRefused, Refusal


@pytest.fixture
def put(tmp_path):
    def put(name, content=b"x"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        return path

    return put


def names(root, seconds_later=120):
    return [one.name for one in arrivals(root, now=time.time() + seconds_later)]


def test_files_of_agencies_are_found_with_their_folders_as_names(tmp_path, put):
    put("H26.01/2025/a.csv")
    put("H26.02/b.xlsx")
    found = {(one.agency, one.name) for one in arrivals(tmp_path, now=time.time() + 120)}
    assert found == {("H26.01", "2025/a.csv"), ("H26.02", "b.xlsx")}


def test_an_upload_under_way_is_left_alone(tmp_path, put):
    for name in ("a.csv.part", "a.csv.filepart", "b.TMP", ".c.csv", "~$d.xlsx"):
        put(f"H26.01/{name}")
    put("H26.01/fresh.csv")
    assert names(tmp_path, seconds_later=0) == []
    assert names(tmp_path) == ["fresh.csv"]


def test_what_is_written_to_again_is_under_way_again_even_with_an_old_date(tmp_path, put):
    path = put("H26.01/a.csv")
    os.utime(path, (1, 1))  # a program that sets the date of the original
    assert names(tmp_path, seconds_later=0) == []


def test_a_file_beside_it_says_that_it_is_whole(tmp_path, put):
    put("H26.01/a.csv")
    put("H26.01/b.csv")
    put("H26.01/b.csv.done", b"")
    assert names(tmp_path, seconds_later=0) == ["b.csv"]


def test_a_checksum_is_held_against_the_bytes(tmp_path, put):
    digest = hashlib.sha256(b"x").hexdigest()
    put("H26.01/a.csv")
    put("H26.01/a.csv.sha256", f"{digest}  a.csv\n".encode())
    [arrival] = arrivals(tmp_path, now=time.time())
    arrival.refuse_unless_sound(digest)
    with pytest.raises(FileRefused) as refused:
        arrival.refuse_unless_sound("0" * 64)
    assert refused.value.refusal == Refusal.CHECKSUM_DIFFERS


def test_a_checksum_that_cannot_be_read_vouches_for_nothing(tmp_path, put, monkeypatch):
    put("H26.01/a.csv")
    beside = put("H26.01/a.csv.sha256", hashlib.sha256(b"x").hexdigest().encode())
    [arrival] = arrivals(tmp_path, now=time.time())
    really = type(beside).open

    def closed(self, *how, **named):
        if self == beside:
            raise PermissionError(13, "Permission denied")
        return really(self, *how, **named)

    monkeypatch.setattr(type(beside), "open", closed)  # rights do not keep out who runs these tests
    assert arrival.differs_from_its_checksum(hashlib.sha256(b"x").hexdigest())


@pytest.mark.parametrize("name", ["a.csv", "văn thư/a.csv"])
def test_a_file_in_no_agencys_folder_is_refused_and_not_lost(tmp_path, put, name):
    put(name)
    [arrival] = arrivals(tmp_path, now=time.time() + 120)
    with pytest.raises(FileRefused) as refused:
        arrival.refuse_unless_sound("0" * 64)
    assert refused.value.refusal == Refusal.AGENCY_UNKNOWN


def test_links_and_pipes_are_no_files(tmp_path, put):
    elsewhere = put("H26.01/a.csv")
    (tmp_path / "H26.01" / "link.csv").symlink_to(elsewhere)
    (tmp_path / "H26.03").symlink_to(tmp_path / "H26.01")
    os.mkfifo(tmp_path / "H26.01" / "pipe.csv")
    assert names(tmp_path) == ["a.csv"]


def test_a_redelivery_is_a_version_of_the_register_of_that_name(tmp_path, put):
    put("H26.01/Mục lục.csv")
    put("H26.01/mu\u0323c lu\u0323c.CSV".replace("lu\u0323c", "lục"))
    put("H26.02/Mục lục.csv")
    ids = [one.register_id for one in arrivals(tmp_path, now=time.time() + 120)]
    assert len(ids) == 3
    assert len(set(ids)) == 2
    assert not any("ục" in one for one in ids)


def test_a_folder_that_is_not_there_is_empty(tmp_path):
    assert arrivals(tmp_path / "nothing") == []
