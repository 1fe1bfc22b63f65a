"""What proposals are worth: retention groups, keywords, personal data, and what a vector costs.

Groups are held against labels given by one reader before the rules were written
(bench/suggestion_labels.csv; several where a clerk could choose either): on the sample city, on the
abstracts of the real scans of the corpus, and on 30 legal texts whose titles were not seen while
the rules were written. Personal data is held against drawn lines with what
only looks alike among them, and looked for in published legal texts, which hold next to none.
"""

import csv
import gzip
import json
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from demo.documents import TYPE_NAMES, documents
from demo.outgoing import ROWS
from ocr_assets.language_model import LanguageModel
from ocr_assets.reading import Box, Line, PageReading, Word
from ocr_assets.suggest.embedding import BundledE5
from ocr_assets.suggest.keywords import keywords
from ocr_assets.suggest.passage import passage
from ocr_assets.suggest.personal import personal_data
from ocr_assets.suggest.retention import retention, rules_of
from ocr_assets.suggest.sheet import FieldText, Sheet
from ocr_assets.suggest.summary import summary

HERE = Path(__file__).resolve().parent
CORPUS = Path(os.environ.get("KHO_CORPUS", HERE.parent.parent / "shared" / "corpus"))
SEEDS = HERE.parent / "dbt_project" / "seeds"
RULES = rules_of((SEEDS / "list_retention_rules.csv").read_text(encoding="utf-8"))
WIDTH, HEIGHT, ROW, LETTER = 1654, 2339, 40, 14
BOX = (0.1, 0.01, 0.9, 0.02)


def sheet_of(lines: list[str], fields: dict[str, str]) -> Sheet:
    """Return text as a sheet: a line a row, fields above it."""
    pages, rows = [], [line for line in lines if line.strip()]
    per_page = HEIGHT // ROW - 3
    for start in range(0, max(1, len(rows)), per_page):
        drawn = tuple(_line(text, 2 + at) for at, text in enumerate(rows[start : start + per_page]))
        pages.append(PageReading(len(pages) + 1, WIDTH, HEIGHT, 200.0, 0, drawn))
    return Sheet.of(pages, {name: FieldText(value, 1, BOX) for name, value in fields.items()})


def _line(text: str, row: int) -> Line:
    x, words = 100, []
    for part in text.split():
        words.append(Word(part, Box(x, row * ROW, x + len(part) * LETTER, row * ROW + 28), 0.99))
        x += (len(part) + 1) * LETTER
    box = Box(words[0].box.left, row * ROW, words[-1].box.right, row * ROW + 28)
    return Line(tuple(words), box, 0.99, "text")


def wrapped(text: str, width: int = 90) -> list[str]:
    """Return a paragraph as lines of a page."""
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line] if line else lines


def city() -> dict[str, tuple[Sheet, str]]:
    """Return the sample city's documents as their clerks typed them, with their topics."""
    topics = {row.key: row.topic for row in ROWS}
    found = {}
    for key, one in documents(7).items():
        fields = {name: one.fields()[name] for name in ("type", "issuer", "abstract")}
        lines = [line for part in one.body for line in wrapped(part.text)]
        found[key] = sheet_of(lines, fields), topics[key]
    return found


def corpus() -> dict[str, Sheet]:
    """Return the real scans by what a reader labelled: type, issuer, abstract; no text."""
    found = {}
    for folder in ("vn_scans", "vn_scans_diverse"):
        with (CORPUS / folder / "labels.csv").open(encoding="utf-8") as file:
            for row in csv.DictReader(file):
                fields = {
                    "type": row["loai_van_ban"],
                    "issuer": row["co_quan_ban_hanh"],
                    "abstract": row["trich_yeu"],
                }
                found[row["file"]] = sheet_of([], {k: v for k, v in fields.items() if v})
    return found


def texts() -> dict[str, Sheet]:
    """Return the legal texts of the corpus by what their portal says of them; no text."""
    with (CORPUS / "vn_text" / "labels.csv").open(encoding="utf-8") as file:
        return {
            row["id"]: sheet_of(
                [],
                {
                    "type": row["loai_van_ban"],
                    "issuer": row["co_quan_from_body"],
                    "abstract": row["trich_yeu"],
                },
            )
            for row in csv.DictReader(file)
        }


def retention_table(sheets: dict[str, Sheet], source: str) -> None:
    """Print how often the first, or any, proposed group is one of the labelled ones."""
    with (HERE / "suggestion_labels.csv").open(encoding="utf-8") as file:
        labels = {
            row["key"]: set(row["groups"].split("|"))
            for row in csv.DictReader(file)
            if row["source"] == source
        }
    tally: Counter[str] = Counter()
    for key, wanted in labels.items():
        groups = [one.value for one in retention(sheets[key], RULES)]
        tally["proposed"] += bool(groups)
        tally["first right"] += groups[:1] != [] and groups[0] in wanted
        tally["any right"] += bool(wanted & set(groups))
        if groups and groups[0] not in wanted:
            print(f"    {key}: {groups[0]} for {'|'.join(sorted(wanted))}")
    print(
        f"  {source}: {len(labels)} documents, proposed {tally['proposed']}, "
        f"first right {tally['first right']}, among three {tally['any right']}"
    )


