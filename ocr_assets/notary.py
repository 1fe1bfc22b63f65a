"""Archive copies signed and verified again, one after the other; what does not verify is no copy.

The key lives in one process, the proof is made in another, and both parse only what we wrote.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ocr_assets.digitized import Digitized
from ocr_assets.outcome import Outcome, Reason
from ocr_assets.receive import digest_of
from ocr_assets.side_process import SideProcess
from ocr_assets.signature import Box
from ocr_assets.signing import SignedCopy, SigningKey
from ocr_assets.verapdf import VeraPdf
from ocr_assets.verdict import Verdict

_SECONDS_TO_SIGN = 60.0
_SECONDS_TO_EXAMINE = 30.0
_SECONDS_A_PAGE = 5.0
_USABLE = (Outcome.OK, Outcome.DEGRADED)


def _signer(key: SigningKey, fonts: Path) -> Callable[..., Any]:
    from ocr_assets.copy_signer import CopySigner  # noqa: PLC0415 - opens keys: there only

    return CopySigner(key, fonts).attempt


def _examiner() -> Callable[..., Any]:
    from ocr_assets.signed_copy import is_sound  # noqa: PLC0415 - loads what the parent must not

    return is_sound


Signed = Callable[[Sequence[Digitized]], Iterable[Digitized]]


@contextmanager
def notary(key: SigningKey | None, fonts: Path, judge: VeraPdf) -> Iterator[Signed]:
    """Give what signs finished copies with ``key``; without a key they stay as they are.

    Raises:
        KeyUnusable: the key does not open, or may not sign today.
    """
    if key is None:
        yield lambda finished: finished
        return
    ours = _Notary(SideProcess(_signer, key, fonts), SideProcess(_examiner), judge)
    try:
        ours.signer.start()
        yield ours.signed
    finally:
        ours.signer.stop()
        ours.examiner.stop()


@dataclass(frozen=True, slots=True)
class _Notary:
    """Who signs the copies of one batch, and who looks at the result before anybody keeps it."""

    signer: SideProcess
    examiner: SideProcess
    judge: VeraPdf

    def signed(self, finished: Sequence[Digitized]) -> Iterator[Digitized]:
        """Yield the same with signed copies; what was judged bad is left as it is.

        Raises:
            TimestampSilent: the timestamp authority gave no timestamp; nothing was kept.
        """
        copies = [self._signed_copy(done) for done in finished]
        sound = [copy.path for copy in copies if copy is not None]
        verdicts = self.judge.judge(sound)
        for done, copy in zip(finished, copies, strict=True):
            if done.archive is None or done.outcome not in _USABLE:
                yield done
            elif copy is not None and verdicts[copy.path] is Verdict.PASSED:
                yield _exchanged(done, done.archive, copy)
            else:
                _drop(done, copy)
                yield done.quarantined(Reason.NOT_SIGNED)

    def _signed_copy(self, done: Digitized) -> SignedCopy | None:
        """Return the copy of ``done`` with our signature, examined, or None."""
        if done.archive is None or done.outcome not in _USABLE:
            return None
        target = done.archive.with_suffix(".signed.pdf")
        copy: SignedCopy | None = self.signer.ask(
            done.archive, target, _taken(done), seconds=_SECONDS_TO_SIGN
        )
        patience = _SECONDS_TO_EXAMINE + _SECONDS_A_PAGE * done.page_count
        texts = [page.text for page in done.pages]
        is_sound = copy is not None and self.examiner.ask(
            done.archive, copy, texts, seconds=patience
        )
        if is_sound is not True:
            target.unlink(missing_ok=True)
            return None
        return copy


def _taken(done: Digitized) -> list[Box]:
    """Return where marks stand on page one; on a page that was turned nobody knows."""
    if not done.pages or done.pages[0].rotation:
        return []
    return [one.box for one in done.signatures if one.page == 1 and one.box is not None]


def _exchanged(done: Digitized, archive: Path, copy: SignedCopy) -> Digitized:
    copy.path.replace(archive)
    return replace(
        done,
        archive_sha256=digest_of(archive),
        copy_signed_at=copy.signed_at,
        copy_certificate_sha256=copy.certificate_sha256,
    )


def _drop(done: Digitized, copy: SignedCopy | None) -> None:
    for file in done.files:
        file.unlink(missing_ok=True)
    if copy is not None:
        copy.path.unlink(missing_ok=True)
