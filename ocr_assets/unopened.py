"""What can be said of a scan without looking further than its bytes, and of one refused."""

from dataclasses import replace
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path

from ocr_assets import verapdf
from ocr_assets.digitized import Digitized
from ocr_assets.names import as_text
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.receive import digest_of, is_misnamed, media_type_of

_PARTS = ("ocrmypdf", "pikepdf", "trueocr", "tesserocr", "onnxruntime", "pypdf", "img2pdf")


def unopened(source: Path) -> Digitized:
    """Return the file's name, digest, size and kind, and that nothing has been done with it."""
    try:
        size, digest, kind = source.stat().st_size, digest_of(source), media_type_of(source)
    except OSError:
        return Digitized(as_text(source.name), None, 0, None, Outcome.FAILED, Reason.FILE_MISSING)
    return Digitized(
        as_text(source.name),
        digest,
        size,
        kind,
        Outcome.NOT_RUN,
        Reason.NOT_RUN,
        is_misnamed=is_misnamed(source.name, kind),
        versions=versions(),
    )


def refused(source: Path, reason: Reason) -> Digitized:
    """Return that ``source`` did not become a document, for ``reason`` unless it is not there."""
    known = unopened(source)
    if known.reason is Reason.FILE_MISSING:
        return known
    is_kept_apart = reason is Reason.STATE_SECRET
    outcome = Outcome.QUARANTINED if is_kept_apart else Outcome.FAILED
    return replace(known, outcome=outcome, reason=reason)


@lru_cache(maxsize=1)
def versions() -> dict[str, str]:
    """Return the versions of the programs that take part."""
    return {name: version(name) for name in _PARTS} | {"verapdf": verapdf.VERSION}
