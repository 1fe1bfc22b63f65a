"""`kho separators`: sheets for offices to print."""

from pathlib import Path

import typer

from ocr_assets.separator_sheets import write_sheets
from ocr_assets.separators import is_dossier_code
from orchestration.settings import settings


def write(out: Path, count: int, dossier: str) -> None:
    """Write ``count`` sheets to ``out``."""
    if dossier and not is_dossier_code(dossier):
        raise typer.BadParameter(
            "letters, digits, dots, dashes and slashes, 100 at most", param_hint="--dossier"
        )
    fonts = settings().tools / "npm" / "node_modules"
    write_sheets(out, count, fonts, dossier or None)
    typer.echo(f"{count} separator sheets -> {out} (A4; print them at full size, on both sides)")
