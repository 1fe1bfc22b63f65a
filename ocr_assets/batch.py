"""Many scans at once: workers for the scans, one veraPDF for the finished copies."""

import time
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ocr_assets.crew import Crew
from ocr_assets.digitized import Digitized
from ocr_assets.errors import EngineMissing
from ocr_assets.notary import notary
from ocr_assets.outcome import Outcome
from ocr_assets.profile import Profile, Scan
from ocr_assets.signing import SigningKey
from ocr_assets.verapdf import VeraPdf

_JUDGED_TOGETHER = 50  # a start of veraPDF costs as much as thirty files ...
_JUDGED_AFTER_S = 20.0  # ... but somebody is waiting for a word


def digitize_all(
    sources: Sequence[Path | Scan],
    workdir: Path,
    profile: Profile,
    workers: int = 2,
    *,
    signing: SigningKey | None = None,
) -> Iterator[Digitized]:
    """Yield what became of each of ``sources``, once, judged, in the order given.

    A scan that crashes, hangs or eats all memory is that scan's outcome: its siblings go on.
    Copies that no judge objects to lie in ``workdir``; others are gone. With ``signing`` each copy
    is signed after it was judged, and judged again.

    Raises:
        EngineMissing: a tool is not installed; nothing was done.
        TrustStoreUnusable: the folder of trusted certificates is of no use; nothing was done.
        KeyUnusable: the key does not open, or may not sign today; nothing was done.
    """
    missing = profile.toolbox.missing()
    if missing:
        raise EngineMissing(f"not installed: {', '.join(missing)}; run ./kho setup")
    if profile.trust_store:
        from ocr_assets.trust import trusted_roots  # noqa: PLC0415 - loads pyHanko

        trusted_roots(profile.trust_store)
    scans = [source if isinstance(source, Scan) else Scan(source) for source in sources]
    finished = Crew(profile, workdir, workers).digitize(scans)
    judge = VeraPdf(profile.toolbox.verapdf_jar, profile.toolbox.java)
    settled: dict[int, Digitized] = {}
    following = 0
    with notary(signing, profile.toolbox.npm, judge) as signed:
        for some in _together(finished):
            settled |= zip(some, signed(list(judged(some.values(), judge))), strict=True)
            while following in settled:
                yield settled.pop(following)
                following += 1


def _together(finished: Iterable[tuple[int, Digitized]]) -> Iterator[dict[int, Digitized]]:
    """Yield what is worth one start of the judge: enough of it, or what has waited long enough."""
    some: dict[int, Digitized] = {}
    since = time.monotonic()
    for position, done in finished:
        some[position] = done
        if len(some) >= _JUDGED_TOGETHER or time.monotonic() - since > _JUDGED_AFTER_S:
            yield some
            some, since = {}, time.monotonic()
    if some:
        yield some


def judged(finished: Iterable[Digitized], judge: VeraPdf) -> Iterator[Digitized]:
    """Yield the same with veraPDF's verdict; the copy of what is quarantined is removed."""
    some = list(finished)
    verdicts = judge.judge(sorted({done.archive for done in some if done.archive is not None}))
    for done in some:
        if done.archive is None:
            yield done
            continue
        settled = done.judged_by_verapdf(verdicts[done.archive])
        if settled.outcome is Outcome.QUARANTINED:
            done.archive.unlink(missing_ok=True)
        yield settled
