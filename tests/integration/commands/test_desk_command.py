"""`./kho desk admit` makes a login that can review; `./kho desk` answers on this machine."""

import os
import re
import secrets
import signal
import subprocess
import sys

import pytest
import requests
import sqlalchemy as sa

from orchestration.settings import PROJECT
from tests.support.tools import TOOLS

PASSWORD = "twelve letters and more"


@pytest.fixture
def kho(database_url, tmp_path):
    (tmp_path / "tools").symlink_to(TOOLS)
    told = {"KHO_HOME": str(tmp_path), "KHO_DATABASE_URL": database_url}
    command = [sys.executable, "-m", "commands", "desk"]

    def run(*arguments, typed="", start=False):
        given = {"cwd": PROJECT, "env": os.environ | told, "text": True}
        if start:
            return subprocess.Popen(
                [*command, *arguments], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **given
            )
        return subprocess.run(
            [*command, *arguments], input=typed, capture_output=True, check=False, **given
        )

    return run


def test_a_person_is_let_in_and_the_password_is_shown_nowhere(kho, database_url):
    name = f"t{secrets.token_hex(4)}"
    asked = ("admit", name, "--agency", "H26.01", "--agency", "H26.02")
    short = kho(*asked, typed="short\nshort\n")
    assert short.returncode == 1
    assert "12 characters" in short.stderr
    done = kho(*asked, typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.returncode == 0, done.stderr
    assert f"reviewer_{name} may review documents of H26.01, H26.02" in done.stdout
    assert PASSWORD not in done.stdout + done.stderr
    url = sa.make_url(database_url).set(username=f"reviewer_{name}", password=PASSWORD)
    with sa.create_engine(url, poolclass=sa.NullPool).connect() as connection:
        asked = "select pg_has_role(session_user, 'kho_reviewer', 'usage')"
        assert connection.scalar(sa.text(asked))


@pytest.mark.parametrize("name", ["", "Ngọc", "a b", "x" * 60])
def test_a_name_that_cannot_be_a_login_is_refused(kho, name):
    done = kho("admit", name, "--agency", "H26.01", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.returncode == 1
    assert "letters a-z" in done.stderr


def test_the_desk_answers_on_this_machine_until_it_is_ended(kho):
    if not (TOOLS / "npm/node_modules/htmx.org").is_dir():
        pytest.skip("needs the npm packages of ./kho setup")
    desk = kho(start=True)
    try:
        said = desk.stdout.readline()
        address = re.search(r"http://127\.0\.0\.1:\d+", said).group(0)
        for _ in range(100):
            try:
                answer = requests.get(address, timeout=5)
                break
            except requests.ConnectionError:
                continue
        assert answer.url == f"{address}/sign-in"
        assert "Đăng nhập" in answer.text
    finally:
        desk.send_signal(signal.SIGINT)
        assert desk.wait(30) in (0, 130)
    assert "Traceback" not in desk.stdout.read()
