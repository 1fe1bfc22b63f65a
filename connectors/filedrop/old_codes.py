"""Vietnamese of the time before Unicode, letter by letter: TCVN3 (ABC) and VNI.

Both give letters the codes of other characters of Windows' western code page, so that a file reads
``Sè, ký hiÖu`` for ``Số, ký hiệu``. ocr_assets only has to know such text; here it is turned back.
"""

import re
import unicodedata

TONES = "\u0300\u0301\u0309\u0303\u0323"  # huyền, sắc, hỏi, ngã, nặng: the order of the tables
# TCVN3: one code a letter; capitals have codes only without a tone (fonts show small ones large).
_TCVN3_TONED = {
    "a": "µ¸¶·¹", "ă": "»¾¼½Æ", "â": "ÇÊÈÉË", "e": "ÌÐÎÏÑ", "ê": "ÒÕÓÔÖ", "i": "×ÝØÜÞ",
    "o": "ßãáâä", "ô": "åèæçé", "ơ": "êíëìî", "u": "ïóñòô", "ư": "õøö÷ù", "y": "úýûüþ",
}  # fmt: skip
_TCVN3_PLAIN = dict(zip("ăâêôơưđĂÂÊÔƠƯĐ", "¨©ª«¬\xad®¡¢£¤¥¦§", strict=True))
# VNI: a vowel, then the code of its marks; ơ, ư, đ and the forms of i have codes of their own.
_VNI_TONES = "øùûõï"
_VNI_HATTED = {"ă": "êèéúüë", "â": "âàáåãä"}
_VNI_SINGLE = {"ơ": "ô", "ư": "ö", "đ": "ñ", "ỉ": "æ", "ĩ": "ó", "ị": "ò", "ỵ": "î"}
_VNI_I = {"í": "í", "ì": "ì"}


def _toned(letter: str) -> list[str]:
    """Return a letter with each tone, in the order of the tables."""
    return [unicodedata.normalize("NFC", letter + tone) for tone in TONES]


def _tcvn3() -> dict[str, str]:
    table = {code: letter for letter, code in _TCVN3_PLAIN.items()}
    for letter, codes in _TCVN3_TONED.items():
        table.update(zip(codes, _toned(letter), strict=True))
    return table


def _vni() -> dict[str, str]:
    table: dict[str, str] = {}
    for bare in "aeiouy":
        table.update({bare + mark: one for mark, one in zip(_VNI_TONES, _toned(bare), strict=True)})
    for letter, bare in (("ơ", "ô"), ("ư", "ö")):
        pairs = zip(_VNI_TONES, _toned(letter), strict=True)
        table.update({bare + mark: one for mark, one in pairs})
    for letter, bare in (("ă", "a"), ("â", "a"), ("ê", "e"), ("ô", "o")):
        codes = _VNI_HATTED["ă" if letter == "ă" else "â"]
        plain, marks = codes[:1], codes[1:]
        table[bare + plain] = letter
        table.update({bare + mark: one for mark, one in zip(marks, _toned(letter), strict=True)})
    table |= {code: letter for letter, code in (_VNI_SINGLE | _VNI_I).items()}
    capitals = {code.upper(): letter.upper() for code, letter in table.items()}
    mixed = {
        code[0].upper() + code[1:]: letter.upper() for code, letter in table.items() if code[1:]
    }
    return mixed | capitals | table


TCVN3, VNI = _tcvn3(), _vni()
_VNI_CODES = re.compile("|".join(sorted(map(re.escape, VNI), key=len, reverse=True)))
_UNICODE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9\u0300\u0301\u0303\u0309\u0323]")
# Characters of TCVN3 that stand between the letters of no language.
_TELLTALE = re.compile("[A-Za-z][µ¸¶·¹¨»¾¼½©®ª«¬\xad§¦¥¤£¢¡×÷]|[µ¸¶·¹¨»¾¼½©®ª«¬§][A-Za-z]")


def from_tcvn3(text: str) -> str:
    """Return text in TCVN3 codes as Unicode; text that is Unicode already stays."""
    if _UNICODE.search(text):
        return text
    return "".join(TCVN3.get(sign, sign) for sign in text)


def from_vni(text: str) -> str:
    """Return text in VNI codes as Unicode; text that is Unicode already stays."""
    if _UNICODE.search(text):
        return text
    return _VNI_CODES.sub(lambda code: VNI[code.group()], text)


def is_unicode(text: str) -> bool:
    """Say whether a cell has letters that only Vietnamese in Unicode has."""
    return bool(_UNICODE.search(text))


def looks_old(text: str) -> bool:
    """Say whether a cell holds codes that only a text of that time has."""
    return bool(_TELLTALE.search(text)) and not _UNICODE.search(text)
