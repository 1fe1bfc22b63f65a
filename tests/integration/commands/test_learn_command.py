"""`./kho learn` on a real database: it says what is missing, and what to do first."""

import os
import subprocess
import sys

import pytest

from orchestration.settings import PROJECT

FIELDS = """
create schema if not exists marts;
create table marts.fct_document_field (field_name text, read_confidence numeric, method text);
"""


@pytest.fixture
def learn(database_url, tmp_path):
    told = {"KHO_HOME": str(tmp_path), "KHO_DATABASE_URL": database_url}

    def run(*arguments, **more):
        command = [sys.executable, "-m", "commands", "learn", *arguments]
        return subprocess.run(
            command,
            cwd=PROJECT,
            env=os.environ | told | more,
            text=True,
            capture_output=True,
            check=False,
        )

    return run


def test_without_a_build_it_says_what_to_do_first(learn):
    done = learn()
    assert done.returncode == 1
    assert "run the job build_warehouse first" in done.stderr
    assert "Traceback" not in done.stderr


def test_it_tells_field_by_field_what_is_missing_and_writes_once(learn, database_url):
    from warehouse.database import engine

    owner = engine(database_url)
    with owner.begin() as connection:
        connection.exec_driver_sql(FIELDS)
    trial = learn("--trial")
    assert trial.returncode == 0, trial.stderr
    [number] = [line for line in trial.stdout.splitlines() if line.startswith("number ")]
    told = "number 0.88 -> 0.88 too_few 0 of 0 0 of 0 0 0 of 0 0.00%-100.00% 230"
    assert " ".join(number.split()) == told
    assert "nothing was written" in trial.stdout
    first, second = learn(), learn()
    assert "holds for what is digitised from now on" in first.stdout
    assert "nobody has said anything new" in second.stdout
    stricter = learn(KHO_ERROR_LIMIT="0.005")
    assert "460" in stricter.stdout
    with owner.connect() as connection:
        counted = connection.exec_driver_sql(
            "select count(distinct calibration_id), count(*) from ledger.field_thresholds"
        ).one()
    owner.dispose()
    assert tuple(counted) == (2, 30)


def test_a_limit_that_is_none_is_refused_by_name(learn):
    done = learn(KHO_ERROR_LIMIT="2")
    assert done.returncode != 0
    assert "error_limit" in done.stderr
