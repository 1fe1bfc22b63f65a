"""Field extraction on the real scans of the corpus: exact and >= 0.9-similar, folder by folder.

Readings are cached outside the repository; values and labels are shown on the terminal only.
"""

import argparse
import csv
import hashlib
import json
import os
import pickle
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import cast

import numpy as np
import pypdfium2
from PIL import Image
from rapidfuzz import fuzz

from ocr_assets.extract import Field, describe
from ocr_assets.raster import rasterise
from ocr_assets.reader import BEST, Reader, open_reader
from ocr_assets.reading import PageReading
from ocr_assets.toolbox import Toolbox

HERE = Path(__file__).resolve().parent
CORPUS = Path(os.environ.get("KHO_CORPUS", HERE.parent.parent / "shared" / "corpus"))
CACHE = Path(tempfile.gettempdir()) / "kho-bench-readings"
FOLDERS = ("vn_scans", "vn_scans_diverse")
COLUMNS = {
    "number": "so_ky_hieu",
    "date": "ngay_ban_hanh",
    "issuer": "co_quan_ban_hanh",
    "type": "loai_van_ban",
    "abstract": "trich_yeu",
    "signer": "nguoi_ky",
}
TOOLS = HERE.parent / ".kho" / "tools"
DPI = 300


def rasters(source: Path) -> Iterator[tuple[np.ndarray, float]]:
    """Yield the pages of ``source`` with their resolution."""
    if source.suffix.lower() != ".pdf":
        image = Image.open(source).convert("RGB")
        scale = max(1.0, 1400 / image.width)
        size = (round(image.width * scale), round(image.height * scale))
        yield np.asarray(image.resize(size, Image.Resampling.BICUBIC)), size[0] / 8.27
        return
    with pypdfium2.PdfDocument(source) as pdf:
        count = len(pdf)
    for page in range(1, count + 1):
        raster = rasterise(source, page, DPI)
        yield raster.pixels, raster.dpi


def readings(source: Path, mode: str) -> list[PageReading]:
    """Return the pages of ``source``, from the cache when this mode read them before."""
    key = hashlib.sha256(source.read_bytes()).hexdigest()[:16]
    cached = CACHE / f"{mode}-{key}.pickle"
    if not cached.exists():
        reader = opened(mode)
        pages = [reader.read(image, n, dpi) for n, (image, dpi) in enumerate(rasters(source), 1)]
        CACHE.mkdir(parents=True, exist_ok=True)
        cached.write_bytes(pickle.dumps(pages))
    return cast("list[PageReading]", pickle.loads(cached.read_bytes()))  # noqa: S301 - our own


@cache
def opened(mode: str) -> Reader:
    return open_reader(mode, Toolbox(TOOLS))


def folded(text: str) -> str:
    """Return ``text`` as it is compared: one case, one dash, no final stop, single spaces."""
    text = unicodedata.normalize("NFC", text).replace("–", "-").casefold()
    return " ".join(text.split()).rstrip(" .")


def similar(name: str, value: str, label: str) -> bool:
    if name in ("number", "date"):
        return value == label
    return fuzz.ratio(folded(value), folded(label)) >= 90


class Tally:
    """How often a field was right, and how often an accepted one was wrong."""

    def __init__(self) -> None:
        self.labelled = self.exact = self.near = self.accepted = self.accepted_wrong = 0

    def add(self, name: str, field: Field | None, label: str) -> bool:
        """Count one document; return whether the field was near enough."""
        if not label:
            if field and field.accepted:
                self.accepted += 1
                self.accepted_wrong += 1
            return field is None
        self.labelled += 1
        value = field.value if field else ""
        near = similar(name, value, label)
        self.exact += value == label
        self.near += near
        self.accepted += bool(field and field.accepted)
        self.accepted_wrong += bool(field and field.accepted and not near)
        return near


def labelled(corpus: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield each labelled scan with its labels by field; what was cropped off is empty."""
    for folder in FOLDERS:
        with (corpus / folder / "labels.csv").open(encoding="utf-8", newline="") as labels:
            for row in csv.DictReader(labels):
                told = {name: row[column] for name, column in COLUMNS.items()}
                kept = {n: "" if "(cropped off)" in label else label for n, label in told.items()}
                yield corpus / folder / row["file"], kept


def measure(folder: str, mode: str, *, is_verbose: bool, is_strict: bool) -> dict[str, Tally]:
    tallies = {name: Tally() for name in COLUMNS}
    with (CORPUS / folder / "labels.csv").open(encoding="utf-8", newline="") as labels:
        for row in csv.DictReader(labels):
            found = describe(readings(CORPUS / folder / row["file"], mode))
            for name, column in COLUMNS.items():
                label = row[column] if "(cropped off)" not in row[column] else ""
                field = found.get(name)
                is_right = tallies[name].add(name, field, label) and (
                    not is_strict or not field or field.value == label
                )
                if is_verbose and not is_right:
                    shown = (
                        f"{field.value!r} {field.confidence:.2f} {field.method}" if field else "-"
                    )
                    mark = " ACCEPTED" if field and field.accepted else ""
                    print(f"{row['file'][:24]:24} {name:8}{mark} {shown}\n{'':33} {label!r}")
    return tallies


def rows(folder: str, tallies: dict[str, Tally]) -> Iterator[dict]:
    goals = {
        "number": 0.6,
        "date": 0.7,
        "issuer": 0.85,
        "type": 0.9,
        "abstract": 0.8,
        "signer": 0.7,
    }
    for name, tally in tallies.items():
        ratio = tally.near / tally.labelled
        yield {
            "measure": f"{folder} {name}: right or >= 0.9 similar",
            "ours": tally.near,
            "reference": tally.labelled,
            "ratio": round(ratio, 3),
            "goal": goals.get(name, 0.7),
            "met": ratio >= goals.get(name, 0.7),
        }


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--verbose", action="store_true", help="show wrong values beside labels")
    arguments.add_argument("--strict", action="store_true", help="show near values as well")
    arguments.add_argument("--reader", default=BEST, help="mode of the reader (best, fast)")
    options = arguments.parse_args()
    if not CORPUS.is_dir():
        sys.exit("no corpus: set KHO_CORPUS")
    report = []
    for folder in FOLDERS:
        tallies = measure(
            folder,
            options.reader,
            is_verbose=options.verbose or options.strict,
            is_strict=options.strict,
        )
        print(f"\n{folder:18} {'exact':>7} {'near':>7} {'accepted':>9} {'of them wrong':>14}")
        for name, tally in tallies.items():
            exact, near = (f"{count}/{tally.labelled}" for count in (tally.exact, tally.near))
            trust = f"{tally.accepted:>9} {tally.accepted_wrong:>14}"
            print(f"{name:18} {exact:>7} {near:>7} {trust}")
        report.extend(rows(folder, tallies))
    (HERE / "out").mkdir(exist_ok=True)
    (HERE / "out" / "fields.json").write_text(json.dumps(report, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
