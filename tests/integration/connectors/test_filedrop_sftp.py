"""Registers over SFTP, from a real server: known by its key, cut off, hostile, left as it is."""

import hashlib
import os
import stat
import subprocess
import sys
import time

import paramiko
import pytest

from connectors.errors import ContractBroken, RegistryRefused, RegistryUnavailable
from connectors.filedrop import listing
from connectors.filedrop.download import MirrorUnwritable
from connectors.filedrop.folder import arrivals
from connectors.filedrop.mirror import Mirrored, let_go, mirror, on_server
from connectors.filedrop.sftp import HostKeyUnknown, SftpAccess
from tests.support.sftp import PASSWORD, USER, sample_server

LONG_AGO = time.time() - 3600


@pytest.fixture
def server(tmp_path):
    with sample_server(tmp_path / "server") as server:
        yield server


@pytest.fixture
def access(server, tmp_path):
    def access(**changed):
        given = {
            "host": "127.0.0.1",
            "port": server.port,
            "user": USER,
            "secret": PASSWORD,
            "known_hosts": server.known_hosts(tmp_path / "known_hosts"),
            "connect_s": 10.0,
            "answer_s": 10.0,
        }
        return SftpAccess(**given | changed)

    return access


def put(server, name, content=b"x", at=LONG_AGO):
    path = server.root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (at, at))
    return path


def test_whole_files_are_mirrored_once_and_nothing_is_changed_there(server, access, tmp_path):
    put(server, "H26.01/Mục lục.csv", b"one")
    put(server, "H26.02/2025/b.xlsx", b"two")
    put(server, "H26.01/c.csv.filepart", b"half")
    put(server, "H26.01/d.csv", b"fresh", at=time.time())
    before = sorted((p.name, p.stat().st_mtime_ns) for p in server.root.rglob("*"))
    into = tmp_path / "mirror"
    first = mirror(access(), into)
    assert (first.fetched, first.under_way) == (2, 2)
    found = {(one.agency, one.name) for one in arrivals(into, settled_s=0)}
    assert found == {("H26.01", "Mục lục.csv"), ("H26.02", "2025/b.xlsx")}
    again = mirror(access(), into)
    assert (again.fetched, again.known) == (0, 2)
    assert sorted((p.name, p.stat().st_mtime_ns) for p in server.root.rglob("*")) == before


def test_what_is_mirrored_is_for_nobody_else_on_this_machine(server, access, tmp_path):
    put(server, "H26.01/a.csv")
    (tmp_path / "mirror").mkdir(mode=0o755)  # as it was made before
    mirror(access(), tmp_path / "mirror")
    assert (tmp_path / "mirror").stat().st_mode & 0o077 == 0


def test_a_file_said_to_be_whole_is_not_waited_for_and_a_new_version_is_fetched(
    server, access, tmp_path
):
    put(server, "H26.01/a.csv", b"one", at=time.time())
    put(server, "H26.01/a.csv.done", b"", at=time.time())
    into = tmp_path / "mirror"
    assert mirror(access(), into).fetched == 1
    put(server, "H26.01/a.csv", b"other")
    assert mirror(access(), into).fetched == 1
    assert (into / "H26.01" / "a.csv").read_bytes() == b"other"


def test_a_key_opens_the_server_and_no_password_is_sent(server, access, tmp_path):
    key = paramiko.RSAKey.generate(2048)
    key.write_private_key_file(str(tmp_path / "key"), password="of a key")
    server.keys.append(key)
    put(server, "H26.01/a.csv")
    given = access(key=tmp_path / "key", secret="of a key")
    assert mirror(given, tmp_path / "mirror").fetched == 1
    assert "of a key" not in repr(given)


def test_a_server_nobody_knows_is_told_no_password(server, access, tmp_path):
    (tmp_path / "empty").touch()
    with pytest.raises(HostKeyUnknown, match="not known"):
        mirror(access(known_hosts=tmp_path / "empty"), tmp_path / "mirror")
    other = server.known_hosts(tmp_path / "other", paramiko.RSAKey.generate(2048))
    with pytest.raises(HostKeyUnknown, match="another key"):
        mirror(access(known_hosts=other), tmp_path / "mirror")
    with pytest.raises(ContractBroken, match="known host keys"):
        mirror(access(known_hosts=tmp_path / "nothing"), tmp_path / "mirror")


