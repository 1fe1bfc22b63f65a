"""One scan, start to end: receive, prepare, read, seal, judge, describe.

Nothing here knows about Dagster, the warehouse, or where scans come from. The received file is
only read; what is made lies in the work folder, under the digest of the received bytes.
"""

import os
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from ocr_assets.archive import seal
from ocr_assets.attentive_reader import AttentiveReader
from ocr_assets.digitized import Digitized, PageOutcome
from ocr_assets.errors import EngineMissing
from ocr_assets.extract import describe
from ocr_assets.judge import judge, page_texts
from ocr_assets.metadata import metadata_of
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.pages import page_outcomes
from ocr_assets.prepare import Prepared, prepare
from ocr_assets.profile import Limits, Profile, Scan
from ocr_assets.reader import Reader, open_reader
from ocr_assets.receive import Received, Refused, digest_of, reason_of, receive
from ocr_assets.recognize import Recognition, recognize
from ocr_assets.secrecy import bears_secrecy_stamp
from ocr_assets.signatures import signatures_in
from ocr_assets.toolbox import Toolbox
from ocr_assets.unopened import refused, unopened

__all__ = ["Digitized", "Limits", "PageOutcome", "Profile", "Scan", "digitize", "load_reader"]


def digitize(
    source: Path | Scan,
    workdir: Path,
    profile: Profile,
    *,
    announce: Callable[[int], None] = lambda pages: None,  # noqa: ARG005
) -> Digitized:
    """Digitise one scan; a bad scan is an outcome, a missing engine is an error.

    The copy is not yet judged by veraPDF, which judges many at once: until then the outcome is
    quarantine. ``announce`` hears the number of pages before the work on them begins.

    Raises:
        EngineMissing: a tool is not installed.
    """
    started = time.perf_counter()
    scan = source if isinstance(source, Scan) else Scan(source)
    with TemporaryDirectory(prefix="scan-") as scratch:
        desk = _Desk(scan, Path(scratch), workdir, profile)
        done = desk.refused(Reason.STATE_SECRET) if scan.is_secret else _attempt(desk, announce)
    signatures = signatures_in(scan.path, done, profile.trust_store)
    return replace(done, signatures=signatures, seconds=round(time.perf_counter() - started, 3))


def load_reader(profile: Profile) -> Reader:
    """Return the profile's reader, loaded once a process.

    Raises:
        EngineMissing: a model is not in place.
    """
    return _reader(profile.reader, profile.toolbox, profile.endpoint)


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

    @property
    def source(self) -> Path:
        """The received file."""
        return self.scan.path

    def refused(self, reason: Reason) -> Digitized:
        """Return that the scan did not become a document."""
        return refused(self.source, reason)


def _attempt(desk: _Desk, announce: Callable[[int], None]) -> Digitized:
    try:
        return _digitized(desk, announce)
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


def _digitized(desk: _Desk, announce: Callable[[int], None]) -> Digitized:
    received = receive(desk.source, desk.profile.limits)
    announce(received.page_count)
    prepared = prepare(received, desk.scratch / "prepared.pdf", fonts=desk.profile.toolbox.npm)
    written = desk.scratch / "written.pdf"
    reader = load_reader(desk.profile)
    read = recognize(prepared.pdf, written, reader=reader, dpi=desk.profile.dpi)
    if bears_secrecy_stamp(read.readings):
        return desk.refused(Reason.STATE_SECRET)
    fields = describe(read.readings, desk.profile.agencies)
    sealed = desk.scratch / "sealed.pdf"
    seal(written, sealed, metadata_of(received.sha256, fields, desk.scan.declared))
    return replace(_described(desk, received, prepared, read, sealed), fields=fields)


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
