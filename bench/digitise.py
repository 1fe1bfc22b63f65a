"""The whole path, from a received file to a judged PDF/A with text and fields, beside the engines.

CPU seconds a page of the real scans, and words read wrong: on the real pages with a full text, and
on pages printed from legal texts our language model has not seen here. One run, ratios to
Tesseract's library with its fast model. Prints a table, writes bench/out/digitise.json.

`--quick` leaves the commands and the second worker out.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from rapidfuzz.distance import Levenshtein

from bench.path_run import sources
from bench.peers import ONE_THREAD, Library, fast_model, ocrmypdf_command, tesseract_command
from bench.reading import DPI, TOOLS, images, tokens, truths
from bench.rendered import held_out, pages
from ocr_assets import language_model
from ocr_assets.reader import BEST, FAST, open_reader
from orchestration.settings import settings

HERE = Path(__file__).parent
GOALS = {FAST: 0.50, BEST: 0.95}
ERRORS = {FAST: 1.0, BEST: 1 / 3}
TWO_WORKERS = 1.9

Row = dict[str, object]


def whole_path(mode: str, corpus: Path, workers: int = 1) -> dict:
    """Return pages, wall seconds and CPU seconds of a run: start, models and veraPDF included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    said = subprocess.run(
        [sys.executable, "-m", "bench.path_run", mode, str(workers), str(corpus)],
        cwd=HERE.parent,
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, **ONE_THREAD},
    ).stdout
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return json.loads(said) | {"cpu": cpu}


def speed(corpus: Path, *, quick: bool) -> Iterator[Row]:
    model = fast_model()
    if model is None:
        print("Tesseract's fast model is not on this machine (Debian: apt-get install")
        print("tesseract-ocr tesseract-ocr-vie): its best_int model stands in, and is slower")
    rasters = [image for source in sources(corpus) for image in images(source)]
    first = [next(images(source, 1)) for source in sources(corpus)]
    library = Library(model or TOOLS.tessdata)
    bare = library.seconds(rasters) / len(rasters)
    print(f"Tesseract library, fast model: {bare:.3f} CPU s a page over {len(rasters)} pages")
    yield row("library, best_int model", _per_page(Library(TOOLS.tessdata), rasters), bare)
    if not quick:
        alone = library.seconds(first)
        for name, command in (("tesseract", tesseract_command), ("ocrmypdf", ocrmypdf_command)):
            spent = command(first)
            if spent is not None:
                yield row(f"{name} command, first pages", spent, alone)
    for mode in (FAST, BEST):
        run = whole_path(mode, corpus)
        print(f"{mode}: {run['usable']} archive copies, {run['pages']} pages")
        yield row(f"whole path, {mode}", run["cpu"] / run["pages"], bare, GOALS[mode], lower=True)
        if not quick:
            two = whole_path(mode, corpus, workers=2)
            told = f"two workers against one, {mode} (wall)"
            yield row(told, run["seconds"], two["seconds"], TWO_WORKERS)


def _per_page(library: Library, rasters: list[np.ndarray]) -> float:
    return library.seconds(rasters) / len(rasters)


def reading_errors(corpus: Path) -> Iterator[Row]:
    """Yield the words read wrong by us against those by Tesseract, alone and together."""
    with tempfile.TemporaryDirectory() as work:
        unseen = Path(work) / "syllables.npz"
        language_model.build(held_out(corpus)[1], unseen)
        systems: dict[str, tuple[Callable, Callable]] = {
            name: (library.text, library.text)
            for name, library in (
                ("tesseract fast", Library(fast_model() or TOOLS.tessdata)),
                ("tesseract best_int", Library(TOOLS.tessdata)),
            )
        }
        for mode in (FAST, BEST):
            shipped = open_reader(mode, TOOLS)
            strange = open_reader(mode, TOOLS, language_model=unseen)
            systems[mode] = (_text_of(shipped), _text_of(strange))
        wrong = {name: _wrong(corpus, *reads) for name, reads in systems.items()}
    total = next(iter(wrong.values()))
    kinds = [kind for kind in total if kind.endswith("wrong")]
    for kind in kinds:
        words = total[kind.replace("wrong", "words")]
        for name, counts in wrong.items():
            print(f"{kind:18} {name:20} {counts[kind]:>6} of {words}")
    for mode in (FAST, BEST):
        for kind in ("real wrong", "printed wrong"):
            for peer in ("tesseract fast", "tesseract best_int"):
                named = f"{kind.replace('wrong', 'words wrong')}, {mode} against {peer}"
                yield row(named, wrong[mode][kind], wrong[peer][kind], ERRORS[mode], lower=True)


def _text_of(reader) -> Callable[[np.ndarray], str]:
    return lambda image: reader.read(image, 1, DPI).text


def _wrong(corpus: Path, real: Callable, printed: Callable) -> Counter:
    counts: Counter[str] = Counter()
    for scan, count, text in truths(corpus):
        _count(counts, "real", text, "\n".join(real(image) for image in images(scan, count)))
    for page in pages(corpus, TOOLS.npm):
        text = printed(page.image)
        _count(counts, "printed", page.text, text)
        _count(counts, f"printed {page.damage}", page.text, text)
    return counts


def _count(counts: Counter, kind: str, truth: str, read: str) -> None:
    want, got = tokens(truth), tokens(read)
    counts[f"{kind} words"] += len(want)
    counts[f"{kind} wrong"] += len(want) - sum((Counter(want) & Counter(got)).values())
    counts[f"{kind} edits"] += Levenshtein.distance(" ".join(want), " ".join(got))


def row(
    measure: str, ours: float, reference: float, goal: float | None = None, *, lower: bool = False
) -> Row:
    ratio = ours / reference if reference else 0.0
    met = None if goal is None else (ratio <= goal if lower else ratio >= goal)
    told = {
        "measure": measure,
        "ours": round(ours, 4),
        "reference": round(reference, 4),
        "ratio": round(ratio, 3),
        "goal": None if goal is None else round(goal, 3),
        "met": met,
    }
    verdict = {True: "met", False: "NOT MET", None: ""}[met]
    print(f"{measure:62} {ours:9.3f} / {reference:9.3f} = {ratio:6.3f}  {goal or '':6} {verdict}")
    return told


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--quick", action="store_true", help="leave commands and workers out")
    options = arguments.parse_args()
    corpus = settings().corpus
    if not corpus.is_dir():
        sys.exit("no corpus: set KHO_CORPUS")
    report = [*speed(corpus, quick=options.quick), *reading_errors(corpus)]
    (HERE / "out").mkdir(exist_ok=True)
    (HERE / "out" / "digitise.json").write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
