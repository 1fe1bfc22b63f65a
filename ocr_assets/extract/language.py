"""In which language a document is written, by the letters and small words of its lines.

Codes are those of Circular 05/2025. Two languages count only where each has a fair share of the
lines; what a reader of Latin letters cannot see (Hán Nôm, and Chinese on a scan) is never claimed.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence

from ocr_assets.extract.field import Finding
from ocr_assets.extract.strips import Strip

VIETNAMESE, ENGLISH, FRENCH, RUSSIAN, CHINESE, OTHER = "01", "02", "03", "04", "05", "11"
_WITH_VIETNAMESE = {ENGLISH: "06", RUSSIAN: "07", FRENCH: "08", CHINESE: "10"}
_SMALL_WORDS = {
    ENGLISH: "the of and to in for is that be by with on shall this are as at from which or an",
    FRENCH: "le la les des et du de en un une pour dans est par sur aux au ce que",
}
_SMALL_ONES = {code: frozenset(words.split()) for code, words in _SMALL_WORDS.items()}
# đ; breve, horn, tilde, hook, dot below; and any two marks on one letter.
_ONLY_VIETNAMESE = re.compile("đ|[\u0306\u031b\u0303\u0309\u0323]|[\u0300-\u036f]{2}")
_MARKED = 0.3  # of the words of a Vietnamese line bear a mark only Vietnamese has so often
_SMALL = 0.2  # of the words of an English or French line are its small words
_FEWEST = 12  # words of a document; fewer say nothing
_SHARE = 0.25  # of the words that a second language must have


def find_language(pages: Sequence[Sequence[Strip]]) -> Finding | None:
    """Return the code of the language, with the line that shows it best as evidence."""
    words: Counter[str] = Counter()
    best: dict[str, Strip] = {}
    for strip in (strip for strips in pages for strip in strips):
        code = _language_of([word.text for word in strip.words])
        if code is not None:
            words[code] += len(strip.words)
            if code not in best or len(strip.words) > len(best[code].words):
                best[code] = strip
    total = sum(words.values())
    if total < _FEWEST:
        return None
    [(first, count), *others] = words.most_common(2)
    second = next((code for code, number in others if number >= _SHARE * total), None)
    code = _pair(first, second)
    share = (count + words[second] if second else count) / total
    strips = (best[first],) if second is None else (best[first], best[second])
    return Finding(code, strips, "language:words", 0.99 if share > 0.8 else 0.8, 1.0)


def _pair(first: str, second: str | None) -> str:
    if second is None:
        return first
    other = {first, second} - {VIETNAMESE}
    return _WITH_VIETNAMESE.get(other.pop(), OTHER) if len(other) == 1 else OTHER


def _language_of(words: Sequence[str]) -> str | None:
    """Return the language a line shows, None for one that shows none: names, numbers, capitals."""
    letters = [letter for word in words for letter in word if letter.isalpha()]
    if len(letters) < 6:
        return None
    if _share(_is_latin, letters) > 0.5:
        return _latin_language_of(words)
    if _share(_is_cyrillic, letters) > 0.5:
        return RUSSIAN
    return CHINESE if _share(_is_han, letters) > 0.5 else None


def _latin_language_of(words: Sequence[str]) -> str | None:
    bare = [re.sub(r"\W", "", word).casefold() for word in words]
    bare = [word for word in bare if word.isalpha()]
    if len(bare) < 3:
        return None
    if sum(map(_is_vietnamese, bare)) >= _MARKED * len(bare):
        return VIETNAMESE
    small = {code: sum(word in ones for word in bare) for code, ones in _SMALL_ONES.items()}
    best = max(small, key=lambda code: small[code])
    return best if small[best] >= _SMALL * len(bare) else None


def _share(test: Callable[[str], bool], letters: Sequence[str]) -> float:
    return sum(map(test, letters)) / len(letters)


def _is_latin(letter: str) -> bool:
    return letter < "\u0250" or "\u1e00" <= letter <= "\u1eff"


def _is_cyrillic(letter: str) -> bool:
    return "\u0400" <= letter <= "\u04ff"


def _is_han(letter: str) -> bool:
    return "\u4e00" <= letter <= "\u9fff"


def _is_vietnamese(word: str) -> bool:
    """Return whether a word bears a letter or a tone that French and English lack."""
    return bool(_ONLY_VIETNAMESE.search(unicodedata.normalize("NFD", word)))
