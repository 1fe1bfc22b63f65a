"""The embedded server, driven for real: started, killed, found locked, stopped."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
import sqlalchemy as sa
from sqlalchemy.exc import OperationalError

from warehouse import place, postmaster, programs
from warehouse.embedded import EmbeddedServer
from warehouse.errors import ClusterUnusable, ForeignLock, PortTaken, ServerNotReady

AS_ROOT = os.geteuid() == 0
root_only = pytest.mark.skipif(not AS_ROOT, reason="only root changes who a server runs as")


def query(url: str, *statements: str) -> list:
    engine = sa.create_engine(url, poolclass=sa.NullPool, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        results = [connection.exec_driver_sql(statement) for statement in statements]
        return [tuple(row) for row in results[-1]] if results[-1].returns_rows else []


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def kill(server: EmbeddedServer) -> int:
    pid = postmaster.read_lock(server.place.data).pid
    os.kill(pid, signal.SIGKILL)
    return pid


@pytest.fixture(scope="module")
def shelf() -> Iterator[Path]:
    """A folder anybody may pass through, as a checkout usually is."""
    with tempfile.TemporaryDirectory(prefix="kho-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture(scope="module")
def own(shelf) -> Iterator[EmbeddedServer]:
    """A server of this module's own, for it gets killed."""
    server = EmbeddedServer(shelf / "home", seats=shelf / "seats")
    server.start()
    yield server
    server.stop()


@pytest.fixture
def running(own) -> EmbeddedServer:
    own.start()
    return own


def test_a_server_never_started_is_not_running_and_leaves_no_trace(shelf):
    server = EmbeddedServer(shelf / "nowhere")
    assert not server.is_running()
    server.stop()
    with pytest.raises(ServerNotReady, match="start it"):
        server.url()
    assert not (shelf / "nowhere").exists()


def test_checksums_encoding_and_clock_are_as_promised(running):
    settings = "data_checksums", "server_encoding", "TimeZone", "listen_addresses"
    shown = [query(running.superuser_url(), f"show {name}")[0][0] for name in settings]
    assert shown == ["on", "UTF8", "UTC", "127.0.0.1"]
    assert query(running.superuser_url(), "select lower('ĐƯỜNG')") == [("đường",)]


def test_a_wrong_password_is_refused_and_so_is_none(running):
    right = running.password("postgres")
    for password in (":wrong@", "@"):
        with pytest.raises(OperationalError, match="password"):
            query(running.superuser_url().replace(f":{right}@", password), "select 1")


def test_every_way_in_asks_for_a_scram_password(running):
    rules = query(running.superuser_url(), "select distinct auth_method from pg_hba_file_rules")
    assert rules == [("scram-sha-256",)]


def test_passwords_differ_by_user_and_lie_in_a_private_file(running):
    secret = running.place.password_file
    assert secret.stat().st_mode & 0o777 == 0o600
    assert len({running.password(user) for user in ("postgres", "kho", "someone")}) == 3
    command = psutil.Process(postmaster.read_lock(running.place.data).pid).cmdline()
    assert secret.read_text() not in " ".join(command) + running.place.log.read_text()


def test_the_server_never_runs_as_root(running):
    members = list(postmaster.members(running.place.data))
    assert len(members) > 3
    assert {member.uids().effective for member in members} == {running.place.uid}
    assert running.place.uid != 0


def test_a_second_start_reuses_the_running_server(running, shelf):
    before = postmaster.read_lock(running.place.data)
    another = EmbeddedServer(shelf / "home", seats=shelf / "seats")
    another.start()
    assert another.is_running()
    assert postmaster.read_lock(running.place.data) == before
    assert another.url() == running.url()


def test_starting_from_several_threads_gives_one_server(shelf):
    servers = [EmbeddedServer(shelf / "wanted", seats=shelf / "seats") for _ in range(3)]
    failures = []

    def start(server):
        try:
            server.start()
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=start, args=(server,)) for server in servers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    try:
        assert failures == []
        assert len({server.url() for server in servers}) == 1
        assert query(servers[0].superuser_url(), "select 1") == [(1,)]
    finally:
        servers[0].stop()


def test_a_stop_leaves_no_process_and_no_port_and_a_restart_keeps_the_port(running):
    port, data = running.port, running.place.data
    assert answers(port)
    running.stop()
    assert not running.is_running()
    assert not answers(port)
    assert list(postmaster.members(data)) == []
    assert not (data / "postmaster.pid").exists()
    running.start()
    assert running.port == port


def test_a_busy_client_does_not_hold_a_stop_up(running):
    engine = sa.create_engine(running.superuser_url())
    connection = engine.connect()
    connection.exec_driver_sql("create temporary table held (a int)")
    running.stop(seconds=10)
    assert not running.is_running()
    connection.invalidate()
    engine.dispose()


