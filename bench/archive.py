"""Archive copies of the real scans, hostile files, and both PDF/A judges against known verdicts.

Prints a table, under each real scan the fields read beside their labels (public documents, on the
terminal only), and writes bench/out/archive.json.
"""

import argparse
import csv
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium
from pikepdf import pdfa
from PIL import Image, ImageOps

from bench.fields import COLUMNS, CORPUS, FOLDERS, HERE, TOOLS, similar
from ocr_assets.batch import digitize_all
from ocr_assets.digitize import Digitized, Profile
from ocr_assets.outcome import Outcome
from ocr_assets.toolbox import Toolbox
from ocr_assets.verapdf import VeraPdf
from ocr_assets.verdict import Verdict

SCANS = {".pdf", ".png", ".jpg"}
MARKED = ("PDF_A-2b", "bfo")  # folders whose names tell a verdict on PDF/A-2b
FALLEN = ("worker_died", "timed_out", "out_of_memory", "output_too_large")
SAME_LOOK = 3.0  # mean grey levels between a page and its copy, of 255
USABLE = {Outcome.OK, Outcome.DEGRADED}


def labels() -> dict[str, dict[str, str]]:
    told = {}
    for folder in FOLDERS:
        with (CORPUS / folder / "labels.csv").open(encoding="utf-8", newline="") as lines:
            told |= {row["file"]: row for row in csv.DictReader(lines)}
    return told


def looks(path: Path) -> Iterator[np.ndarray]:
    """Yield small grey pictures of the pages of a file."""
    if path.suffix != ".pdf":
        with Image.open(path) as image:
            yield grey(ImageOps.exif_transpose(image))
        return
    with closing(pdfium.PdfDocument(path)) as document:
        document.init_forms()
        for page in document:
            yield grey(page.render(scale=3).to_pil())


def grey(image: Image.Image) -> np.ndarray:
    return np.asarray(image.convert("L").resize((300, 424), Image.Resampling.BOX), dtype=int)


def looks_alike(source: Path, done: Digitized) -> bool:
    """Return whether every page of the copy looks as its original, turned upright if need be."""
    pairs = zip(looks(source), looks(done.archive), done.pages, strict=True)
    return all(
        page.rotation or np.abs(before - after).mean() < SAME_LOOK for before, after, page in pairs
    )


def fields_right(done: Digitized, row: dict[str, str]) -> tuple[int, int]:
    wanted = {name: row[column] for name, column in COLUMNS.items() if row[column]}
    found = {name: done.fields[name].value for name in wanted if name in done.fields}
    return sum(similar(name, found.get(name, ""), told) for name, told in wanted.items()), len(
        wanted
    )


def beside_labels(done: Digitized, row: dict[str, str]) -> Iterator[str]:
    """Yield a line for each field: right or not, accepted or not, as read | as labelled."""
    for name, column in COLUMNS.items():
        found, label = done.fields.get(name), row[column]
        value = found.value if found else ""
        if value or label:
            mark = "ok" if similar(name, value, label) else "--"
            accepted = "accepted" if found and found.accepted else ""
            yield f"    {mark} {name:9}{accepted:9}{value or '(not found)'} | {label or '(none)'}"


def real_scans(profile: Profile, work: Path) -> Iterator[dict]:
    told = labels()
    sources = [CORPUS / folder / row["file"] for folder in FOLDERS for row in _rows(folder)]
    found: Counter[str] = Counter()
    started = time.perf_counter()
    for source, done in zip(sources, digitize_all(sources, work, profile), strict=True):
        row = told[source.name]
        right, wanted = fields_right(done, row)
        is_alike = done.archive is not None and looks_alike(source, done)
        checks = {
            "both judges": (done.pdfa_pikepdf, done.pdfa_verapdf) == (Verdict.PASSED,) * 2,
            "text equal": done.is_text_equal is True,
            "images unchanged": done.are_images_unchanged is True,
            "looks alike": is_alike,
            "usable": done.outcome in USABLE,
            "pages": done.page_count == int(row["pages"] or 1),
            "signatures": done.signature_count == int(row["n_pdf_signatures"] or 0),
        }
        found.update(name for name, holds in checks.items() if holds)
        found.update({"fields": right, "wanted": wanted, "page count": done.page_count})
        missed = ", ".join(name for name, holds in checks.items() if not holds)
        print(
            f"{source.name[:38]:38} {done.outcome:11} {done.reason or '':20} {done.page_count:>3}p "
            f"{done.pdfa_pikepdf:8} {done.pdfa_verapdf:8} text {done.is_text_equal} "
            f"images {done.are_images_unchanged} fields {right}/{wanted} {done.seconds:6.1f} s"
            f"{'  NOT: ' + missed if missed else ''}"
        )
        print("\n".join(beside_labels(done, row)))
    seconds = time.perf_counter() - started
    print(f"{len(sources)} documents, {found['page count']} pages in {seconds:.0f} s, two workers")
    for name in ("both judges", "text equal", "images unchanged", "looks alike", "usable", "pages"):
        yield measure(f"real scans: {name}", found[name], len(sources), 1.0)
    yield measure("real scans: signatures counted", found["signatures"], len(sources), 1.0)
    yield measure("real scans: fields beside labels", found["fields"], found["wanted"], 0.7)


