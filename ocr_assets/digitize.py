"""One scan, start to end: receive, prepare, read, seal, judge, describe.

Nothing here knows about Dagster, the warehouse, or where scans come from. The received file is
only read; what is made lies in the work folder, under the digest of the received bytes.
"""

import hashlib
import os
import shutil
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from ocr_assets.archive import seal
from ocr_assets.attempt import Attempt
from ocr_assets.attentive_reader import AttentiveReader
from ocr_assets.careful import CarefulReader
from ocr_assets.digitized import Digitized, PageOutcome
from ocr_assets.errors import EngineMissing
from ocr_assets.extract import describe
from ocr_assets.journal import Journal
from ocr_assets.judge import judge, page_texts
from ocr_assets.kept import About, as_parquet
from ocr_assets.metadata import metadata_of
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.pages import page_outcomes
from ocr_assets.prepare import Prepared, prepare
from ocr_assets.profile import Limits, Profile, Scan
from ocr_assets.reader import Reader, open_reader
from ocr_assets.reading import PageReading
from ocr_assets.receive import Received, Refused, digest_of, reason_of, receive
from ocr_assets.recipe import fields_recipe_of, recipe_of, recipes_of
from ocr_assets.recognize import Recognition, recognize
from ocr_assets.secrecy import bears_secrecy_stamp
from ocr_assets.signatures import signatures_in
from ocr_assets.summary import summarise
from ocr_assets.toolbox import Toolbox
from ocr_assets.unopened import refused, unopened

__all__ = ["Digitized", "Limits", "PageOutcome", "Profile", "Scan", "digitize", "load_reader"]

_ONCE = Attempt()


def digitize(
    source: Path | Scan,
    workdir: Path,
    profile: Profile,
    *,
    attempt: Attempt = _ONCE,
) -> Digitized:
    """Digitise one scan; a bad scan is an outcome, a missing engine is an error.

    The copy is not yet judged by veraPDF, which judges many at once: until then the outcome is
    quarantine. What ``attempt`` keeps of a scan that turns out to be a secret is removed.

    Raises:
        EngineMissing: a tool is not installed.
    """
    started = time.perf_counter()
    scan = source if isinstance(source, Scan) else Scan(source)
    with TemporaryDirectory(prefix="scan-") as scratch:
        desk = _Desk(scan, Path(scratch), workdir, profile, attempt)
        done = desk.refused(Reason.STATE_SECRET) if scan.is_secret else _attempt(desk)
    signatures = signatures_in(scan.path, done, profile.trust_store)
    seconds = round(time.perf_counter() - started, 3)
    done = replace(done, signatures=signatures, seconds=seconds)
    recipe = recipes_of(profile).of(scan.declared)
    if done.reason is not Reason.STATE_SECRET:
        done = replace(done, recipe_id=recipe)
    if done.sha256:
        _note(Journal.of(attempt.journal, done.sha256, recipe), done)
    return done


def _note(journal: Journal, done: Digitized) -> None:
    """Keep what became of a scan that has a copy; of a secret, keep nothing."""
    if done.reason is Reason.STATE_SECRET:
        journal.burn()
    elif done.archive is not None:
        journal.finish(done)


def load_reader(profile: Profile) -> Reader:
    """Return the profile's reader, loaded once a process.

    Raises:
        EngineMissing: a model is not in place.
    """
    return _reader(profile.reader, profile.toolbox, profile.endpoint)


def reopened_reader(profile: Profile) -> Reader:
    """Return the profile's reader loaded anew: whatever state the old one was in is gone."""
    _reader.cache_clear()
    return load_reader(profile)


@lru_cache(maxsize=2)
def _reader(mode: str, toolbox: Toolbox, endpoint: str | None) -> Reader:
    return AttentiveReader(open_reader(mode, toolbox, endpoint=endpoint))


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where one scan is worked on."""

    scan: Scan
    scratch: Path
    workdir: Path
    profile: Profile
    attempt: Attempt

    def reader(self, sha256: str) -> Reader:
        """Return the profile's reader, with what is known of this file already."""
        recipe = recipes_of(self.profile).of(self.scan.declared)
        journal = Journal.of(self.attempt.journal, sha256, recipe)
        reopen = partial(reopened_reader, self.profile)
        return CarefulReader(load_reader(self.profile), reopen, journal, self.attempt)

    @property
    def source(self) -> Path:
        """The received file."""
        return self.scan.path

    def refused(self, reason: Reason) -> Digitized:
        """Return that the scan did not become a document."""
        return refused(self.source, reason)


