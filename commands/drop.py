"""`kho drop`: how a register would be read; nothing is landed, kept or sent."""

import json
from pathlib import Path

import typer

from connectors.filedrop.mapping import MAPPING_NAME, read_mappings
from connectors.filedrop.page import page, text
from connectors.filedrop.refusals import FileRefused
from connectors.filedrop.register import digest, read_register
from connectors.filedrop.report import Delivered, Report, refusal_of, report_of
from orchestration.settings import settings

FORMS = ("text", "json", "html")


def show(file: Path, agency: str, form: str) -> bool:
    """Print the report on ``file`` as an agency would get it; say whether it would be taken."""
    report = _report(file, agency)
    shown = {"text": text, "html": page, "json": _as_json}[form](report)
    typer.echo(shown)
    return report["refusal"] is None


def _report(file: Path, agency: str) -> Report:
    delivered = Delivered(file.name, digest(file), file.stat().st_size, agency)
    try:
        mappings = read_mappings(Path(settings().catalog) / MAPPING_NAME)
        register = read_register(file, agency, mappings)
        for table in register.tables:
            for _ in table:
                pass
    except FileRefused as refused:
        return refusal_of(delivered, refused)
    return report_of(delivered, register)


def _as_json(report: Report) -> str:
    return json.dumps(report, ensure_ascii=False, indent=1)
