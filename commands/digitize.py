"""`kho digitize`: the front door to digitising without Dagster or a database."""

import json
import os
import shutil
import signal
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil
import typer

from ocr_assets.batch import digitize_all
from ocr_assets.digitize import Digitized, Profile
from ocr_assets.names import as_text
from ocr_assets.signing import SigningKey
from ocr_assets.toolbox import Toolbox
from orchestration.settings import secret, settings

_WORK = "kho-digitize-"
_LONGEST_STEM = 240  # bytes: most file systems end names at 255


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a person wants it done."""

    as_json: bool
    reader: str
    workers: int
    sign_with: Path | None = None


def run(files: Sequence[Path], out: Path, wishes: Wishes) -> None:
    """Digitise ``files`` into ``out`` and print one line for each, in the order given."""
    reader = wishes.reader
    if reader not in ("best", "fast"):
        raise typer.BadParameter("choose 'best' or 'fast'", param_hint="--reader")
    folders = [as_text(path) for path in files if path.is_dir()]
    if folders:
        raise typer.BadParameter(f"{folders[0]} is a folder; name its files ({folders[0]}/*)")
    out.mkdir(parents=True, exist_ok=True)
    toolbox = Toolbox(settings().tools)
    names = _archive_names(files, out)
    signal.signal(signal.SIGTERM, _end_tidily)
    _sweep()
    with tempfile.TemporaryDirectory(prefix=f"{_WORK}{os.getpid()}-") as workdir:
        profile = Profile(toolbox=toolbox, reader=reader, trust_store=settings().trust_store)
        signing = _signing_key(wishes.sign_with) if wishes.sign_with else None
        results = digitize_all(
            files, Path(workdir), profile, workers=wishes.workers, signing=signing
        )
        for path, name, done in zip(files, names, results, strict=True):
            if done.archive:
                _hand_out(done.archive, name)
            typer.echo(_json_line(path, done) if wishes.as_json else _plain_line(path, done, name))


def _signing_key(path: Path) -> SigningKey:
    """Return the key with its passphrase: from the environment, else from the person typing."""
    passphrase = secret("KHO_SIGNING_PASSPHRASE")
    if passphrase is None and sys.stdin.isatty():
        passphrase = typer.prompt(f"Passphrase of {path.name}", hide_input=True, err=True)
    given = settings()
    return SigningKey(path, passphrase, given.signing_mark, given.signing_timestamp_url)


def _hand_out(archive: Path, name: Path) -> None:
    """Move a copy to its name, whole or not at all: the folder may be full, or on another disk."""
    part = name.with_name(f".{os.getpid()}.part")
    try:
        shutil.move(archive, part)
        part.replace(name)
    except OSError as error:
        raise typer.BadParameter(
            f"{name.parent} cannot take the copy ({error.strerror}): make room, or choose another",
            param_hint="--out",
        ) from None
    finally:
        part.unlink(missing_ok=True)


def _sweep() -> None:
    """Remove the work folders of commands that were killed: they hold pages and their text."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_WORK}*-*"):
        owner = folder.name.removeprefix(_WORK).partition("-")[0]
        if owner.isdecimal() and not psutil.pid_exists(int(owner)):
            shutil.rmtree(folder, ignore_errors=True)  # another user's folder stays


def _end_tidily(_signal: int, _frame: object) -> None:
    """Turn a termination into an exit, so that the work folder goes with us."""
    raise SystemExit(143)


def _archive_names(files: Sequence[Path], out: Path) -> list[Path]:
    """Return a place in ``out`` for each archive copy; never a received file, never one twice."""
    taken = {path.resolve() for path in files}
    names = []
    for path in files:
        stem = os.fsencode(path.stem)[:_LONGEST_STEM].decode("utf-8", "ignore")
        name, again = out / f"{stem}.pdf", 1
        while name.resolve() in taken:
            again += 1
            name = out / f"{stem}-{again}.pdf"
        taken.add(name.resolve())
        names.append(name)
    return names


def _json_line(path: Path, done: Digitized) -> str:
    """Name the file as the caller did: two folders may hold the same name."""
    return json.dumps(done.as_json() | {"file": as_text(path)}, ensure_ascii=False)


def _plain_line(path: Path, done: Digitized, archive: Path) -> str:
    verdict = f"{done.outcome} ({done.reason})" if done.reason else str(done.outcome)
    if not done.archive:
        return f"{as_text(path)}: {verdict}"
    counts = f"{done.page_count} pages, {done.words} words"
    fields = "".join(f"\n    {name:<9}{field.value}" for name, field in done.fields.items())
    return f"{as_text(path)}: {verdict}, {counts} -> {archive}{fields}"
