"""`./kho docs` writes one page that shows every table without a server and without a network."""

import os
import shutil
import subprocess
import sys

import pytest

from orchestration.settings import PROJECT

CHROMIUM = os.environ.get("KHO_CHROMIUM") or shutil.which("chromium")


def docs(*arguments, **told):
    return subprocess.run(
        [sys.executable, "-m", "commands", "docs", *arguments],
        cwd=PROJECT,
        env={name: value for name, value in os.environ.items() if name[:4] != "KHO_"} | told,
        text=True,
        capture_output=True,
        check=False,
    )


@pytest.fixture
def page_file(database_url, tmp_path):
    file = tmp_path / "models.html"
    done = docs("--to", str(file), KHO_HOME=str(tmp_path), KHO_DATABASE_URL=database_url)
    assert done.returncode == 0, done.stderr
    assert str(file) in done.stdout
    return file


def test_the_page_lies_with_the_reports_and_names_every_mart(database_url, tmp_path):
    reports = tmp_path / "elsewhere"
    told = {"KHO_HOME": str(tmp_path), "KHO_REPORTS": str(reports)}
    done = docs(**told, KHO_DATABASE_URL=database_url)
    assert done.returncode == 0, done.stderr
    page = (reports / "models.html").read_text(encoding="utf-8")
    for mart in (PROJECT / "dbt_project" / "models" / "marts").glob("*/*.sql"):
        assert f'"model.kho.{mart.stem}"' in page
    assert "model.kho.dim_document" in page
    assert not (tmp_path / "reports").exists()


@pytest.mark.skipif(not CHROMIUM, reason="needs chromium (KHO_CHROMIUM)")
def test_the_page_shows_a_mart_and_its_columns_offline(page_file):
    from playwright.sync_api import sync_playwright

    foreign = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_context(offline=True).new_page()
        page.on("request", lambda sent: foreign.append(sent.url))
        page.goto(f"{page_file.as_uri()}#!/model/model.kho.dim_document")
        page.get_by_text("One row per document").first.wait_for(timeout=30_000)
        shown = page.inner_text("body")
        if shots := os.environ.get("KHO_SCREENSHOTS"):
            page.screenshot(path=f"{shots}/models.png")
        browser.close()
    assert "is_number_accepted" in shown
    assert [url for url in foreign if url.startswith("http")] == []


def test_without_a_database_it_says_what_to_do(tmp_path):
    told = {"KHO_HOME": str(tmp_path), "KHO_DATABASE_URL": ""}
    done = docs("--to", str(tmp_path / "models.html"), **told)
    assert done.returncode == 1
    assert "./kho up" in done.stderr
    assert "Traceback" not in done.stderr
