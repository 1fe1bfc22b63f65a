"""Reports are readable without a network, list red and green runs, and make room for new ones."""

import os
import re
import shutil
from pathlib import Path

import great_expectations as gx
import pytest

from expectations import docs_site
from expectations.gate import judge
from expectations.suites.agreed import given, no_row, some_rows

ROW = {"person_id": "000000000001"}
MODULES = Path(__file__).parents[3] / ".kho" / "tools" / "npm" / "node_modules"
CHROMIUM = os.environ.get("KHO_CHROMIUM") or shutil.which("chromium")


def people(*expectations):
    return gx.ExpectationSuite(name="people", expectations=list(expectations))


@pytest.fixture(scope="module")
def site(bench, tmp_path_factory):
    folder = tmp_path_factory.mktemp("reports")
    docs_site.furnish(folder, MODULES)
    good = bench.lay(ROW, [ROW])
    bad = bench.lay(ROW, [{"person_id": None}])
    for relation, run in ((good, "green-run"), (bad, "red-run")):
        suite = people(
            some_rows(), given("person_id"), no_row("ids_are_there", "person_id is null")
        )
        judge(bench.url, relation, suite, site=folder, run_name=run)
    return folder


def test_no_page_asks_another_host_for_anything(site):
    pages = list(site.rglob("*.html"))
    assert len(pages) == 4  # the index, the suite, two runs
    for page in pages:
        text = page.read_text()
        assert not re.findall(r"""https?://[^\s"'<>]+""", text)
        assert "dataContextId" not in text
        for link in re.findall(r'<(?:script|link)[^>]*(?:src|href)="([^"#]+)"', text):
            assert (page.parent / link).resolve().is_relative_to(site)
            if MODULES.is_dir():
                assert (page.parent / link).is_file(), link


def test_old_runs_make_room_for_new_ones(bench, tmp_path, monkeypatch):
    monkeypatch.setattr(docs_site, "KEPT_RUNS", 2)
    relation = bench.lay(ROW, [ROW])
    for name in ("first", "second", "third"):
        judge(bench.url, relation, people(given("person_id")), site=tmp_path, run_name=name)
    pages = {page.parts[-3] for page in (tmp_path / "validations").rglob("*.html")}
    kept = {result.parts[-3] for result in (tmp_path / ".record").rglob(f"{'*'}judged*.json")}
    assert pages == kept == {"second", "third"}
    index = (tmp_path / "index.html").read_text()
    assert "third" in index
    assert "first" not in index


def test_a_browser_without_network_shows_both_runs(site):
    if not CHROMIUM or not MODULES.is_dir():
        pytest.skip("needs chromium (KHO_CHROMIUM) and the npm packages of ./kho setup")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(offline=True, viewport={"width": 1200, "height": 700})
        page = context.new_page()
        failed, errors = [], []
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto((site / "index.html").as_uri())
        rows = page.locator("table tbody tr")
        rows.first.wait_for()
        shown = " ".join(rows.all_inner_texts())
        styled = page.evaluate("getComputedStyle(document.querySelector('.btn')).borderRadius")
        icons = page.locator("table tbody tr i").evaluate_all(
            "found => found.map(icon => icon.className)"
        )
        if os.environ.get("KHO_SCREENSHOTS"):
            shots = Path(os.environ["KHO_SCREENSHOTS"])
            page.screenshot(path=shots / "data_docs_index.png")
            page.goto(next((site / "validations").rglob("*red-run/**/*.html")).as_uri())
            page.screenshot(path=shots / "data_docs_red_run.png")
        browser.close()
    assert "green-run" in shown
    assert "red-run" in shown
    assert any("success" in icon for icon in icons)
    assert any("danger" in icon for icon in icons)
    assert styled != "0px"
    assert not failed
    assert not errors
