import os
import shutil
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from commands.main import app
from orchestration.settings import PROJECT

COMMANDS = (
    "demo",
    "test",
    "up",
    "down",
    "status",
    "psql",
    "logs",
    "digitize",
    "separators",
    "setup",
    "acceptance",
    "export",
    "import",
    "duplicates",
    "desk",
    "learn",
    "suggestions",
    "drop",
    "retention",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself(command):
    said = CliRunner().invoke(app, [command, "--help"])
    assert said.exit_code == 0
    assert "Usage" in said.output
    assert "--help" in said.output


def test_the_front_door_opens_without_the_heavy_rooms():
    heavy = ["dagster", "great_expectations", "ocrmypdf", "dbt", "pandas", "sqlalchemy"]
    probe = f"import sys, commands.main; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", probe], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_without_a_fitting_python_the_launcher_says_what_to_install(tmp_path):
    for needed in ("dirname", "cat"):
        (tmp_path / needed).symlink_to(f"/usr/bin/{needed}")
    done = subprocess.run(
        ["/bin/sh", str(PROJECT / "kho"), "status"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 69
    assert "apt-get install python3 python3-pip" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_python_without_pip_is_told_what_to_install(tmp_path):
    """A second Python without pip: the launcher's first step names it instead of a traceback."""
    probe = (
        "import sys; sys.path.insert(0, 'deploy'); import bootstrap; "
        "sys.executable = sys.argv[1]; print(bootstrap.pip_advice())"
    )
    bare = tmp_path / "python"
    bare.write_text(f'#!/bin/sh\nexec {sys.executable} -S -I "$@"\n')
    bare.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", probe, str(bare)],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )
    assert "has no pip" in done.stdout
    assert "apt-get install python3-pip" in done.stdout


def test_an_environment_that_belongs_to_another_checkout_is_left_alone(tmp_path):
    theirs, ours = tmp_path / "theirs", tmp_path / "ours"
    theirs.mkdir()
    for name in ("deploy", "ocr_assets/toolbox.py", "requirements.lock"):
        (ours / name).parent.mkdir(parents=True, exist_ok=True)
        copy = shutil.copytree if (PROJECT / name).is_dir() else shutil.copyfile
        copy(PROJECT / name, ours / name)
    (ours / ".venv").symlink_to(theirs)
    done = subprocess.run(
        [sys.executable, "deploy/bootstrap.py", "setup"],
        cwd=ours,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "KHO_HOME": str(ours / ".kho"), "PIP_NO_INDEX": "1"},
    )
    assert done.returncode == 70
    assert ".venv is a link" in done.stderr
    assert not list(theirs.iterdir())


def test_an_unknown_log_lists_the_known_ones(tmp_path, monkeypatch):
    monkeypatch.setenv("KHO_HOME", str(tmp_path))
    from orchestration.settings import settings

    settings.cache_clear()
    (tmp_path / "logs").mkdir()
    (tmp_path / "logs" / "daemon.log").write_text("hello\n")
    said = CliRunner().invoke(app, ["logs", "nobody"])
    settings.cache_clear()
    assert said.exit_code == 1
    assert "logs: daemon" in said.output


def test_offices_get_separator_sheets_and_no_code_that_could_not_be_read_back(tmp_path, capsys):
    import pikepdf
    import typer

    from commands.separators import write

    write(tmp_path / "sheets.pdf", 2, "H26.18.2026.001")
    assert "2 separator sheets" in capsys.readouterr().out
    with pikepdf.open(tmp_path / "sheets.pdf") as pdf:
        assert len(pdf.pages) == 2
    with pytest.raises(typer.BadParameter):
        write(tmp_path / "more.pdf", 2, "a\nb")
    assert not (tmp_path / "more.pdf").exists()
