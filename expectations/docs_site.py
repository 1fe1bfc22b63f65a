"""The reports of all gates as a static site that needs no network and quotes no data.

Great Expectations makes Data Docs; its pages fetch styles, scripts and a logo from seven hosts.
Here they find copies beside them, and what only advertises is taken out.
"""

import fcntl
import re
import shutil
from pathlib import Path
from typing import Any

import great_expectations as gx
from great_expectations.core.expectation_validation_result import ExpectationSuiteValidationResult
from great_expectations.data_context.types.base import (
    DataContextConfig,
    FilesystemStoreBackendDefaults,
    ProgressBarsConfig,
)

KEPT_RUNS = 30  # of each suite
RECORD, VENDOR = ".record", "vendor"

# Where the pages look for a package -> the folder of the npm package that has the same files.
_CDNJS = r"https://cdnjs\.cloudflare\.com/ajax/libs"
PACKAGES = {
    r"https://unpkg\.com/bootstrap-table@[\d.]+/dist": "bootstrap-table/dist",
    r"https://(?:maxcdn|stackpath)\.bootstrapcdn\.com/bootstrap/[\d.]+": "bootstrap/dist",
    _CDNJS + r"/bootstrap-datepicker/[\d.]+": "bootstrap-datepicker/dist",
    _CDNJS + r"/font-awesome/[\d.]+": "@fortawesome/fontawesome-free",
    _CDNJS + r"/popper\.js/[\d.]+": "popper.js/dist",
    r"https://cdn\.jsdelivr\.net/npm/@forevolve/bootstrap-dark@[\d.]+": "@forevolve/bootstrap-dark",
    r"https://code\.jquery\.com/jquery-[\d.]+(?=\.min\.js)": "jquery/dist/jquery",
}
FILES = (
    "bootstrap/dist/css/bootstrap.min.css",
    "bootstrap/dist/js/bootstrap.min.js",
    "bootstrap-table/dist/bootstrap-table.min.css",
    "bootstrap-table/dist/bootstrap-table.min.js",
    "bootstrap-table/dist/extensions/filter-control/bootstrap-table-filter-control.css",
    "bootstrap-table/dist/extensions/filter-control/bootstrap-table-filter-control.min.css",
    "bootstrap-table/dist/extensions/filter-control/bootstrap-table-filter-control.min.js",
    "bootstrap-datepicker/dist/css/bootstrap-datepicker.min.css",
    "bootstrap-datepicker/dist/js/bootstrap-datepicker.min.js",
    "@fortawesome/fontawesome-free/css/all.min.css",
    "@fortawesome/fontawesome-free/webfonts/fa-solid-900.woff2",
    "@fortawesome/fontawesome-free/webfonts/fa-regular-400.woff2",
    "@forevolve/bootstrap-dark/dist/css/bootstrap-prefers-dark.css",
    "jquery/dist/jquery.min.js",
    "popper.js/dist/umd/popper.min.js",
)
TAKEN_OUT = (
    re.compile(r'<script src="https://cdn\.jsdelivr\.net/npm/vega[^"]*"></script>\s*'),
    re.compile(r'\s(?:integrity|crossorigin)="[^"]*"'),
    re.compile(r"<footer.*?</footer>", re.DOTALL),
    re.compile(r'<img\b[^>]*src="https?://[^"]*"[^>]*>', re.DOTALL),
    re.compile(r"background: url\('https?://[^']*'\)[^;]*;"),
)
OUTSIDE_LINK = re.compile(r'<a\b[^>]*href="https?://[^"]*"[^>]*>(.*?)</a>', re.DOTALL)


def publish(
    site: Path, suite: gx.ExpectationSuite, key: Any, result: ExpectationSuiteValidationResult
) -> Path:
    """Add one result to the site at ``site`` and return its index page; old runs make room."""
    record = site / RECORD
    record.mkdir(parents=True, exist_ok=True)
    with (record / ".lock").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        context = _context(site)
        context.suites.add_or_update(suite)
        context.validation_results_store.set(key, result)
        _prune(site, suite.name)
        context.build_data_docs(resource_identifiers=[key, key.expectation_suite_identifier])
        furnish(site, site.parent / "tools" / "npm" / "node_modules")
        for page in site.rglob("*.html"):
            _localize(page, site)
    return site / "index.html"


def furnish(site: Path, modules: Path) -> None:
    """Copy what the pages need from the npm packages in ``modules``, if it is not there yet."""
    for name in FILES:
        copy = site / VENDOR / name
        if not copy.exists() and (modules / name).exists():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(modules / name, copy)


def _context(site: Path) -> Any:
    store = {"class_name": "TupleFilesystemStoreBackend", "base_directory": str(site.absolute())}
    docs = {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": store,
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
    }
    return gx.get_context(
        mode="ephemeral",
        project_config=DataContextConfig(
            store_backend_defaults=FilesystemStoreBackendDefaults(
                root_directory=(site / RECORD).absolute()
            ),
            data_docs_sites={"gates": docs},
            analytics_enabled=False,
            progress_bars=ProgressBarsConfig(globally=False),
        ),
    )


def _prune(site: Path, suite: str) -> None:
    """Remove all but the latest runs of a suite: results, pages, emptied folders."""
    results = site / RECORD / "uncommitted" / "validations"
    runs = sorted((results / suite).glob("*/*/"), key=lambda run: run.name)
    for run in runs[:-KEPT_RUNS]:
        page = site / "validations" / run.relative_to(results)
        for folder in (run, page):
            shutil.rmtree(folder, ignore_errors=True)
            if folder.parent.is_dir() and not any(folder.parent.iterdir()):
                folder.parent.rmdir()


def _localize(page: Path, site: Path) -> None:
    """Point ``page`` at the copies beside it; leave alone one that already is."""
    text = page.read_text(encoding="utf-8")
    if "https://" not in text and "http://" not in text:
        return
    up = "../" * len(page.relative_to(site).parent.parts)
    for address, package in PACKAGES.items():
        text = re.sub(address, f"{up}{VENDOR}/{package}", text)
    text = re.sub(r'"(?:\.\.?/)+static/', f'"{up}static/', text)  # a page of a run is one deeper
    for pattern in TAKEN_OUT:
        text = pattern.sub("", text)
    page.write_text(OUTSIDE_LINK.sub(r"\1", text), encoding="utf-8")