def keyword_table(found: dict[str, tuple[Sheet, str]], model: LanguageModel) -> None:
    """Print how often keywords and the summary speak of the topic the clerk wrote about."""
    hits = said = total = first = chosen = about = 0
    for sheet, topic in found.values():
        words = [one.value for one in keywords(sheet, model)]
        telling = set(topic.lower().replace(",", "").split())
        fits = [len(telling & set(word.split())) * 2 >= len(word.split()) for word in words]
        total, said, hits = total + 1, said + len(words), hits + sum(fits)
        first += bool(fits and any(fits[:2]))
        sentence = summary(sheet, words)
        chosen += sentence is not None
        about += sentence is not None and topic.lower() in sentence.value.lower()
    print(f"  keywords {said} of {total} documents, {hits} of the topic; among first two {first}")
    print(f"  summaries {chosen} of {total}, {about} with the topic word for word")


def drawn_lines(rng: random.Random) -> Iterator[tuple[str, str | None]]:
    """Yield lines as offices write them, with the kind of personal data in each, or None."""

    def digits(count: int) -> str:
        return "".join(rng.choices("0123456789", k=count))

    def person() -> str:
        place = f"{rng.choice([1, 24, 30, 36, 79]):03}"
        return f"{place}{rng.choice('01')}{rng.randint(40, 99)}{digits(6)}"

    for _ in range(25):
        yield f"Ông Nguyễn Văn Mẫu, CCCD số {person()} do Cục Cảnh sát cấp", "id_number"
        yield f"Bà Lê Thị Mẫu sinh năm 1970 {person()} thôn Mẫu", "id_number"
        yield f"có số định danh cá nhân là {person()};", "id_number"
        yield f"CMND: {digits(9)} cấp ngày 02/3/2010", "old_id_number"
        yield f"số chứng minh nhân dân {digits(3)} {digits(3)} {digits(3)} nơi cấp", "old_id_number"
        yield f"liên hệ đồng chí Mẫu 09{digits(2)}.{digits(3)}.{digits(3)} để biết", "phone"
        yield f"SĐT: 03{rng.choice('23456789')}{digits(7)}", "phone"
        yield f"số tài khoản {digits(13)} tại Ngân hàng Mẫu", "bank_account"
        yield f"Mã số thuế: 010{digits(7)}, trụ sở tại xã Mẫu", None
        yield f"kinh phí {rng.randint(1, 9)}.{digits(3)}.{digits(3)}.{digits(3)} đồng", None
        yield f"Số: {digits(3)}/UBND-VP ngày 12/{rng.randint(1, 12):02}/2021", None
        yield f"Điện thoại: 024.3{digits(7)}; Fax: 024.3{digits(7)}", None
        yield f"Mã hồ sơ: 000.00.16.H26-21{digits(4)}-{digits(4)}", None
        yield f"tài khoản {digits(4)}.0.{digits(7)} tại Kho bạc Nhà nước Mẫu", None
        yield f"thửa đất số {digits(3)} tờ bản đồ số {digits(2)}, {digits(5)},{digits(1)} m2", None
        yield f"Hóa đơn điện tử số 00{digits(6)} ngày 5/6/2023", None


def personal_table() -> None:
    """Print precision and recall on drawn lines, and what is found in published texts."""
    right: Counter[str] = Counter()
    false: Counter[str] = Counter()
    wanted: Counter[str] = Counter()
    for line, kind in drawn_lines(random.Random(5)):  # noqa: S311 - made-up lines
        found = {one.value for one in personal_data(sheet_of([line], {}))}
        wanted[kind or "none"] += 1
        for value in found:
            (right if value == kind else false)[value] += 1
    for kind in ("id_number", "old_id_number", "phone", "bank_account"):
        print(
            f"  {kind}: found {right[kind]} of {wanted[kind]}, {false[kind]} wrong"
            f" (among {wanted['none']} lines without any)"
        )
    letters, seen = 0, Counter()
    with gzip.open(CORPUS / "vn_text" / "docs.jsonl.gz", "rt", encoding="utf-8") as file:
        for row in file:
            text = json.loads(row)["text"]
            letters += len(text)
            lines = [part for line in text.split("\n") for part in wrapped(line)]
            for one in personal_data(sheet_of(lines, {})):
                seen[one.value] += one.count
    print(f"  160 legal texts, {letters / 1e6:.1f} M letters: {dict(seen)} seen")


def cost_table(found: dict[str, tuple[Sheet, str]], model: LanguageModel) -> None:
    """Print the processor time of one document's proposals and of its vector."""
    started = time.process_time()
    for sheet, _ in found.values():
        words = [one.value for one in keywords(sheet, model)]
        summary(sheet, words)
        list(personal_data(sheet))
        list(retention(sheet, RULES))
    proposals = (time.process_time() - started) / len(found)
    engine = BundledE5()
    texts = [passage(sheet) for sheet, _ in found.values()]
    started = time.process_time()
    vectors = np.array(engine.embed(texts))
    vector = (time.process_time() - started) / len(found)
    likeness = vectors @ vectors.T
    others = likeness[~np.eye(len(vectors), dtype=bool)]
    print(f"  proposals {proposals * 1000:.0f} ms CPU a document, vector {vector * 1000:.0f} ms")
    print(
        f"  likeness of the city's documents to each other: median {np.median(others):.3f},"
        f" 95 % {np.quantile(others, 0.95):.3f}, greatest {others.max():.3f}"
    )


def main() -> None:
    found, model = city(), LanguageModel()
    assert set(TYPE_NAMES.values()) >= {s.value("type") for s, _ in found.values()}
    print("retention groups by rule:")
    retention_table({key: sheet for key, (sheet, _) in found.items()}, "city")
    retention_table(corpus(), "corpus")
    retention_table(texts(), "texts")
    print("keywords and summary (sample city):")
    keyword_table(found, model)
    print("personal data:")
    personal_table()
    print("cost:")
    cost_table(found, model)


if __name__ == "__main__":
    main()