def test_who_is_not_let_in_is_told_so_without_a_secret(access, tmp_path):
    with pytest.raises(RegistryRefused, match="does not let us in") as refused:
        mirror(access(secret="wrong words"), tmp_path / "mirror")
    assert "wrong words" not in str(refused.value)
    with pytest.raises(RegistryRefused, match="no such folder"):
        mirror(access(folder="/nothing"), tmp_path / "mirror")


def test_a_server_that_is_not_there_is_worth_asking_again(server, access, tmp_path):
    given = access()
    server.close()
    with pytest.raises(RegistryUnavailable) as away:
        mirror(given, tmp_path / "mirror")
    assert away.value.retryable


def test_a_file_that_was_cut_off_is_gone_on_with_where_it_ended(server, access, tmp_path):
    content = os.urandom(6 << 20)
    put(server, "H26.01/a.xlsx", content)
    server.faults.cut_after = 5 << 20
    with pytest.raises(RegistryUnavailable):
        mirror(access(), tmp_path / "mirror")
    assert arrivals(tmp_path / "mirror", settled_s=0) == []
    [part] = (tmp_path / "mirror" / "H26.01").iterdir()  # its half, and no list yet
    kept = part.stat().st_size
    assert 0 < kept < len(content)
    server.faults.lowest = None
    assert mirror(access(), tmp_path / "mirror").fetched == 1
    assert server.faults.lowest == kept
    fetched = (tmp_path / "mirror" / "H26.01" / "a.xlsx").read_bytes()
    assert hashlib.sha256(fetched).digest() == hashlib.sha256(content).digest()