def _attempt(desk: _Desk) -> Digitized:
    try:
        return _digitized(desk)
    except EngineMissing:
        raise
    except Refused as refusal:
        return desk.refused(refusal.reason)
    except MemoryError:
        return desk.refused(Reason.OUT_OF_MEMORY)
    except FileNotFoundError:
        return desk.refused(Reason.DAMAGED)
    except Exception as error:  # noqa: BLE001 - hostile bytes meet six parsers: what those raise is an outcome
        reason = reason_of(error)
        is_memory = reason is Reason.OUT_OF_MEMORY
        return desk.refused(reason if is_memory else Reason.OCR_FAILED)


def _digitized(desk: _Desk) -> Digitized:
    received = receive(desk.source, desk.profile.limits)
    desk.attempt.announce(received.page_count)
    prepared = prepare(received, desk.scratch / "prepared.pdf", fonts=desk.profile.toolbox.npm)
    written = desk.scratch / "written.pdf"
    reader = desk.reader(received.sha256)
    read = recognize(prepared.pdf, written, reader=reader, dpi=desk.profile.reading_dpi)
    if bears_secrecy_stamp(read.readings):
        return desk.refused(Reason.STATE_SECRET)
    fields = describe(read.readings, desk.profile.agencies, desk.profile.thresholds)
    sealed = desk.scratch / "sealed.pdf"
    seal(written, sealed, metadata_of(received.sha256, fields, desk.scan.declared))
    done = replace(_described(desk, received, prepared, read, sealed), fields=fields)
    return _with_reading(done, read.readings, desk)


def _described(
    desk: _Desk, received: Received, prepared: Prepared, read: Recognition, sealed: Path
) -> Digitized:
    texts = _expected_texts(prepared, read)
    found = judge(sealed, texts, [page.images for page in prepared.pages])
    digest, size = digest_of(sealed), sealed.stat().st_size
    return replace(
        unopened(desk.source),
        outcome=Outcome.QUARANTINED,
        reason=Reason.NOT_JUDGED,
        pages=page_outcomes(received, prepared, read, texts, desk.profile),
        page_count=received.page_count,
        archive_sha256=digest,
        unsigned_sha256=digest,
        unsigned_size_bytes=size,
        archive=_shelve(sealed, desk.workdir, received.sha256),
        pdfa_pikepdf=found.pikepdf,
        is_text_equal=found.is_text_equal,
        are_images_unchanged=found.are_images_unchanged,
        signature_count=received.signature_count,
        is_encrypted=received.facts.is_encrypted,
        producer=received.facts.producer,
    )


def _with_reading(done: Digitized, readings: Sequence[PageReading], desk: _Desk) -> Digitized:
    """Return the same with what the readers saw, kept beside the copy."""
    about = About(done.sha256 or "", recipe_of(desk.profile), desk.profile.reader, done.versions)
    data = as_parquet(readings, about)
    reading = desk.workdir / f"{done.sha256}.parquet"
    reading.write_bytes(data)
    return replace(
        done,
        reading=reading,
        reading_sha256=hashlib.sha256(data).hexdigest(),
        summaries=tuple(map(summarise, readings)),
        reader=desk.profile.reader,
        reading_recipe_id=recipe_of(desk.profile),
        fields_recipe_id=fields_recipe_of(desk.profile.agencies, desk.profile.thresholds),
    )


def _shelve(sealed: Path, workdir: Path, sha256: str) -> Path:
    """Move the copy to its place, whole or not at all; a twin of it would be the same bytes."""
    workdir.mkdir(parents=True, exist_ok=True)
    part = workdir / f".{sha256}-{os.getpid()}"
    shutil.move(sealed, part)
    return part.replace(workdir / f"{sha256}.pdf")


def _expected_texts(prepared: Prepared, read: Recognition) -> tuple[str, ...]:
    """Return what each page of the copy should say: what was read, then what it showed as text.

    Where a page shows no text of its own, all that was read must be there.
    """
    readings = {reading.page: reading.text for reading in read.readings}
    shown = page_texts(prepared.pdf)
    layers = (*read.layers, *[""] * (len(shown) - len(read.layers)))
    return tuple(
        "\n".join(part for part in (layer if own.strip() else readings.get(page, ""), own) if part)
        for page, (layer, own) in enumerate(zip(layers, shown, strict=True), start=1)
    )
