"""Which personal data is on a document: kind, page, places and how often; no value is taken.

A number counts for what the words beside it say: before it on its line, at its left, in the head of
its column, or at the end of the line above.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from ocr_assets.extract.strips import Strip
from ocr_assets.suggest.cards import cards_on
from ocr_assets.suggest.digit_runs import Run, runs_of
from ocr_assets.suggest.identifiers import Personal, Said, judged, said_in, telling
from ocr_assets.suggest.proposal import Box, Kind, Proposal
from ocr_assets.suggest.sheet import Sheet

_HEAD = 60  # letters: a longer line above is text and no head of a column
_NEAR = 70  # letters before a number that may say what it is
_OVER = 0.02  # of the page's width that a head may stand beside its column
_SURE_CARD = 0.9


def personal_data(sheet: Sheet) -> Iterator[Proposal]:
    """Yield a proposal per kind and page."""
    for page in sheet.pages:
        found: dict[Personal, list[tuple[Box, float]]] = defaultdict(list)
        for box in cards_on(page):
            found[Personal.ID_CARD].append((box, _SURE_CARD))
        for index, strip in enumerate(page.strips):
            for run in runs_of(strip.text):
                verdict = judged(run, _said_of(run, strip, page.strips, index))
                if verdict is not None:
                    kind, score = verdict
                    found[kind].append((page.box_of(strip, run.start, run.end), score))
        for kind in sorted(found):
            boxes, scores = zip(*found[kind], strict=True)
            yield Proposal(
                Kind.PERSONAL_DATA,
                kind.value,
                max(scores),
                f"personal:{kind}",
                page.number,
                boxes,
                len(boxes),
            )


def _said_of(run: Run, strip: Strip, strips: Sequence[Strip], index: int) -> Said | None:
    """Return what the words nearest to a number say it is."""
    before = strip.plain[max(0, run.start - _NEAR) : run.start]
    said = said_in(before)
    if said is None:
        said = said_in(" ".join(one.plain for one in strips if _is_left_of(one, strip)))
    if said is None:
        said = _head_of_column(run, strip, strips[:index])
    if said is None and run.start <= 3 and index:
        said = said_in(strips[index - 1].plain[-_NEAR:])
    if said is Said.ACCOUNT and said_in(strip.plain[run.end :]) is Said.TREASURY:
        return Said.TREASURY
    return said


def _is_left_of(one: Strip, strip: Strip) -> bool:
    return one is not strip and one.right <= strip.left + _OVER and one.is_beside(strip)


def _head_of_column(run: Run, strip: Strip, above: Sequence[Strip]) -> Said | None:
    """Return what the nearest telling words right above a number say: the head of its column."""
    left, right = _reach(strip, run.start, run.end)
    for one in reversed(above):
        if len(one.text) > _HEAD:
            continue
        for said, start, end in telling(one.plain):
            begins, ends = _reach(one, start, end)
            if begins < right + _OVER and ends > left - _OVER:
                return said
    return None


def _reach(strip: Strip, start: int, end: int) -> tuple[float, float]:
    """Return from where to where on the page letters ``start`` to ``end`` of a strip stand."""
    scale = (strip.right - strip.left) / max(1, len(strip.text))
    return strip.left + start * scale, strip.left + end * scale
