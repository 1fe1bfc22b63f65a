"""What a digitised file is in the raw tables; a state secret is counted and not described."""

from collections.abc import Collection, Iterator, Mapping
from datetime import datetime
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ocr_assets
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.secrecy import is_declared_secret

if TYPE_CHECKING:
    from ocr_assets.digitized import Digitized, PageOutcome
    from ocr_assets.extract import Field
    from ocr_assets.intake import DeliveredFile

Row = dict[str, Any]
USABLE = (Outcome.OK, Outcome.DEGRADED)


def received_file(file: "DeliveredFile", at: datetime, secrets: Collection[int] = ()) -> Row:
    """Return the row of a file as the manifest declares it and as it was received.

    The name of a state secret, by the manifest or by its place among ``secrets``, is withheld:
    offices put the subject of a document into its name.
    """
    is_withheld = is_declared_secret(file.secrecy or "") or file.ordinal in secrets
    return {
        "file_ordinal": file.ordinal,
        "file_name": None if is_withheld else file.name,
        "file_sha256": file.sha256,
        "size_bytes": file.size_bytes,
        "media_type": file.media_type,
        "agency_code": file.agency_code,
        "bloc": file.bloc,
        "box_code": file.box_code,
        "dossier_code": file.dossier_code,
        "declared_pages": file.declared_pages,
        "secrecy": file.secrecy,
        "operator": file.operator,
        "scanner": file.scanner,
        "received_state": file.received_state,
        "received_at": at,
        "vendor": file.vendor,
        "declared_documents": file.declared_documents,
    }


def refusal(ordinal: int, sha256: str | None, reason: Reason, at: datetime) -> Row:
    """Return the document row of a file that was not opened."""
    outcome = Outcome.QUARANTINED if reason is Reason.STATE_SECRET else Outcome.FAILED
    return {
        "file_ordinal": ordinal,
        "file_sha256": sha256,
        "outcome": outcome.value,
        "reason_code": reason.value,
        "digitized_at": at,
    }


def is_secret(done: "Digitized") -> bool:
    """Say whether nothing of what was read may be kept."""
    return done.reason is Reason.STATE_SECRET


def document(ordinal: int, done: "Digitized", archive_bytes: int | None, at: datetime) -> Row:
    """Return the one document row of a digitised file."""
    if is_secret(done):
        return refusal(ordinal, done.sha256, Reason.STATE_SECRET, at)
    return {
        "file_ordinal": ordinal,
        "file_sha256": done.sha256,
        "outcome": done.outcome.value,
        "reason_code": done.reason.value if done.reason else None,
        "page_count": done.page_count,
        "word_count": done.words,
        "text_confidence": done.text_confidence,
        "archive_sha256": done.archive_sha256 if archive_bytes is not None else None,
        "archive_size_bytes": archive_bytes,
        **(own_signature(done) if archive_bytes is not None else {}),
        "pdfa_pikepdf": done.pdfa_pikepdf.value,
        "pdfa_verapdf": done.pdfa_verapdf.value,
        "is_text_equal": done.is_text_equal,
        "are_images_unchanged": done.are_images_unchanged,
        "signature_count": done.signature_count,
        "is_encrypted": done.is_encrypted,
        "is_misnamed": done.is_misnamed,
        "producer_type": done.producer.value if done.producer else None,
        "seconds": done.seconds,
        "tool_versions": dict(done.versions),
        "digitized_at": at,
        "reading_sha256": done.reading_sha256 if archive_bytes is not None else None,
        "recipe_id": done.recipe_id,
        "fields_recipe_id": done.fields_recipe_id,
    }


def own_signature(done: "Digitized") -> Row:
    """Return what tells the copy as it was before our signature, and the signature."""
    return {
        "unsigned_sha256": done.unsigned_sha256,
        "unsigned_size_bytes": done.unsigned_size_bytes,
        "copy_signed_at": done.copy_signed_at,
        "copy_certificate_sha256": done.copy_certificate_sha256,
    }


