"""What a digitising run did to files, as events of preservation; only what was really done.

No virus check is run, so none is told. Events carry digests, verdicts and versions, never a value
that was read.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ocr_assets.intake import DeliveredFile
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.verdict import Verdict
from warehouse.events import Agent, Event

Row = Mapping[str, Any]
USABLE = (Outcome.OK, Outcome.DEGRADED)
UNTOLD = (Reason.FILE_MISSING, Reason.NOT_IN_MANIFEST, Reason.STATE_SECRET)
WRITERS, READERS = ("ocrmypdf", "pikepdf"), ("trueocr", "tesserocr", "onnxruntime")
ARRIVAL = ("ingestion", "format identification")
KEPT, NOT_KEPT = "PDF/A-2b", "PDF/A-2b, a copy that was not kept"


@dataclass(frozen=True, slots=True)
class Run:
    """The run that is told of: its batch, when that was received, and which reader it used."""

    batch_id: str
    received_at: datetime
    reader: str


def events(
    run: Run, documents: Sequence[Row], media_types: Mapping[str, str], signatures: Sequence[Row]
) -> Iterator[Event]:
    """Yield what happened to every file of a batch; of a secret the quarantine's ledger tells."""
    signed: dict[str, list[Row]] = {}
    for signature in signatures:
        signed.setdefault(str(signature["file_sha256"]), []).append(signature)
    for row in documents:
        digest = row.get("file_sha256")
        if digest is None or row.get("reason_code") in UNTOLD:
            continue
        teller = _Teller(run, row)
        yield from _arrival(teller, media_types.get(digest))
        yield from _signatures(teller, signed.get(digest, []))
        yield from _work(teller)
        if row["outcome"] == Outcome.QUARANTINED:
            yield teller.told("quarantine", "success", row["reason_code"], ())


def media_types(files: Iterable[DeliveredFile]) -> dict[str, str]:
    """Return what each received file is, by its digest."""
    return {one.sha256: one.media_type for one in files if one.sha256 and one.media_type}


@dataclass(frozen=True, slots=True)
class _Teller:
    """Tells events of one document row."""

    run: Run
    row: Row

    @property
    def is_usable(self) -> bool:
        return self.row["outcome"] in USABLE and bool(self.row.get("archive_sha256"))

    def told(
        self, kind: str, outcome: str, why: str | None, tools: Sequence[str], **more: Any
    ) -> Event:
        versions = self.row.get("tool_versions") or {}
        agents = [Agent(name, "software", versions[name]) for name in tools if name in versions]
        about = {"at": self.row["digitized_at"], "file_sha256": self.row["file_sha256"], **more}
        return Event(
            type=kind,
            outcome=outcome,
            outcome_detail=why,
            agents=tuple(agents) or (Agent("kho", "software"),),
            batch_id=self.run.batch_id,
            is_told_once=True,
            # An arrival is the batch's; work on the same bytes is done once, for all batches.
            is_of_any_batch=kind not in ARRIVAL,
            **about,
        )


def _arrival(teller: _Teller, media_type: str | None) -> Iterator[Event]:
    yield teller.told("ingestion", "success", None, (), at=teller.run.received_at)
    how = {"detail": "by the first bytes, not by the name"}
    verdict = "success" if media_type else "fail"
    yield teller.told("format identification", verdict, media_type, (), **how)


def _signatures(teller: _Teller, signatures: Sequence[Row]) -> Iterator[Event]:
    if not signatures:
        return
    valid = sum(signature["is_valid"] is True for signature in signatures)
    outcome = "pass" if valid == len(signatures) else "fail"
    said = f"{valid} of {len(signatures)} signatures valid"
    yield teller.told("digital signature validation", outcome, said, ("pyhanko",))


def _work(teller: _Teller) -> Iterator[Event]:
    """Tell of reading, of the archive copy, and of the judges' words on it."""
    row = teller.row
    if row["outcome"] == Outcome.FAILED:
        made = {"detail": f"to {KEPT}"}
        yield teller.told("migration", "fail", row["reason_code"], WRITERS, **made)
        return
    if not row.get("page_count"):
        return
    reading = {"detail": f"text and fields read from page images, reader {teller.run.reader}"}
    weakness = row["reason_code"] if row["outcome"] == Outcome.DEGRADED else None
    verdict = "warning" if weakness else "success"
    yield teller.told("metadata extraction", verdict, weakness, READERS, **reading)
    if teller.is_usable:
        made = {"detail": f"to {KEPT}", "made_sha256": row["archive_sha256"]}
        yield teller.told("migration", "success", None, WRITERS, **made)
    yield from _judged(teller)
    if teller.is_usable and row.get("copy_signed_at"):
        about = {"file_sha256": row["archive_sha256"], "detail": "PAdES, incremental"}
        yield teller.told("digital signature generation", "success", None, ("pyhanko",), **about)


def _judged(teller: _Teller) -> Iterator[Event]:
    """Tell each judge's word; a judge who gave none is not told of."""
    about = {"detail": NOT_KEPT}
    if teller.is_usable:
        about = {"detail": KEPT, "file_sha256": teller.row["archive_sha256"]}
    for judge in ("pikepdf", "verapdf"):
        word = teller.row.get(f"pdfa_{judge}")
        if word in (Verdict.PASSED, Verdict.FAILED):
            outcome = "pass" if word == Verdict.PASSED else "fail"
            yield teller.told("validation", outcome, word, (judge,), **about)
