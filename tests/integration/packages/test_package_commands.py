"""`kho export` and `kho import` as a person types them."""

import pytest
from typer.testing import CliRunner

from commands.main import app
from orchestration.settings import settings
from tests.integration.packages.city import DOSSIER, A


@pytest.fixture
def of(monkeypatch, tmp_path):
    """Point the commands at a warehouse and its store."""

    def point(models):
        monkeypatch.setenv("KHO_HOME", str(tmp_path))
        monkeypatch.setenv("KHO_DATABASE_URL", models.url.render_as_string(hide_password=False))
        monkeypatch.setenv("KHO_STORE_URL", str(models.store._root))
        settings.cache_clear()

    yield point
    settings.cache_clear()


def kho(*words):
    done = CliRunner().invoke(app, list(words))
    assert "Traceback" not in done.output
    return done.exit_code, done.output


REQUEST = ["--dossier", DOSSIER, "--agency", A, "--purpose", "audit", "--requester", "12/TTr"]


def test_a_dossier_leaves_one_warehouse_and_comes_into_another(city, elsewhere, of, tmp_path):
    of(city)
    code, said = kho("export", *REQUEST, "--as", "bag", "--out", str(tmp_path / "d.zip"))
    assert code == 0, said
    assert "2 documents" in said
    assert "to be destroyed by" in said
    of(elsewhere)
    code, said = kho("import", str(tmp_path / "d.zip"))
    assert code == 0, said
    assert "2 documents, 4 files" in said
    code, said = kho("import", str(tmp_path / "d.zip"))
    assert (code, "all here already" in said) == (0, True)


def test_what_cannot_be_done_is_said_in_a_sentence(city, of, tmp_path):
    of(city)
    out = ["--out", str(tmp_path / "x")]
    code, said = kho("export", *REQUEST, *out, "--as", "sip")
    assert code == 2
    code, said = kho("export", *REQUEST, *out, "--dossier", "nothing")
    assert (code, "no usable document" in said) == (1, True)
    (tmp_path / "text.zip").write_text("no zip")
    code, said = kho("import", str(tmp_path / "text.zip"))
    assert (code, "neither a folder nor a ZIP" in said) == (1, True)
