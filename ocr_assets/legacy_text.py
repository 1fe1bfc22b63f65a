"""Text of the time before Unicode, known by its characters when the fonts do not tell.

In TCVN3 and VNI a Vietnamese letter is a code that Unicode gives to another character: the page
looks right, and what it copies is ``Céng hßa x· héi`` or ``Coäng hoøa xaõ hoäi``.
"""

import re

# Codes of TCVN3 letters that no word of any language has between its letters.
_TCVN3 = re.compile("[µ¸¶·¹¨»¾¼½©®ª«¬\xad§¦¥¤£¢¡×÷]")
# VNI: a vowel followed by the code of its mark, which Unicode shows as a vowel of its own.
_VNI = re.compile("[aeiouyAEIOUYöôÖÔ][ùøûõïáàåãäéèëêâúüýÙØÛÕÏÁÀÅÃÄÉÈËÊÂÚÜÝ]|[aeiouy]ñ|ñ[aeiouyöô]")
# Letters that only Vietnamese in Unicode has.
_UNICODE = re.compile("[ăđơưĂĐƠƯ\u1ea0-\u1ef9]")
_WORD = re.compile(r"[^\W\d_\xad]?[^\s\d.,;:!?()\"'/]+")
_FEWEST_WORDS = 12
_SHARE = 0.3  # of the words; Vietnamese has more, French and Portuguese far less


def is_legacy_text(text: str) -> bool:
    """Return whether ``text`` is Vietnamese in TCVN3 or VNI codes, shown as Unicode."""
    words = [word for word in _WORD.findall(text) if len(word) > 1]
    if len(words) < _FEWEST_WORDS:
        return False
    least = _SHARE * len(words)
    if sum(bool(_UNICODE.search(word)) for word in words) > least:
        return False
    return any(sum(bool(codes.search(word)) for word in words) > least for codes in (_TCVN3, _VNI))
