"""Finding copies among 100,000 texts and re-scans among their pages: recall, false pairs, time.

Texts are made up: seven in ten of their own, three in ten filled into 200 forms, and 3,000 copies
with reading errors in 3 of 100 letters. Looks are random, those of copies differ in up to 13 of
100 bits. Beside it: every pair of a sample held against each other (exact), and looks alone.
"""
# ruff: noqa: D102, E501, FBT003, S311

import argparse
import json
import random
import resource
import time
from pathlib import Path

import numpy as np

from ocr_assets.duplicates import naming, paper, search, sketch
from ocr_assets.duplicates.looks import ALIKE, BITS
from ocr_assets.duplicates.naming import Value
from ocr_assets.duplicates.paper import Paper
from ocr_assets.duplicates.shelf import Card, Shelf
from ocr_assets.duplicates.verdict import PROPOSALS, judge

OUT = Path(__file__).parent / "out" / "duplicates.json"
COPIES, FORMS = 0.03, 200
LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Words:
    """Texts of made-up syllables."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)
        self.syllables = [
            "".join(self.rng.choices(LETTERS, k=self.rng.randint(2, 6))) for _ in range(6000)
        ]
        self.forms = [self.text(160) for _ in range(FORMS)]

    def text(self, count: int) -> list[str]:
        return self.rng.choices(self.syllables, k=count)

    def document(self, at: int) -> tuple[str, bool]:
        """Return a text and whether it is a form filled in."""
        if self.rng.random() < 0.3:
            said = list(self.rng.choice(self.forms))
            for _ in range(12):
                said[self.rng.randrange(len(said))] = self.rng.choice(self.syllables)
            return f"so {at} " + " ".join(said), True
        return f"so {at} " + " ".join(self.text(170)), False

    def misread(self, text: str, share: float = 0.03) -> str:
        said = list(text)
        for _ in range(round(len(said) * share)):
            said[self.rng.randrange(len(said))] = self.rng.choice(LETTERS)
        return "".join(said)


class City:
    """Documents with the pairs that are known to be the same paper."""

    def __init__(self, size: int) -> None:
        words, noise = Words(7), np.random.default_rng(7)
        self.texts: list[str] = []
        self.hashes = []
        self.fields: list[dict[str, Value]] = []
        self.copies: dict[int, int] = {}
        looks_of_forms: dict[int, np.ndarray] = {}
        originals = round(size * (1 - COPIES))
        is_form = []
        for at in range(originals):
            text, filled = words.document(at)
            look = noise.integers(0, 2, BITS, dtype=np.uint8)
            if filled:  # sheets of one form look alike
                base = looks_of_forms.setdefault(at % FORMS, look)
                look = base ^ (noise.random(BITS) < 0.06)
            self._add(text, look, f"{at}/QĐ-UBND", f"20{at % 20:02}-{at % 12 + 1:02}-17")
            is_form.append(filled)
        for original in words.rng.sample(range(originals), size - originals):
            self.copies[len(self.texts)] = original
            look = self.hashes[original] ^ (noise.random(BITS) < noise.uniform(0.03, 0.12))
            number = self.fields[original]["number"].text
            is_sure = words.rng.random() < 0.7
            if not is_sure and words.rng.random() < 0.5:  # read wrong, and known to be doubtful
                number = f"1{number}"
            date = self.fields[original]["date"].text
            self._add(words.misread(self.texts[original]), look, number, date, is_sure=is_sure)
        self.is_form = is_form + [is_form[original] for original in self.copies.values()]

    def _add(
        self, text: str, look: np.ndarray, number: str, date: str, *, is_sure: bool = True
    ) -> None:
        self.texts.append(text)
        self.hashes.append(look.astype(np.uint8))
        self.fields.append(
            {
                "number": Value(number, is_sure),
                "date": Value(date, True),
                "issuer": Value("UY BAN NHAN DAN XA MAU", True),
            }
        )

    def look(self, at: int) -> str:
        return np.packbits(self.hashes[at]).tobytes().hex()

    def paper(self, at: int, made: bytes | None) -> Paper:
        return Paper(
            f"{at:08}", (self.texts[at],), (self.look(at),), (None,), self.fields[at], made
        )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--size", type=int, default=100_000)
    size = options.parse_args().size
    city = City(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    clock = Clock()
    sketches = [sketch.sketch(text) for text in city.texts]
    clock.mark("sketch")
    shelf = shelf_of(city, sketches)
    everything = np.ones(size, bool)
    pairs = search.candidates(shelf, everything)
    clock.mark("search")
    verdicts = judged(city, sketches, pairs)
    clock.mark("judge")
    batch = np.arange(size) >= size - 500
    search.candidates(shelf, batch)
    clock.mark("batch")
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    report = [*quality(city, pairs, verdicts), *beside(city, sketches), *cost(clock, memory, size)]
    for one in report:
        print(f"{one['measure']:72} {one['ours']!s:>9} {one['reference']!s:>9} {one['met']}")
    print(dict(sorted(count(verdicts.values()).items(), key=str)))
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(json.dumps(report, indent=1), encoding="utf-8")


class Clock:
    """Processor seconds between marks."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._last = time.process_time()

    def mark(self, name: str) -> None:
        now = time.process_time()
        self.seconds[name], self._last = now - self._last, now