def test_committed_rows_survive_a_killed_server(running):
    url = running.superuser_url()
    query(url, "drop table if exists kept", "create table kept (a int)")
    query(url, "insert into kept select generate_series(1, 1000)")
    killed = kill(running)
    running.start()
    assert postmaster.read_lock(running.place.data).pid != killed
    assert query(running.superuser_url(), "select count(*) from kept") == [(1000,)]


def test_children_of_a_killed_server_are_waited_for(running):
    sleeper = sa.create_engine(running.superuser_url(), poolclass=sa.NullPool).connect()
    busy = threading.Thread(target=_sleep_in, args=(sleeper,))
    busy.start()
    children = [member.pid for member in postmaster.members(running.place.data)]
    kill(running)
    running.start()
    assert query(running.superuser_url(), "select 1") == [(1,)]
    alive = {member.pid for member in postmaster.members(running.place.data)}
    assert not alive & set(children)
    busy.join()


def _sleep_in(connection: sa.Connection) -> None:
    with pytest.raises(OperationalError):
        connection.exec_driver_sql("select pg_sleep(20)")


def test_the_children_of_another_server_are_left_alone(running, server):
    query(server.superuser_url(), "select 1")
    kill(running)
    running.start()
    assert query(server.superuser_url(), "select 1") == [(1,)]
    assert not {m.pid for m in postmaster.members(running.place.data)} & _pids_of(server)


def _pids_of(server) -> set[int]:
    found = query(server.superuser_url(), "select pid from pg_stat_activity")
    return {pid for (pid,) in found}


@pytest.mark.parametrize("whose", ["dead", "foreign", "half written"])
def test_a_stale_lock_does_not_keep_the_server_from_starting(running, whose):
    data = running.place.data
    lock = (data / "postmaster.pid").read_text()
    running.stop()
    # Of the server's own user: PostgreSQL itself would take such a process for the lock's holder.
    stranger = subprocess.Popen(["/bin/sleep", "60"], **programs.identity(running.place.uid))
    try:
        if whose == "dead":
            stranger.kill()
            stranger.wait()
        lines = [str(stranger.pid), *lock.splitlines()[1:]]
        (data / "postmaster.pid").write_text("\n".join(lines[: 2 if whose[0] == "h" else None]))
        assert not running.is_running()
        running.start()
        assert query(running.superuser_url(), "select 1") == [(1,)]
        if whose != "dead":
            assert stranger.poll() is None
    finally:
        stranger.kill()
        stranger.wait()


def test_a_live_lock_holder_we_may_not_look_at_is_named(running, monkeypatch):
    def denied(pid):
        raise psutil.AccessDenied(pid)

    monkeypatch.setattr(psutil, "Process", denied)
    with pytest.raises(ForeignLock, match="another user"):
        running.is_running()


def test_a_server_of_another_folder_is_not_taken_for_ours(running, shelf):
    impostor = EmbeddedServer(shelf / "impostor", seats=shelf / "seats")
    impostor.place.data.mkdir()
    lock = running.place.data / "postmaster.pid"
    shutil.copy(lock, impostor.place.data / "postmaster.pid")
    assert not impostor.is_running()


def test_a_wanted_port_that_is_taken_is_refused_by_number(own, shelf):
    own.stop()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(PortTaken, match=str(port)):
            EmbeddedServer(shelf / "home", port, seats=shelf / "seats").start()


def test_a_kept_port_that_is_taken_gives_way(own):
    own.start()
    kept = own.port
    own.stop()
    with socket.socket() as taken:
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        taken.bind(("127.0.0.1", kept))
        taken.listen()
        own.start()
        assert own.port != kept
        assert query(own.superuser_url(), "select 1") == [(1,)]


def test_a_cluster_half_made_is_made_anew(shelf):
    server = EmbeddedServer(shelf / "interrupted", seats=shelf / "seats")
    (server.place.folder / "data.new").mkdir()
    (server.place.folder / "data.new" / "rubbish").write_text("left by a killed initdb")
    server.start()
    try:
        assert query(server.superuser_url(), "select 1") == [(1,)]
        assert not (server.place.folder / "data.new").exists()
        assert not (server.place.folder / "password.new").exists()
    finally:
        server.stop()


def test_a_cluster_without_its_password_or_of_another_version_says_so(own):
    own.stop()
    secret, version = own.place.password_file, own.place.data / "PG_VERSION"
    secret.rename(secret.with_suffix(".away"))
    with pytest.raises(ClusterUnusable, match="put it back"):
        own.start()
    secret.with_suffix(".away").rename(secret)
    version.write_text("17\n")
    with pytest.raises(ClusterUnusable, match="PostgreSQL 17"):
        own.start()
    version.write_text("18\n")


