"""The report as a page and as text, in the language of those it is sent to."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader

from connectors.filedrop.forms import forms
from connectors.filedrop.report import Report

FOLDER = Path(__file__).parent


def page(report: Report) -> str:
    """Return the report as a web page that can be sent back to the agency."""
    return _rendered("page.html", report)


def text(report: Report) -> str:
    """Return the report as lines of text."""
    return _rendered("page.txt", report)


@cache
def words() -> Mapping[str, Mapping[str, str]]:
    """Return what is said to agencies, by what it is about."""
    return tomllib.loads((FOLDER / "words.toml").read_text(encoding="utf-8"))


def _rendered(template: str, report: Report) -> str:
    loader = FileSystemLoader(FOLDER)
    room = Environment(loader=loader, autoescape=template.endswith(".html"))
    room.filters |= {"said": _said, "label": _label}
    return room.get_template(template).render(report=report, say=words())


def _said(what: str) -> str:
    """Return a reason in the agency's language."""
    return words()["reasons"].get(what) or words()["doubts"].get(what) or what


def _label(name: str, table: Mapping[str, Any]) -> str:
    """Return what the sample form calls a column."""
    column = forms()[table["form"]].columns.get(name)
    return column.label if column else name
