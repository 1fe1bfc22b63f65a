"""Settings: read once, documented whole, refused by name."""

import re
import subprocess
import sys

import pytest
from pydantic import ValidationError

from orchestration.registries import REGISTRIES
from orchestration.settings import PROJECT, SECRETS, Settings, environment_name, misspelt

EXAMPLE = (PROJECT / ".env.example").read_text(encoding="utf-8")
DOCUMENTED = re.findall(r"^#?(KHO_[A-Z_]+)=", EXAMPLE, flags=re.MULTILINE)


def read(**given):
    return Settings(_env_file=None, **given)


def test_the_example_file_documents_every_setting_once_and_nothing_else():
    expected = sorted([environment_name(field) for field in Settings.model_fields] + list(SECRETS))
    assert sorted(DOCUMENTED) == expected


def test_the_example_file_shows_the_defaults(monkeypatch):
    for name in DOCUMENTED:
        monkeypatch.delenv(name, raising=False)
    defaults = read()
    shown = dict(re.findall(r"^#(KHO_[A-Z_]+)=(.+)$", EXAMPLE, flags=re.MULTILINE))
    assert shown
    for name, value in shown.items():
        field = name.removeprefix("KHO_").lower()
        assert getattr(read(**{field: value}), field) == getattr(defaults, field), name


def test_places_follow_the_home(tmp_path):
    settings = read(home=tmp_path)
    assert settings.inbox == tmp_path / "inbox"
    assert settings.store == (tmp_path / "store").as_uri()
    assert read(home=tmp_path, inbox="/elsewhere").inbox.as_posix() == "/elsewhere"


def test_the_environment_is_read_with_its_prefix(monkeypatch):
    monkeypatch.setenv("KHO_OCR_WORKERS", "5")
    assert read().ocr_workers == 5


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg2"])
def test_a_database_url_without_our_driver_is_refused_and_its_password_not_quoted(scheme):
    with pytest.raises(ValidationError, match=r"postgresql\+psycopg://USER") as caught:
        read(database_url=f"{scheme}://kho:hidden-word@localhost/kho")
    assert "hidden-word" not in str(caught.value)


def test_a_database_password_is_not_shown():
    settings = read(database_url="postgresql+psycopg://kho:hidden-word@localhost/kho")
    assert "hidden-word" not in repr(settings)
    assert not settings.is_embedded


def test_half_a_registry_is_refused():
    with pytest.raises(ValidationError, match="KHO_BUSINESS_TOKEN_URL"):
        read(business_url="http://127.0.0.1:1")


@pytest.mark.parametrize("registry", REGISTRIES, ids=lambda registry: registry.name)
def test_every_registry_needs_the_token_service(registry):
    with pytest.raises(ValidationError, match="KHO_BUSINESS_TOKEN_URL"):
        read(**{registry.field: "http://127.0.0.1:1"})


def test_settings_do_not_change_after_reading():
    with pytest.raises(ValidationError, match="frozen"):
        read().ocr_workers = 3


def test_a_misspelt_setting_is_named():
    assert misspelt({"KHO_OCR_WORKER": "2", "KHO_HOME": "x", SECRETS[0]: "s", "PATH": ""}) == [
        "KHO_OCR_WORKER"
    ]


def test_no_secret_is_a_setting():
    assert not {environment_name(field) for field in Settings.model_fields} & set(SECRETS)


def test_reading_settings_loads_neither_dagster_nor_a_room():
    rooms = "{'dagster', 'warehouse', 'connectors', 'ocr_assets', 'expectations', 'demo'}"
    code = f"import sys, orchestration.settings; print(sorted({rooms} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", code], check=False, cwd=PROJECT, capture_output=True, text=True
    )
    assert done.stdout.strip() == "[]", done.stderr