def test_a_password_file_that_does_not_fit_is_named_at_once(running):
    secret = running.place.password_file
    right = secret.read_text()
    secret.write_text("not the password")
    try:
        with pytest.raises(ClusterUnusable, match="does not fit"):
            running.start()
    finally:
        secret.write_text(right)


def test_a_server_killed_this_instant_is_not_taken_for_running(running):
    for _ in range(5):
        killed = kill(running)
        running.start()
        assert postmaster.read_lock(running.place.data).pid != killed
        assert query(running.superuser_url(), "select 1") == [(1,)]


def test_what_clients_get_wrong_does_not_reach_the_log(running):
    canary = "canary-079012345678"
    for bad in (f"select '{canary}'::int", f'select * from "{canary}"', f"select '{canary}"):
        with pytest.raises(sa.exc.DBAPIError, match=canary):
            query(running.superuser_url(), bad)
    assert canary not in running.place.log.read_text()


def test_the_log_of_an_old_server_is_set_aside(own):
    own.stop()
    own.place.log.write_bytes(b"x" * 5_000_001)
    own.start()
    assert own.place.log.stat().st_size < 100_000
    assert own.place.log.with_suffix(".log.1").stat().st_size == 5_000_001


@root_only
def test_root_serves_a_private_home_from_a_seat_of_its_own(shelf):
    private = shelf / "private"
    private.mkdir(mode=0o700)
    server = EmbeddedServer(private / "home", seats=shelf / "seats")
    try:
        server.start()
        assert server.place.folder.parent == shelf / "seats"
        assert (private / "home" / "postgres" / "location").exists()
        query(server.superuser_url(), "create table kept as select 1 as a")
        server.stop()
        # It stays there, even once the home could be reached.
        private.chmod(0o755)
        again = EmbeddedServer(private / "home", seats=shelf / "elsewhere")
        again.start()
        assert again.place.folder == server.place.folder
        assert query(again.superuser_url(), "select a from kept") == [(1,)]
    finally:
        server.stop()
    assert not (shelf / "elsewhere").exists()


@root_only
def test_root_changes_no_permission_of_a_folder_that_is_not_its_own(shelf):
    private = shelf / "closed"
    private.mkdir(mode=0o700)
    server = EmbeddedServer(private / "home", seats=shelf / "seats")
    before = {path: path.stat().st_mode for path in (shelf, private)}
    try:
        server.start()
    finally:
        server.stop()
    assert {path: path.stat().st_mode for path in before} == before


@root_only
def test_root_copies_programs_the_server_could_not_read(shelf, monkeypatch):
    wheel = shelf / "venv"
    wheel.mkdir(mode=0o700)
    installed = programs.installed()
    inside = installed.relative_to(installed.parents[1])
    shutil.copytree(installed, wheel / inside)
    shutil.copytree(installed.parents[1] / programs.LIBRARIES, wheel / programs.LIBRARIES)
    monkeypatch.setattr(place, "programs", lambda: wheel / inside)
    server = EmbeddedServer(shelf / "copied", seats=shelf / "seats")
    try:
        server.start()
        assert server.place.programs.is_relative_to(shelf / "seats")
        assert server.place.folder == shelf / "copied" / "postgres"
        extensions = query(server.superuser_url(), "create extension vector", "select 1")
        assert extensions == [(1,)]
        stamp = (server.place.programs / "bin" / "postgres").stat().st_mtime_ns
        assert EmbeddedServer(shelf / "copied", seats=shelf / "seats").place == server.place
        assert (server.place.programs / "bin" / "postgres").stat().st_mtime_ns == stamp
    finally:
        server.stop()


@root_only
def test_a_cluster_that_root_can_no_longer_serve_says_what_to_do(shelf):
    outer = shelf / "outer"
    outer.mkdir(mode=0o755)
    server = EmbeddedServer(outer / "home", seats=shelf / "seats")
    server.start()
    server.stop()
    outer.chmod(0o700)
    with pytest.raises(ClusterUnusable, match="searchable"):
        EmbeddedServer(outer / "home", seats=shelf / "seats").start()


@root_only
def test_a_cluster_of_another_user_is_refused(shelf):
    server = EmbeddedServer(shelf / "theirs", seats=shelf / "seats")
    server.place.data.mkdir()
    os.chown(server.place.data, 12345, -1)
    with pytest.raises(ClusterUnusable, match="another user"):
        EmbeddedServer(shelf / "theirs", seats=shelf / "seats").start()
