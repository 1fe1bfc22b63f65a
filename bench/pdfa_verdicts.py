"""Files whose PDF/A verdict their makers state, against both judges and the gate made of them.

Each suite is judged at its own level where a judge knows it, and by our gate, which asks for
PDF/A-2b of every archive copy. Prints a table; writes bench/out/pdfa_verdicts.json.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pikepdf import pdfa

from bench.fields import CORPUS, HERE, TOOLS
from ocr_assets.judge import Judgement, objection
from ocr_assets.toolbox import Toolbox
from ocr_assets.verapdf import VeraPdf
from ocr_assets.verdict import Verdict

MAIN = "org.verapdf.apps.GreenfieldCliWrapper"
LEVELS_OF_PIKEPDF = {"1b", "2b", "3b"}
WORDS = {"pass": Verdict.PASSED, "fail": Verdict.FAILED, "not_checked": Verdict.NOT_CHECKED}


@dataclass(frozen=True)
class Tally:
    """What became of the files of one suite with one stated verdict."""

    suite: str
    level: str
    is_good: bool
    files: int
    verapdf: int  # at the suite's level, as stated
    pikepdf: int | None  # at the suite's level, as stated; None where it knows no such level
    either: int | None  # refused by one of the two, or passed by both
    gate: int  # what our gate would let into the archive as PDF/A-2b


def suites() -> dict[tuple[str, str], list[Path]]:
    found: dict[tuple[str, str], list[Path]] = {}
    for path in sorted((CORPUS / "pdfa").rglob("*.pdf")):
        suite = path.parent.name
        level = suite.removeprefix("PDF_A-") if suite.startswith("PDF_A-") else "2b"
        found.setdefault((suite, level), []).append(path)
    return found


def by_verapdf(files: Sequence[Path], level: str, toolbox: Toolbox) -> dict[Path, bool]:
    """Return whether each file passes at ``level``; our own judge only knows 2b."""
    with tempfile.TemporaryDirectory() as home:
        names = {str(Path(home) / f"{n}.pdf"): file for n, file in enumerate(files)}
        for name, file in names.items():
            Path(name).symlink_to(file)
        start = [str(toolbox.java), f"-Duser.home={home}", "-cp", str(toolbox.verapdf_jar), MAIN]
        asked = ["-f", level, "--format", "text", "--loglevel", "0", "--maxfailures", "1"]
        done = subprocess.run([*start, *asked, *names], capture_output=True, text=True, check=False)
    said = re.findall(r"^(PASS|FAIL) (\S+)", done.stdout, flags=re.MULTILINE)
    return {names[name]: word == "PASS" for word, name in said if name in names}


def gate(files: Sequence[Path], toolbox: Toolbox) -> dict[Path, bool]:
    """Return whether our gate would let each file in, as far as its form goes."""
    theirs = VeraPdf(toolbox.verapdf_jar, toolbox.java).judge(files)
    ours = {path: WORDS[pdfa.validate_written(path, "2b").verdict] for path in files}
    found = {
        path: Judgement(pikepdf=said, is_text_equal=True, are_images_unchanged=True)
        for path, said in ours.items()
    }
    return {path: objection(found[path], theirs[path]) is None for path in files}


def tallies(toolbox: Toolbox) -> list[Tally]:
    made = []
    for (suite, level), files in suites().items():
        java, let_in = by_verapdf(files, level, toolbox), gate(files, toolbox)
        knows = level in LEVELS_OF_PIKEPDF
        own = {p: pdfa.validate_written(p, level).verdict == "pass" for p in files if knows}
        for is_good in (True, False):
            some = [path for path in files if ("-pass" in path.name) is is_good]
            if not some:
                continue
            both = {path: java.get(path, False) and own.get(path, False) for path in some}
            made.append(
                Tally(
                    suite,
                    level,
                    is_good,
                    len(some),
                    sum(java.get(path) is is_good for path in some),
                    sum(own[path] is is_good for path in some) if knows else None,
                    sum(both[path] is is_good for path in some) if knows else None,
                    sum(let_in[path] for path in some),
                )
            )
    return made


def show(rows: Sequence[Tally]) -> None:
    print(f"{'suite':10} {'level':5} {'stated':6} {'files':>5}  as stated by:")
    print(f"{'':29}  {'veraPDF':>8} {'pikepdf':>8} {'the two':>8}   let in as 2b")
    for row in rows:
        told = [("-" if n is None else str(n)) for n in (row.verapdf, row.pikepdf, row.either)]
        stated = "pass" if row.is_good else "fail"
        print(
            f"{row.suite:10} {row.level:5} {stated:6} {row.files:>5}  "
            f"{told[0]:>8} {told[1]:>8} {told[2]:>8}   {row.gate:>4}"
        )


def main() -> None:
    if not (CORPUS / "pdfa").is_dir():
        sys.exit("no corpus: set KHO_CORPUS")
    rows = tallies(Toolbox(TOOLS))
    show(rows)
    files = sum(row.files for row in rows)
    right = sum(row.verapdf for row in rows)
    bad = [row for row in rows if not row.is_good and row.level == "2b"]
    print(f"\nveraPDF as stated: {right} of {files}")
    print(f"bad 2b files let in: {sum(row.gate for row in bad)} of {sum(row.files for row in bad)}")
    (HERE / "out").mkdir(exist_ok=True)
    told = json.dumps([row.__dict__ for row in rows], indent=1)
    (HERE / "out" / "pdfa_verdicts.json").write_text(told, encoding="utf-8")
    if sum(row.gate for row in bad):
        sys.exit(1)


if __name__ == "__main__":
    main()
