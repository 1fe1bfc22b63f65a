"""How often a word is right whose confidence says so: reliability of word confidences.

Words of the real pages with a full text, and of pages printed from texts the language model has not
seen here. Prints a table a mode, writes bench/out/calibration.json: the expected calibration error.
"""

import json
import sys
import tempfile
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import pairwise
from pathlib import Path

import numpy as np

from bench.reading import DPI, TOOLS, images, tokens, truths
from bench.rendered import held_out, pages
from ocr_assets import language_model
from ocr_assets.calibration import probability
from ocr_assets.reader import BEST, FAST, open_reader
from orchestration.settings import settings

HERE = Path(__file__).parent
EDGES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.0001)
GOAL = 0.02  # mean distance between what is said and what is so

Told = list[tuple[float, bool]]


def judged(reading, truth: str) -> Iterator[tuple[float, bool]]:
    """Yield (confidence, right or not) for every word read, aligned with the truth."""
    words = [(tokens(word.text), word.confidence) for word in reading.words]
    read = [token for told, _ in words for token in told]
    confidences = [confidence for told, confidence in words for _ in told]
    right = [False] * len(read)
    for block in SequenceMatcher(None, tokens(truth), read, autojunk=False).get_matching_blocks():
        right[block.b : block.b + block.size] = [True] * block.size
    yield from zip(confidences, right, strict=True)


def samples(mode: str, corpus: Path, unseen: Path) -> tuple[Told, Told]:
    """Return what was said of words on real pages, and of words on printed ones."""
    shipped = open_reader(mode, TOOLS)
    strange = open_reader(mode, TOOLS, language_model=unseen)
    real: Told = []
    for scan, count, text in truths(corpus):
        if count == 1:
            real += judged(shipped.read(next(images(scan, 1)), 1, DPI), text)
    printed: Told = []
    for page in pages(corpus, TOOLS.npm):
        printed += judged(strange.read(page.image, 1, DPI), page.text)
    return real, printed


def table(told: Told) -> float:
    """Print a line a band of confidence; return the expected calibration error."""
    said = np.array([confidence for confidence, _ in told])
    so = np.array([right for _, right in told])
    error = 0.0
    for low, high in pairwise(EDGES):
        chosen = (said >= low) & (said < high)
        if chosen.any():
            mean, share = said[chosen].mean(), so[chosen].mean()
            error += abs(mean - share) * chosen.mean()
            print(f"  {low:5.2f}-{min(high, 1):4.2f} {chosen.sum():>7} {mean:7.4f} {share:7.4f}")
    return float(error)


def main() -> None:
    corpus = settings().corpus
    if not corpus.is_dir():
        sys.exit("no corpus: set KHO_CORPUS")
    report = []
    with tempfile.TemporaryDirectory() as work:
        unseen = Path(work) / "syllables.npz"
        language_model.build(held_out(corpus)[1], unseen)
        for mode in (FAST, BEST):
            for kind, told in zip(("real", "printed"), samples(mode, corpus, unseen), strict=True):
                print(f"{mode}, {kind} pages: confidence, words, mean said, share right")
                raw = table(told)
                error = table([(probability(said), so) for said, so in told])
                print(f"  expected calibration error {raw:.4f}, calibrated {error:.4f}")
                report.append(
                    {
                        "measure": f"calibration error of word confidence, {mode}, {kind} pages",
                        "ours": round(error, 4),
                        "reference": round(raw, 4),
                        "ratio": round(error / raw, 3),
                        "goal": GOAL,
                        "met": error <= GOAL,
                    }
                )
    (HERE / "out").mkdir(exist_ok=True)
    (HERE / "out" / "calibration.json").write_text(json.dumps(report, indent=1))


if __name__ == "__main__":
    main()
