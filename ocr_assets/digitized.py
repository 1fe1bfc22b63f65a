"""What became of one scan, as a value that travels: from a worker, into tables, onto a terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Self

from ocr_assets.extract.field import Field
from ocr_assets.judge import Judgement, objection
from ocr_assets.outcome import Outcome, Reason, worst
from ocr_assets.producer import Producer
from ocr_assets.reading import PageQuality
from ocr_assets.signature import Signature
from ocr_assets.summary import ReadingSummary
from ocr_assets.text_layer import TextLayer
from ocr_assets.verdict import Verdict


@dataclass(frozen=True, slots=True)
class PageOutcome:
    """What became of one page; ``text`` is what a reader gets out of the archive copy."""

    page: int
    outcome: Outcome
    reason: Reason | None
    width: int | None = None
    height: int | None = None
    dpi: float | None = None
    rotation: int = 0
    words: int = 0
    confidence: float | None = None
    image_sha256: str | None = None
    text: str = ""
    is_rendered: bool = False
    image_phash: str | None = None
    is_dpi_estimated: bool | None = None
    picture_size: tuple[int, int] | None = None
    text_layer: TextLayer | None = None
    rotation_confidence: float | None = None
    skew: float | None = None
    is_damaged: bool | None = None
    quality: PageQuality | None = None


@dataclass(frozen=True)
class Digitized:
    """What became of one file. Of a state secret there is a name, a digest and the outcome.

    ``reading`` is the Parquet file of what the ``reader`` saw; the recipes say what decided the
    result and the fields (``ocr_assets.recipe``).
    """

    file: str
    sha256: str | None
    size_bytes: int
    media_type: str | None
    outcome: Outcome
    reason: Reason | None
    pages: tuple[PageOutcome, ...] = ()
    fields: Mapping[str, Field] = field(default_factory=dict)
    archive: Path | None = None
    archive_sha256: str | None = None
    unsigned_sha256: str | None = None
    unsigned_size_bytes: int | None = None
    copy_signed_at: datetime | None = None
    copy_certificate_sha256: str | None = None
    pdfa_pikepdf: Verdict = Verdict.NOT_JUDGED
    pdfa_verapdf: Verdict = Verdict.NOT_JUDGED
    is_text_equal: bool | None = None
    are_images_unchanged: bool | None = None
    signature_count: int = 0
    signatures: tuple[Signature, ...] = ()
    page_count: int = 0
    is_encrypted: bool | None = None
    is_misnamed: bool | None = None
    producer: Producer | None = None
    seconds: float = 0.0
    versions: Mapping[str, str] = field(default_factory=dict)
    reading: Path | None = None
    reading_sha256: str | None = None
    summaries: tuple[ReadingSummary, ...] = ()
    reader: str | None = None
    recipe_id: str | None = None
    reading_recipe_id: str | None = None
    fields_recipe_id: str | None = None

    @property
    def files(self) -> tuple[Path, ...]:
        """Return the files that were made of it and not yet taken away."""
        return tuple(path for path in (self.archive, self.reading) if path is not None)

    @property
    def words(self) -> int:
        """Return how many words were read."""
        return sum(page.words for page in self.pages)

    @property
    def text_confidence(self) -> float | None:
        """Return the mean confidence of the words, or None where none was read."""
        told = [(page.confidence, page.words) for page in self.pages if page.confidence is not None]
        words = sum(count for _, count in told)
        return round(sum(mean * count for mean, count in told) / words, 4) if words else None

    def judged_by_verapdf(self, verdict: Verdict) -> Self:
        """Return the same with the last judge's word in it, and the outcome that follows."""
        if self.archive is None:
            return self
        found = Judgement(
            self.pdfa_pikepdf, self.is_text_equal is True, self.are_images_unchanged is True
        )
        reason = objection(found, verdict)
        if reason is not None:
            return replace(self.quarantined(reason), pdfa_verapdf=verdict)
        outcome, reason = outcome_of(self.pages)
        return replace(self, pdfa_verapdf=verdict, outcome=outcome, reason=reason)

    def quarantined(self, reason: Reason) -> Self:
        """Return the same without its copy, which must not be used for ``reason``."""
        outcome = Outcome.QUARANTINED
        return replace(
            self,
            outcome=outcome,
            reason=reason,
            archive=None,
            archive_sha256=None,
            reading=None,
            reading_sha256=None,
        )

    def as_json(self) -> dict[str, Any]:
        """Return what ``kho digitize --json`` prints as one line."""
        judges = {"pikepdf": self.pdfa_pikepdf, "verapdf": self.pdfa_verapdf}
        fields = {
            name: {
                "value": found.value,
                "confidence": found.confidence,
                "reading_confidence": found.reading_confidence,
                "extraction_confidence": found.extraction_confidence,
                "page": found.page,
                "box": list(found.box),
                "accepted": found.accepted,
            }
            for name, found in self.fields.items()
        }
        return {
            "file": self.file,
            "sha256": self.sha256,
            "outcome": self.outcome,
            "reason": self.reason,
            "pages": self.page_count,
            "words": self.words,
            "text_confidence": self.text_confidence,
            "pdfa": {"part": "2b", "passed": self.is_archival, "judges": judges},
            "fields": fields,
            "seconds": round(self.seconds, 2),
        }

    @property
    def is_archival(self) -> bool:
        """Return whether there is an archive copy that every judge has let pass."""
        return self.archive is not None and self.pdfa_verapdf is Verdict.PASSED


def outcome_of(pages: Sequence[PageOutcome]) -> tuple[Outcome, Reason | None]:
    """Return the outcome of a document whose copy is good; one failed page of many degrades it."""
    failed = [page for page in pages if page.outcome is Outcome.FAILED]
    if failed and len(failed) < len(pages):
        return Outcome.DEGRADED, Reason.PAGE_UNREAD
    outcome = worst(page.outcome for page in pages)
    if outcome is Outcome.OK and not any(page.words for page in pages):
        return Outcome.DEGRADED, Reason.LOW_CONFIDENCE  # blank, or unreadable: a person must look
    reasons = (page.reason for page in pages if page.outcome is outcome)
    return outcome, next(reasons, None)
