"""Many scans at once: workers for the scans, one veraPDF for the finished copies."""

import shutil
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from ocr_assets.crew import Crew
from ocr_assets.digitized import Digitized
from ocr_assets.errors import EngineMissing
from ocr_assets.journal import Journal
from ocr_assets.names import as_text
from ocr_assets.notary import notary
from ocr_assets.outcome import Outcome
from ocr_assets.profile import Profile, Scan
from ocr_assets.receive import digest_of
from ocr_assets.recipe import Recipes, recipes_of
from ocr_assets.signing import SigningKey
from ocr_assets.verapdf import VeraPdf
from ocr_assets.verdict import Verdict
from ocr_assets.worker_process import JOURNAL, SCRATCH

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

    A page that crashes, hangs or eats all memory is tried once more and is then that page's
    outcome: its siblings go on, of the same scan and of others. Copies that no judge objects to lie
    in ``workdir``; others are gone. With ``signing`` each copy is signed after it was judged, and
    judged again. A journal lies there too: after a kill, the same call does only what is missing.
    Removing ``workdir`` is the caller's, when nothing of it is needed any more.

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
    for left in workdir.glob(f"{SCRATCH}*"):
        shutil.rmtree(left, ignore_errors=True)  # by a killed run
    journals = _Journals(workdir / JOURNAL, recipes_of(profile))
    known = dict(journals.finished(scans))
    to_do = [(i, scan) for i, scan in enumerate(scans) if i not in known]
    settled = {i: done for i, done in known.items() if _is_final(done, signing)}
    unsettled = [(i, done) for i, done in known.items() if i not in settled]
    finished = chain(unsettled, Crew(profile, workdir, workers).digitize(to_do))
    judge = VeraPdf(profile.toolbox.verapdf_jar, profile.toolbox.java)
    following = 0
    with notary(signing, profile.toolbox.npm, judge) as signed:
        for some in chain([{}], _together(finished)):
            done_now = signed(list(judged(some.values(), judge)))
            for position, done in zip(some, done_now, strict=True):
                journals.settle(done)
                settled[position] = done
            while following in settled:
                yield settled.pop(following)
                following += 1


class _Journals:
    """What earlier tries at these scans have left behind."""

    def __init__(self, root: Path, recipes: Recipes) -> None:
        self._root = root
        self._recipes = recipes

    def finished(self, scans: Sequence[Scan]) -> Iterator[tuple[int, Digitized]]:
        """Yield the position of each scan that is finished already, and what became of it."""
        left = {path.name[:64] for path in self._root.glob("*")}
        for position, scan in enumerate(scans) if left else ():
            if scan.is_secret or not scan.path.is_file():
                continue
            sha256 = digest_of(scan.path)
            recipe = self._recipes.of(scan.declared)
            done = self._of(sha256, recipe).finished() if sha256 in left else None
            if done is not None:
                left.discard(sha256)  # a twin makes a copy of its own
                yield position, replace(done, file=as_text(scan.path.name))

    def settle(self, done: Digitized) -> None:
        """Keep the last judge's word with what he has judged."""
        if done.sha256 and done.recipe_id and done.archive is not None:
            self._of(done.sha256, done.recipe_id).finish(done)

    def _of(self, sha256: str, recipe: str) -> Journal:
        return Journal.of(self._root, sha256, recipe)


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
    copies = {done.archive for done in some if done.archive is not None and not _is_judged(done)}
    verdicts = judge.judge(sorted(copies))
    for done in some:
        if done.archive is None or _is_judged(done):
            yield done
            continue
        settled = done.judged_by_verapdf(verdicts[done.archive])
        if settled.outcome is Outcome.QUARANTINED:
            for file in done.files:
                file.unlink(missing_ok=True)
        yield settled


def _is_judged(done: Digitized) -> bool:
    return done.pdfa_verapdf is not Verdict.NOT_JUDGED


def _is_final(done: Digitized, signing: SigningKey | None) -> bool:
    """Return whether nothing is left to do for a scan that an earlier run has finished."""
    return _is_judged(done) and (signing is None or done.copy_signed_at is not None)