def _rows(folder: str) -> list[dict[str, str]]:
    with (CORPUS / folder / "labels.csv").open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def odd_files(profile: Profile, work: Path, folder: str, share: float) -> Iterator[dict]:
    """Take every file of a folder through the whole path, whatever it is; count how it ended."""
    sources = sorted(path for path in (CORPUS / folder).rglob("*") if path.suffix in SCANS)
    ends: Counter[tuple[str, str]] = Counter()
    slowest = 0.0
    for done in digitize_all(sources, work, profile):
        ends[done.outcome, done.reason or ""] += 1
        slowest = max(slowest, done.seconds)
    print(f"\nfiles of {folder}/")
    for (outcome, reason), count in ends.most_common():
        print(f"{count:4} {outcome} {reason}")
    fallen = sum(ends["failed", why] for why in FALLEN)
    unexplained = sum(n for (end, why), n in ends.items() if end != Outcome.OK and not why)
    usable = sum(count for (outcome, _), count in ends.items() if outcome in USABLE)
    told = sum(ends.values())
    print(f"slowest {slowest:.1f} s")
    yield measure(f"{folder}: ended, and not without a reason", told - unexplained, len(sources), 1)
    yield measure(f"{folder}: neither crash nor hang", told - fallen, len(sources), 1.0)
    yield measure(f"{folder}: an accepted copy", usable, len(sources), share)


def known_verdicts(profile: Profile) -> Iterator[dict]:
    files = [path for path in (CORPUS / "pdfa").rglob("*.pdf") if path.parent.name in MARKED]
    truth = {path: "-pass" in path.name for path in files}
    theirs = VeraPdf(profile.toolbox.verapdf_jar, profile.toolbox.java).judge(files)
    ours = {path: pdfa.validate_written(path, "2b").verdict for path in files}
    right = sum((theirs[path] is Verdict.PASSED) is truth[path] for path in files)
    bad = [path for path in files if not truth[path]]
    refused = sum(ours[path] != "pass" for path in bad)
    together = sum(ours[p] != "pass" or theirs[p] is not Verdict.PASSED for p in bad)
    print(f"\n{len(files)} files of known verdict, {len(bad)} of them bad")
    yield measure("known verdicts: veraPDF agrees", right, len(files), 1.0)
    yield measure("known verdicts: bad files pikepdf alone refuses", refused, len(bad), 0.8)
    yield measure("known verdicts: bad files one judge refuses", together, len(bad), 1.0)


def measure(name: str, ours: int, reference: int, goal: float) -> dict:
    ratio = round(ours / reference, 4)
    return {
        "measure": name,
        "ours": ours,
        "reference": reference,
        "ratio": ratio,
        "goal": goal,
        "met": ratio >= goal,
    }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--reader", default="best", help="mode of the reader (best, fast)")
    options = arguments.parse_args()
    if not CORPUS.is_dir():
        sys.exit("no corpus: set KHO_CORPUS")
    profile = Profile(Toolbox(TOOLS), reader=options.reader)
    with tempfile.TemporaryDirectory(prefix="kho-bench-") as work:
        report = [
            *real_scans(profile, Path(work) / "real"),
            *odd_files(profile, Path(work) / "hostile", "hostile", 0.7),
            *odd_files(profile, Path(work) / "pdfa", "pdfa", 0.9),
            *known_verdicts(profile),
        ]
    print()
    for row in report:
        mark = "met" if row["met"] else "NOT MET"
        print(f"{row['measure']:52} {row['ours']:>4} / {row['reference']:<4} {mark}")
    (HERE / "out").mkdir(exist_ok=True)
    (HERE / "out" / "archive.json").write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
