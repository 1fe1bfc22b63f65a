"""Words and characters read right, and CPU seconds a page, beside Tesseract's own page reading.

Then what is made of it: the fields of documents (description.py), read by the best reader.

`make bench-reading` needs the real scans (KHO_CORPUS); it prints tables and writes
bench/out/reading.json and bench/out/description.json.
"""

import json
import os
import sys
import time
import unicodedata
from collections import Counter
from pathlib import Path

os.environ.setdefault("OMP_THREAD_LIMIT", "1")
os.environ.setdefault("OMP_NUM_THREADS", "1")

import numpy as np
import pikepdf
import tesserocr
from PIL import Image
from rapidfuzz.distance import Levenshtein

from bench.character_errors import KINDS, errors, of
from bench.description import tables as description
from ocr_assets.raster import rasterise
from ocr_assets.reader import BEST, FAST, open_reader
from ocr_assets.toolbox import Toolbox
from orchestration.settings import settings

ROOT = Path(__file__).parents[1]
TOOLS = Toolbox(ROOT / ".kho" / "tools")
FOLDERS = ("vn_scans", "vn_scans_diverse")
DPI = 300
SCANS = {".pdf", ".png", ".jpg"}


def images(source: Path, pages: int | None = None):
    if source.suffix != ".pdf":
        yield np.asarray(Image.open(source).convert("RGB"))
        return
    with pikepdf.open(source) as pdf:
        count = len(pdf.pages)
    for page in range(1, min(count, pages or count) + 1):
        yield rasterise(source, page, DPI).pixels


class TesseractPage:
    """Tesseract reading whole pages through its library, initialised once."""

    def __init__(self):
        self.api = tesserocr.PyTessBaseAPI(
            path=str(TOOLS.tessdata),
            lang="vie",
            psm=tesserocr.PSM.AUTO,
            oem=tesserocr.OEM.LSTM_ONLY,
        )

    def text(self, image):
        """Return the text of a page image."""
        self.api.SetImage(Image.fromarray(image))
        self.api.SetSourceResolution(DPI)
        return self.api.GetUTF8Text()


class Ours:
    """Our reader in one of its modes."""

    def __init__(self, mode):
        self.reader = open_reader(mode, TOOLS)

    def text(self, image):
        """Return the text of a page image."""
        return self.reader.read(image, 1, DPI).text


def tokens(text):
    return unicodedata.normalize("NFC", text).replace("\u00d0", "\u0110").split()


def truths(corpus):
    """Yield (scan, pages its text covers, text) for every hand-typed text."""
    for folder in FOLDERS:
        for text in sorted((corpus / folder / "gt_text").glob("*.txt")):
            scan = next(p for p in (corpus / folder).iterdir() if p.stem == text.stem)
            lines = [line for line in text.read_text().splitlines() if line.strip("- ")]
            yield scan, None if folder == "vn_scans" else 1, "\n".join(lines)


def accuracy(system, corpus):
    found = total = edits = length = 0
    wrong, there = Counter(), Counter()
    for scan, pages, text in truths(corpus):
        want = tokens(text)
        got = tokens("\n".join(system.text(image) for image in images(scan, pages)))
        hits = sum((Counter(want) & Counter(got)).values())
        distance = Levenshtein.distance(" ".join(want), " ".join(got))
        wrong += errors(" ".join(want), " ".join(got))
        there += of(" ".join(want))
        rates = hits / len(want), distance / len(" ".join(want))
        print(f"    {scan.name:44} words {rates[0]:.3f}  CER {rates[1]:.3f}")
        found, total = found + hits, total + len(want)
        edits, length = edits + distance, length + len(" ".join(want))
    return found / total, edits / length, {kind: wrong[kind] / there[kind] for kind in KINDS}


def speed(systems, corpus):
    """Return CPU seconds a page of each system, rendering left out, pages in turn."""
    spent = dict.fromkeys(systems, 0.0)
    pages = 0
    for folder in FOLDERS:
        for scan in sorted(
            p for p in (corpus / folder).iterdir() if p.suffix in {".pdf", ".png", ".jpg"}
        ):
            for image in images(scan, 2):
                pages += 1
                for name, system in systems.items():
                    start = time.process_time()
                    system.text(image)
                    spent[name] += time.process_time() - start
    return {name: seconds / pages for name, seconds in spent.items()}, pages


def row(measure, ours, reference, goal, *, lower=False):
    ratio = ours / reference if reference else None
    met = ours <= goal if lower else ours >= goal
    return {
        "measure": measure,
        "ours": round(ours, 4),
        "reference": round(reference, 4),
        "ratio": round(ratio, 3) if ratio else None,
        "goal": goal,
        "met": met,
    }


def main():
    corpus = settings().corpus
    if not corpus.is_dir():
        sys.exit("no corpus: set KHO_CORPUS")
    systems = {"tesseract": TesseractPage(), FAST: Ours(FAST), BEST: Ours(BEST)}
    read = {}
    for name, system in systems.items():
        print(name)
        read[name] = accuracy(system, corpus)
        print(f"  {name}: words {read[name][0]:.4f}  CER {read[name][1]:.4f}")
    seconds, pages = speed(systems, corpus)
    print({name: round(value, 3) for name, value in seconds.items()}, "CPU s a page over", pages)
    recall, cer, by_kind = read["tesseract"]
    print(f"\n{'errors in a thousand':22}" + "".join(f"{kind:>12}" for kind in KINDS))
    for name, (_, _, rates) in read.items():
        print(f"{name:22}" + "".join(f"{1000 * rates[kind]:12.2f}" for kind in KINDS))
    cost = seconds["tesseract"]
    rows = []
    for mode in (FAST, BEST):
        rows += [
            row(f"word recall, {mode}", read[mode][0], recall, recall),
            row(f"CER, {mode}", read[mode][1], cer, cer, lower=True),
            row(f"CPU s a page, {mode}", seconds[mode], cost, cost, lower=True),
        ]
        rows += [
            row(f"errors of a {kind}, {mode}", rate, by_kind[kind], by_kind[kind], lower=True)
            for kind, rate in read[mode][2].items()
        ]
    out = ROOT / "bench" / "out" / "reading.json"
    out.parent.mkdir(parents=True, exist_ok=True)
    out.write_text(json.dumps(rows, indent=1))
    description()


if __name__ == "__main__":
    main()