def test_links_and_names_that_lead_elsewhere_are_refused(server, access, tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_text("x")
    put(server, "H26.01/a.csv")
    (server.root / "H26.01" / "link.csv").symlink_to(secret)
    (server.root / "H26.09").symlink_to(tmp_path)
    server.faults.names = ("../up.csv", "/etc/x.csv", "a\\b.csv")
    done = mirror(access(), tmp_path / "mirror")
    assert done.fetched == 1
    assert done.refused == 2 + 3 * 2  # the names are shown in both folders
    found = {p.name for p in (tmp_path / "mirror").rglob("*")}
    assert found == {"H26.01", "a.csv", ".server.json"}
    assert not (tmp_path / "up.csv").exists()


def test_what_no_register_can_be_is_not_fetched(server, access, tmp_path):
    put(server, "H26.01/a.csv", b"short")
    server.faults.claimed_size = 1 << 50
    done = mirror(access(), tmp_path / "mirror")
    assert (done.fetched, done.refused) == (0, 1)


def test_a_name_in_an_old_code_keeps_out_its_own_folder_and_no_other(server, access, tmp_path):
    put(server, "H26.01/a.csv")
    put(server, "H26.02/b.csv")
    (server.root / "H26.02" / os.fsdecode(b"m\xf4c l\xf4c.csv")).write_bytes(b"x")
    put(server, "H26.03/c.csv")
    with pytest.raises(ContractBroken, match=r"1 folders .* not in UTF-8.* 0 files"):
        mirror(access(), tmp_path / "mirror")
    found = {one.agency for one in arrivals(tmp_path / "mirror", settled_s=0)}
    assert found == {"H26.01", "H26.03"}


def test_a_file_or_folder_that_is_closed_keeps_out_itself_alone(server, access, tmp_path):
    for name in ("H26.01/a.csv", "H26.01/b.csv", "H26.02/c.csv", "H26.03/d.csv"):
        put(server, name)
    server.faults.closed = {"a.csv", "H26.02"}
    for refusal in (paramiko.SFTP_PERMISSION_DENIED, paramiko.SFTP_FAILURE):
        server.faults.refusal = refusal
        with pytest.raises(ContractBroken, match=r"1 folders .* and 1 files") as told:
            mirror(access(), tmp_path / "mirror")
        assert "a.csv" not in str(told.value)
    found = {one.name for one in arrivals(tmp_path / "mirror", settled_s=0)}
    assert found == {"b.csv", "d.csv"}


def test_trouble_of_our_own_disk_is_not_told_as_the_servers(server, access, tmp_path):
    put(server, "H26.01/a.csv")
    into = tmp_path / "mirror"
    into.mkdir()
    (into / "H26.01").write_bytes(b"")  # a file where a folder has to be
    with pytest.raises(MirrorUnwritable, match=r"EEXIST.*drop-sftp") as told:
        mirror(access(), into)
    assert "H26.01" not in str(told.value)


def test_what_is_known_is_not_fetched_and_nothing_else_says_that_it_is_there(
    server, access, tmp_path
):
    put(server, "H26.01/known.csv")
    put(server, "H26.01/new.csv", b"new")
    put(server, "H26.01/new.csv.sha256", hashlib.sha256(b"new").hexdigest().encode())
    into = tmp_path / "mirror"
    done = mirror(access(), into, is_known=lambda remote: remote.path.endswith("known.csv"))
    assert done == Mirrored(fetched=1, known=1)
    [arrival] = arrivals(into, settled_s=0)
    arrival.refuse_unless_sound(hashlib.sha256(b"new").hexdigest())
    let_go(into, arrival.path)
    assert [one.name for one in into.rglob("*")] == [".server.json"]
    listed = on_server(into)
    assert len(listed) == 2
    assert listed[arrival.register_id] == arrival.modified_at
    assert "new" not in (into / ".server.json").read_text()


def test_more_than_there_is_room_for_waits_until_what_came_was_taken(server, access, tmp_path):
    for number in range(3):
        put(server, f"H26.01/{number}.csv", bytes(4))
    into = tmp_path / "mirror"
    assert mirror(access(), into, most_waiting=10).waiting == 1
    taken = [one.register_id for one in arrivals(into, settled_s=0)]
    for one in arrivals(into, settled_s=0):
        let_go(into, one.path)
    done = mirror(
        access(), into, most_waiting=10, is_known=lambda remote: remote.register_id in taken
    )
    assert (done.fetched, done.known, done.waiting) == (1, 2, 0)


def test_a_folder_without_end_is_left_where_it_is_too_long(server, access, tmp_path, monkeypatch):
    taken = []

    def endless(_sftp, _path):
        for number in range(10_000):
            entry = paramiko.SFTPAttributes()
            entry.filename, entry.st_mode = f"{number}.csv", stat.S_IFREG | 0o600
            taken.append(number)
            yield entry

    monkeypatch.setattr(listing, "MOST_FILES", 100)
    monkeypatch.setattr(paramiko.SFTPClient, "listdir_iter", endless)
    with pytest.raises(ContractBroken, match="more than 100 entries"):
        mirror(access(), tmp_path / "mirror")
    assert len(taken) == 101


def test_half_a_file_that_the_server_has_no_more_is_removed(server, access, tmp_path):
    path = put(server, "H26.01/a.xlsx", os.urandom(6 << 20))
    server.faults.cut_after = 5 << 20
    with pytest.raises(RegistryUnavailable):
        mirror(access(), tmp_path / "mirror")
    path.unlink()
    mirror(access(), tmp_path / "mirror")
    assert not list((tmp_path / "mirror").rglob("*.part"))


FETCH = """
import resource, sys
from pathlib import Path
from connectors.filedrop.mirror import mirror
from connectors.filedrop.sftp import SftpAccess
def brought(folder):
    port, user, secret, known, into = sys.argv[1:]
    access = SftpAccess("127.0.0.1", user, Path(known), int(port), folder, secret=secret)
    return mirror(access, Path(into) / "mirror").fetched
brought("/small")
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(brought("/large"), (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) // 1024)
"""


def test_a_large_file_is_fetched_in_little_memory(server, tmp_path):
    put(server, "small/H26.01/a.csv", bytes(4 << 20))
    put(server, "large/H26.01/b.csv", bytes(48 << 20))
    known = server.known_hosts(tmp_path / "known_hosts")
    where = [str(server.port), USER, PASSWORD, str(known), str(tmp_path)]
    done = subprocess.run(
        [sys.executable, "-c", FETCH, *where], capture_output=True, text=True, check=True
    )
    fetched, megabytes = map(int, done.stdout.split())
    assert fetched == 1
    assert megabytes < 16
