"""Files are kept once, whole, under the digest of their bytes."""

import hashlib
import os
import secrets
import threading
from pathlib import Path

import pytest

from warehouse import store as store_module
from warehouse.errors import ContentDiffers, FileUnreadable, NotStored
from warehouse.store import Store

BYTES = b"a scan" * 1000
DIGEST = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture(params=["folder", "file url", "memory"])
def store(request, tmp_path) -> Store:
    addresses = {
        "folder": str(tmp_path / "home" / "store"),
        "file url": (tmp_path / "store").as_uri(),
        "memory": f"memory://{secrets.token_hex(4)}/store",
    }
    return Store(addresses[request.param])


@pytest.fixture
def local(tmp_path) -> Store:
    return Store(tmp_path / "store")


def test_what_was_put_is_found_under_its_digest(store, tmp_path):
    (tmp_path / "scan.pdf").write_bytes(BYTES)
    assert not store.has(DIGEST)
    assert store.put(tmp_path / "scan.pdf") == store.put(BYTES) == DIGEST
    assert store.has(DIGEST)
    with store.open(DIGEST) as kept:
        assert kept.read() == BYTES
    assert store.fetch(DIGEST, tmp_path / "back.pdf").read_bytes() == BYTES


def test_empty_content_is_content(store):
    assert store.has(store.put(b""))


def test_other_bytes_than_announced_are_refused_and_not_kept(store):
    with pytest.raises(ContentDiffers, match="changed"):
        store.put(b"other", sha256=DIGEST)
    assert not store.has(hashlib.sha256(b"other").hexdigest())


def test_what_is_not_there_and_what_is_no_digest_are_refused(store, tmp_path):
    with pytest.raises(NotStored, match="restore a backup"):
        store.open(DIGEST)
    for name in ("../../etc/passwd", DIGEST.upper(), DIGEST[:-1], ""):
        with pytest.raises(NotStored, match="64 characters"):
            store.has(name)


def test_damaged_content_is_refused_and_replaced_when_put_again(local, tmp_path):
    local.put(BYTES)
    local.path(DIGEST).write_bytes(BYTES[:-1])
    with pytest.raises(ContentDiffers, match="damaged"):
        local.fetch(DIGEST, tmp_path / "back.pdf")
    assert not (tmp_path / "back.pdf").exists()
    local.put(BYTES)
    assert local.path(DIGEST).read_bytes() == BYTES


def test_content_lies_two_folders_deep_for_its_owner_alone(local, tmp_path):
    local.put(BYTES)
    kept = tmp_path / "store" / "objects" / DIGEST[:2] / DIGEST[2:4] / DIGEST
    assert local.path(DIGEST) == kept
    assert kept.stat().st_mode & 0o777 == 0o600
    inside = [path for path in (tmp_path / "store").rglob("*") if path.is_dir()]
    assert {path.stat().st_mode & 0o777 for path in (*inside, tmp_path / "store")} == {0o700}


def test_a_home_made_on_the_way_keeps_the_usual_rights(tmp_path):
    Store(tmp_path / "home" / "store").put(BYTES)
    plain = tmp_path / "plain"
    plain.mkdir()
    assert (tmp_path / "home").stat().st_mode == plain.stat().st_mode


def test_putting_content_again_does_not_touch_it(local):
    local.put(BYTES)
    before = local.path(DIGEST).stat()
    local.put(BYTES)
    after = local.path(DIGEST).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


@pytest.mark.parametrize("moment", ["copying", "fsync", "rename"])
def test_a_put_that_breaks_off_leaves_nothing_behind(local, tmp_path, monkeypatch, moment):
    def broken(*_, **__):
        raise OSError(28, "no space left")

    where, what = {
        "copying": (store_module, "_copy"),
        "fsync": (os, "fsync"),
        "rename": (Path, "replace"),
    }[moment]
    (tmp_path / "store" / "objects" / DIGEST[:2] / DIGEST[2:4]).mkdir(parents=True)
    monkeypatch.setattr(where, what, broken)
    with pytest.raises(OSError, match="no space"):
        local.put(BYTES)
    monkeypatch.undo()
    assert not local.has(DIGEST)
    assert [path for path in (tmp_path / "store").rglob("*") if path.is_file()] == []


def test_a_source_that_changes_while_it_is_read_is_refused(local, tmp_path, monkeypatch):
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(BYTES)
    write = store_module._write_at_once

    def meanwhile(source, *rest):
        scan.write_bytes(BYTES + b"more")
        write(source, *rest)

    monkeypatch.setattr(store_module, "_write_at_once", meanwhile)
    with pytest.raises(ContentDiffers, match="while it was being stored"):
        local.put(scan)
    assert not local.has(DIGEST)


def test_content_and_folder_are_settled_before_put_returns(local, monkeypatch):
    settled = []
    fsync = os.fsync
    monkeypatch.setattr(
        os,
        "fsync",
        lambda handle: (settled.append(Path(f"/proc/self/fd/{handle}").readlink()), fsync(handle)),
    )
    local.put(BYTES)
    assert settled[-1] == local.path(DIGEST).parent
    assert settled[-2].parent.name == "incoming"


def test_the_same_content_put_from_many_threads_is_kept_once(local, tmp_path):
    content = secrets.token_bytes(3_000_000)
    results: list[str] = []
    threads = [
        threading.Thread(target=lambda: results.append(local.put(content))) for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(results) == {hashlib.sha256(content).hexdigest()}
    files = [path for path in (tmp_path / "store").rglob("*") if path.is_file()]
    assert [path.read_bytes() == content for path in files] == [True]


def test_a_store_that_is_no_folder_has_no_paths():
    store = Store(f"memory://{secrets.token_hex(4)}")
    with pytest.raises(NotStored, match="fetch"):
        store.path(store.put(BYTES))


def test_a_state_secret_that_was_stored_before_anybody_knew_is_taken_out(store):
    store.put(BYTES)
    other = store.put(b"no secret")
    store.withdraw(DIGEST)
    assert (store.has(DIGEST), store.has(other)) == (False, True)
    with pytest.raises(NotStored):
        store.withdraw(DIGEST)


def test_what_a_store_cannot_vouch_for_is_no_absence(store, monkeypatch):
    digest = store.put(b"a scan")
    assert not store.lacks(digest)
    assert store.lacks("0" * 64)

    def silent(*_args, **_more):
        raise PermissionError("TEST")

    monkeypatch.setattr(type(store._files), "info", silent)
    with pytest.raises(FileUnreadable, match="does not say"):
        store.lacks("0" * 64)
