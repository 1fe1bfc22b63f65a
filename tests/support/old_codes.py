"""Vietnamese as the codes of the time before Unicode show it, for tests about old text layers."""

import unicodedata

_MARKS = "\u0300\u0301\u0309\u0303\u0323"  # huyền, sắc, hỏi, ngã, nặng
# TCVN3 letter codes, as Windows' own code page shows them, in the order of _MARKS.
_TCVN3 = {
    "a": "µ¸¶·¹",
    "ă": "»¾¼½Æ",
    "â": "ÇÊÈÉË",
    "e": "ÌÐÎÏÑ",
    "ê": "ÒÕÓÔÖ",
    "i": "×ÝØÜÞ",
    "o": "ßãáâä",
    "ô": "åèæçé",
    "ơ": "êíëìî",
    "u": "ïóñòô",
    "ư": "õøö÷ù",
    "y": "úýûüþ",
}
_TCVN3_PLAIN = dict(zip("ăâêôơưđĂÂÊÔƠƯĐ", "¨©ª«¬\xad®¡¢£¤¥¦§", strict=True))
_VNI_MARKS = dict(zip(_MARKS, "øùûõï", strict=True))
_VNI_HAT = {"ă": "ê", "â": "â", "ê": "â", "ô": "â"}
_VNI_PLAIN = {"ơ": "ô", "ư": "ö", "đ": "ñ", "Ơ": "Ô", "Ư": "Ö", "Đ": "Ñ"}
_VNI_HATTED = {"ă": "èéúüë", "â": "àáåãä"}


def _parts(letter):
    """Return a letter without its tone, and the tone."""
    split = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in split if mark in _MARKS), "")
    return unicodedata.normalize("NFC", split.replace(tone, "") if tone else split), tone


def tcvn3(text):
    """Return what a TCVN3 text layer of ``text`` copies as."""
    return "".join(map(_tcvn3, unicodedata.normalize("NFC", text)))


def _tcvn3(letter):
    plain, tone = _parts(letter)
    codes = _TCVN3.get(plain.lower())
    if tone and codes:
        return codes[_MARKS.index(tone)]
    return _TCVN3_PLAIN.get(plain, plain)


def vni(text):
    """Return what a VNI text layer of ``text`` copies as."""
    return "".join(map(_vni, unicodedata.normalize("NFC", text)))


def _vni(letter):
    plain, tone = _parts(letter)
    low = plain.lower()
    if low in _VNI_HAT:
        bare = "a" if low in "ăâ" else {"ê": "e", "ô": "o"}[low]
        marked = _VNI_HATTED["ă" if low == "ă" else "â"]
        mark = marked[_MARKS.index(tone)] if tone else _VNI_HAT[low]
        return bare + mark
    return _VNI_PLAIN.get(plain, plain) + (_VNI_MARKS[tone] if tone else "")
