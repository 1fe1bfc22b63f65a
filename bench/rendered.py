"""Pages printed from legal texts and made worse, so that every word on them is known."""

import gzip
import json
import random
import textwrap
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

A4 = (2480, 3508)
MARGIN, LEADING = 260, 66
FACES = ("Tinos_400Regular.ttf", "Tinos_400Regular_Italic.ttf", "Tinos_700Bold.ttf")
POINTS = (46, 54)  # pixels at 300 dpi: 11 and 13 points
DAMAGES = ("clean", "scan", "bad", "seal", "fax")
DOCUMENTS = 10


@dataclass(frozen=True)
class Page:
    """One printed page: what stands on it, what was done to it, what it looks like."""

    text: str
    damage: str
    image: np.ndarray


def held_out(corpus: Path) -> tuple[list[str], list[str]]:
    """Return the texts that pages are printed from, and all others (a model may know those)."""
    with gzip.open(corpus / "vn_text" / "docs.jsonl.gz", "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    chosen = random.Random(155).sample(range(len(texts)), DOCUMENTS)  # noqa: S311 - a draw, no secret
    rest = [text for number, text in enumerate(texts) if number not in chosen]
    return [texts[number] for number in chosen], rest


def pages(corpus: Path, fonts: Path) -> Iterator[Page]:
    """Yield a page of each held-out text in every state of repair."""
    for number, text in enumerate(held_out(corpus)[0]):
        face = FACES[number % len(FACES)]
        lines = _lines(text, POINTS[number % len(POINTS)])
        clean = _printed(lines, next(fonts.rglob(face)), POINTS[number % len(POINTS)])
        for damage in DAMAGES:
            random_of = np.random.default_rng(1000 * number + DAMAGES.index(damage))
            yield Page("\n".join(lines), damage, worsened(clean, damage, random_of))


def _lines(text: str, points: int) -> list[str]:
    """Return as many lines of a text as fit on a page, from a place inside it."""
    wide = int((A4[0] - 2 * MARGIN) / (points * 0.46))
    text = unicodedata.normalize("NFC", " ".join(text.split()))
    start = text.find(" ", len(text) // 3) + 1
    fit = (A4[1] - 2 * MARGIN) // int(points * 1.45)
    return textwrap.wrap(text[start : start + 9000], wide)[:fit]


def _printed(lines: list[str], face: Path, points: int) -> np.ndarray:
    page = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(page)
    font = ImageFont.truetype(str(face), points)
    for row, line in enumerate(lines):
        draw.text((MARGIN, MARGIN + row * int(points * 1.45)), line, fill=(25, 25, 25), font=font)
    return np.asarray(page)


def worsened(page: np.ndarray, damage: str, random_of: np.random.Generator) -> np.ndarray:
    """Return a page as a scanner or a fax in that state of repair gives it."""
    if damage == "clean":
        return page
    if damage == "scan":
        return _jpeg(_grain(cv2.GaussianBlur(_turned(page, 0.5), (3, 3), 0.8), 10, random_of), 50)
    if damage == "bad":
        pale = cv2.convertScaleAbs(_turned(page, -1.0), alpha=0.65, beta=70)
        return _jpeg(_grain(_uneven(cv2.GaussianBlur(pale, (5, 5), 1.1)), 22, random_of), 30)
    if damage == "seal":
        return _jpeg(_sealed(page, random_of), 70)
    small = cv2.resize(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), None, fx=2 / 3, fy=2 / 3)
    black = np.where(_grain(small, 14, random_of) < 150, 0, 255).astype(np.uint8)
    return cv2.cvtColor(cv2.resize(black, A4, interpolation=cv2.INTER_NEAREST), cv2.COLOR_GRAY2RGB)


def _turned(page: np.ndarray, degrees: float) -> np.ndarray:
    matrix = cv2.getRotationMatrix2D((A4[0] / 2, A4[1] / 2), degrees, 1.0)
    return cv2.warpAffine(page, matrix, A4, borderValue=(255, 255, 255))


def _grain(page: np.ndarray, strength: float, random_of: np.random.Generator) -> np.ndarray:
    noise = random_of.normal(0, strength, page.shape[:2])
    noise = noise[..., None] if page.ndim == 3 else noise
    return np.clip(page + noise, 0, 255).astype(np.uint8)


def _uneven(page: np.ndarray) -> np.ndarray:
    height, width = page.shape[:2]
    light = np.linspace(0.72, 1.0, width)[None, :] * np.linspace(1.0, 0.85, height)[:, None]
    return (page * light[..., None]).astype(np.uint8)


def _sealed(page: np.ndarray, random_of: np.random.Generator) -> np.ndarray:
    ink = page.copy()
    for _ in range(3):
        place = tuple(int(n) for n in random_of.integers((500, 500), (A4[0] - 500, A4[1] - 500)))
        cv2.circle(ink, place, 230, (205, 45, 55), 14)
        cv2.circle(ink, place, 150, (205, 45, 55), 8)
        cv2.putText(ink, "UBND", (place[0] - 120, place[1] + 25), 0, 3, (205, 45, 55), 9)
    return np.minimum(page, ink)


def _jpeg(page: np.ndarray, quality: int) -> np.ndarray:
    told = cv2.imencode(".jpg", page[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.ascontiguousarray(cv2.imdecode(told, cv2.IMREAD_COLOR)[..., ::-1])