def shelf_of(city: City, sketches: list[bytes | None]) -> Shelf:
    return Shelf.of(
        Card(
            f"{at:08}",
            sketches[at],
            city.look(at),
            naming.name_key(city.fields[at]),
            naming.sure_number(city.fields[at]),
        )
        for at in range(len(city.texts))
    )


def judged(city: City, sketches: list[bytes | None], pairs: np.ndarray) -> dict:
    found = {}
    for one, other in pairs.tolist():
        held = paper.evidence(city.paper(one, sketches[one]), city.paper(other, sketches[other]))
        found[min(one, other), max(one, other)] = judge(held)
    return found


def count(verdicts) -> dict[str, int]:
    names = [str(verdict) for verdict in verdicts]
    return {name: names.count(name) for name in set(names)}


def quality(city: City, pairs: np.ndarray, verdicts: dict) -> list[dict]:
    truth = {(original, copy) for copy, original in city.copies.items()}
    own = {pair for pair in truth if not city.is_form[pair[0]]}
    met = {(min(pair), max(pair)) for pair in pairs.tolist()}
    proposed = {pair for pair, verdict in verdicts.items() if verdict in PROPOSALS}
    wrong = proposed - truth
    return [
        measure("planted copies of unique texts: share found", len(own & proposed) / len(own), 1, 0.99),
        measure("planted copies, forms too: share held against each other",
                len(truth & met) / len(truth), 1, 0.98),
        measure("planted copies, forms too: share proposed", len(truth & proposed) / len(truth), 1, 0.95),
        measure("wrong pairs proposed, of all proposed", len(wrong) / len(proposed), 0, 0.01, most=True),
        measure("wrong pairs proposed as same_paper",
                sum(verdicts[pair] == "same_paper" for pair in wrong), 0, 0, most=True),
    ]  # fmt: skip


def beside(city: City, sketches: list[bytes | None], sample: int = 1500) -> list[dict]:
    """Hold every pair of a sample against each other exactly; and go by looks alone."""
    last = list(city.copies)[-sample // 3 :]
    chosen = sorted({*last, *(city.copies[at] for at in last), *range(sample // 3)})
    pieces = {
        at: {city.texts[at][i : i + 5] for i in range(len(city.texts[at]) - 4)} for at in chosen
    }
    rows = sketch.stacked(sketches)
    errors, exact = [], {}
    started = time.process_time()
    for place, one in enumerate(chosen):
        for other in chosen[place + 1 :]:
            common = len(pieces[one] & pieces[other])
            exact[one, other] = common / (len(pieces[one]) + len(pieces[other]) - common)
    took = time.process_time() - started
    alike = [pair for pair, share in exact.items() if share >= 0.5]
    for one, other in alike:
        estimate = sketch.similarity(rows[one : one + 1], rows[other : other + 1])[0]
        errors.append(abs(float(estimate) - exact[one, other]))
    truth = {(original, copy) for copy, original in city.copies.items()}
    by_looks = {
        pair for pair in exact
        if (city.hashes[pair[0]] != city.hashes[pair[1]]).mean() <= ALIKE
    }  # fmt: skip
    wrong = len(by_looks - truth) / max(1, len(by_looks))
    all_pairs = took / len(exact) * len(city.texts) ** 2 / 2
    return [
        measure("sketches: mean error of the similarity (exact beside)", float(np.mean(errors)), 0, 0.05,
                most=True),
        measure("looks alone: wrong among the pairs they call alike (rule: <= 0.01)", wrong, 0.01, 1,
                most=True),
        {"measure": "CPU seconds all pairs exactly would take (from a sample)", "ours": None,
         "reference": round(all_pairs), "ratio": None, "goal": None, "met": None},
    ]  # fmt: skip


def cost(clock: Clock, memory: float, size: int) -> list[dict]:
    took = clock.seconds
    return [
        measure(f"CPU seconds to sketch {size} texts", took["sketch"], 45, 60, most=True),
        measure(f"CPU seconds to search all pairs of {size}", took["search"], None, 240, most=True),
        measure("CPU seconds to judge the pairs found", took["judge"], None, 240, most=True),
        measure(f"CPU seconds to search for 500 new among {size}", took["batch"], None, 10, most=True),
        measure("MiB more than the texts and looks themselves", memory, 463, 800, most=True),
    ]  # fmt: skip


def measure(
    name: str, ours: float, reference: float | None, goal: float, *, most: bool = False
) -> dict:
    ratio = round(ours / reference, 3) if reference else None
    met = ours <= goal if most else ours >= goal
    return {"measure": name, "ours": round(ours, 4), "reference": reference, "ratio": ratio,
            "goal": goal, "met": bool(met)}  # fmt: skip


if __name__ == "__main__":
    main()