def reading(done: "Digitized") -> Row:
    """Return the entry for the history of readings."""
    return {
        "file_sha256": done.sha256,
        "recipe_id": done.reading_recipe_id,
        "reader": done.reader,
        "reading_sha256": done.reading_sha256,
        "archive_sha256": done.archive_sha256,
        "word_count": done.words,
        "text_confidence": done.text_confidence,
    }


def readings(ordinal: int, done: "Digitized") -> Iterator[Row]:
    """Yield a row per page read: its reading in numbers."""
    for summary in () if is_secret(done) else done.summaries:
        yield {
            "file_ordinal": ordinal,
            "file_sha256": done.sha256,
            "page_number": summary.page,
            "word_count": summary.words,
            "doubtful_count": summary.doubtful,
            "asked_count": summary.asked,
            "changed_count": summary.changed,
            "text_confidence": summary.confidence,
            "is_disputed": summary.is_disputed,
        }


def pages(ordinal: int, done: "Digitized") -> Iterator[Row]:
    """Yield a row per page."""
    for page in () if is_secret(done) else done.pages:
        yield {
            "file_ordinal": ordinal,
            "file_sha256": done.sha256,
            "page_number": page.page,
            "outcome": page.outcome.value,
            "reason_code": page.reason.value if page.reason else None,
            "width_px": page.width,
            "height_px": page.height,
            "dpi": page.dpi,
            "rotation_degrees": page.rotation,
            "word_count": page.words,
            "text_confidence": page.confidence,
            "image_sha256": page.image_sha256,
            "image_phash": page.image_phash,
            "page_text": page.text,
            **_looks(page),
        }


def _looks(page: "PageOutcome") -> Row:
    """Return the columns that say how a page came and how it looks."""
    width, height = page.picture_size or (None, None)
    found = page.quality
    return {
        "is_dpi_estimated": page.is_dpi_estimated,
        "picture_width_px": width,
        "picture_height_px": height,
        "text_layer_type": page.text_layer.value if page.text_layer else None,
        "rotation_confidence": page.rotation_confidence,
        "skew_degrees": page.skew,
        "is_damaged": page.is_damaged,
        "is_blank": found.is_blank if found else None,
        "sharpness": found.sharpness if found else None,
        "contrast": found.contrast if found else None,
        "cut_edges": " ".join(found.cut_edges) or "none" if found else None,
        "dark_edges": " ".join(found.dark_edges) or "none" if found else None,
    }


def fields(ordinal: int, done: "Digitized") -> Iterator[Row]:
    """Yield a row per value found."""
    yield from fields_found(ordinal, done.sha256, {} if is_secret(done) else done.fields)


def fields_found(ordinal: int, sha256: str | None, found: Mapping[str, "Field"]) -> Iterator[Row]:
    """Yield a row per value found."""
    for field in found.values():
        yield {"file_ordinal": ordinal, "file_sha256": sha256, **_found(field)}


@cache
def _rules_version() -> str:
    """Return a digest of the rules as they are now: another rule, another version."""
    rules = sorted((Path(ocr_assets.__file__).parent / "extract").glob("*.py"))
    return sha256(b"".join(rule.read_bytes() for rule in rules)).hexdigest()[:12]


def _found(field: "Field") -> Row:
    left, top, right, bottom = field.box
    return {
        "field_name": field.name,
        "value": field.value,
        "text_as_read": field.text_as_read,
        "page_number": field.page,
        "box_left": left,
        "box_top": top,
        "box_right": right,
        "box_bottom": bottom,
        "method": field.method,
        "method_version": _rules_version(),
        "confidence": field.confidence,
        "is_accepted": field.accepted,
        "reading_confidence": field.reading_confidence,
        "extraction_confidence": field.extraction_confidence,
        "first_reader_text": field.witnesses.first,
        "second_reader_text": field.witnesses.second,
        "accepted_from": field.accepted_from,
        "calibration_id": field.calibration_id,
    }
