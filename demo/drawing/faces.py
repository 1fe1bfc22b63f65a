"""Type faces by style, with the promise that no letter is drawn that the face lacks."""

import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont
from PIL import ImageFont

from demo.errors import AssetMissing, GlyphMissing

STYLES = {
    "r": "Tinos_400Regular.ttf",
    "b": "Tinos_700Bold.ttf",
    "i": "Tinos_400Regular_Italic.ttf",
    "bi": "Tinos_700Bold_Italic.ttf",
    "stamp": "Arimo_700Bold.ttf",
    "pen": "Caveat_500Medium.ttf",
}


class Faces:
    """The faces found in a folder of fonts, each opened once at each size."""

    def __init__(self, folder: Path, names: dict[str, str] | None = None) -> None:
        self._paths = {style: _find(folder, name) for style, name in (names or STYLES).items()}
        self._fonts: dict[tuple[str, int], ImageFont.FreeTypeFont] = {}
        self._checked: set[tuple[str, str]] = set()

    def path(self, style: str) -> Path:
        """Return the file of a style, for those who embed it."""
        return self._paths[style]

    def font(self, style: str, pixels: int) -> ImageFont.FreeTypeFont:
        """Return the face of ``style`` at a size in pixels."""
        key = style, pixels
        if key not in self._fonts:
            self._fonts[key] = ImageFont.truetype(
                str(self._paths[style]), pixels, layout_engine=ImageFont.Layout.BASIC
            )
        return self._fonts[key]

    def checked(self, style: str, text: str) -> str:
        """Return ``text`` composed (NFC), once every letter is known to have a glyph.

        Raises:
            GlyphMissing: the face would draw a box instead of a letter.
        """
        text = unicodedata.normalize("NFC", text)
        if (style, text) not in self._checked:
            missing = {letter for letter in text if ord(letter) not in _letters(self._paths[style])}
            if missing:
                raise GlyphMissing(f"{self._paths[style].name} lacks {len(missing)} letters")
            self._checked.add((style, text))
        return text

    def width(self, style: str, pixels: int, text: str) -> float:
        """Return how wide ``text`` is, in pixels."""
        return self.font(style, pixels).getlength(self.checked(style, text))


@cache
def _letters(path: Path) -> frozenset[int]:
    with TTFont(path, lazy=True) as font:
        return frozenset(font.getBestCmap())


def _find(folder: Path, name: str) -> Path:
    found = sorted(folder.rglob(name))
    if not found:
        raise AssetMissing(f"the font {name} is not under the fonts folder; run ./kho setup")
    return found[0]
