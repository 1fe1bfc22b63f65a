"""Fonts that a PDF names but does not carry, given by free fonts of the same widths.

Tinos, Arimo and Cousine were drawn to the widths of Times New Roman, Arial and Courier New, so a
page keeps its lines; the names in the document stay as they were.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pikepdf
from fontTools.agl import UV2AGL, toUnicode
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf, Stream

from ocr_assets.drawn import holders_of, resource_of

_FAMILIES = (
    ("Tinos", ("times", "tinos", "liberationserif")),
    ("Arimo", ("arial", "helvetica", "arimo", "liberationsans")),
    ("Cousine", ("courier", "cousine", "liberationmono")),
)
_LEGACY = re.compile(r"/?(?:[.]Vn|#2eVn|VNI[-#]|VNtime|VN[AH]rial)", re.IGNORECASE)
_CODES = range(32, 256)
_NONSYMBOLIC = 1 << 5
_EMBEDDED_AS = ("/FontFile", "/FontFile2", "/FontFile3")


def embed_missing_fonts(pdf: Pdf, page: pikepdf.Page, fonts: Path) -> None:
    """Give each simple font of ``page`` that comes without a program the free one like it.

    ``fonts`` is the folder of font packages. Fonts of other families, and fonts by glyph number,
    stay as they are; the page is then shown by its picture.
    """
    for font in _fonts_of(page):
        program = _program_for(_name_of(font), fonts) if _needs_program(font) else None
        if program is not None:
            _embed(pdf, font, program)


def has_legacy_text(page: pikepdf.Page) -> bool:
    """Return whether the page is set in fonts of the time before Unicode (TCVN3, VNI).

    Its text looks right and copies as nonsense, so it must be read from its picture.
    """
    return any(_LEGACY.match(_name_of(font).rpartition("+")[2]) for font in _fonts_of(page))


def _fonts_of(page: pikepdf.Page) -> Iterator[Dictionary]:
    for holder in holders_of(page):
        named = resource_of(holder, Name.Font)
        for font in named.as_dict().values() if named is not None else ():
            if isinstance(font, Dictionary):
                yield font


def _needs_program(font: Dictionary) -> bool:
    if font.get("/Subtype") not in (Name.TrueType, Name.Type1):
        return False
    descriptor = font.get("/FontDescriptor")
    return not (
        isinstance(descriptor, Dictionary) and any(key in descriptor for key in _EMBEDDED_AS)
    )


def _name_of(font: Dictionary) -> str:
    """Return the font's name; names are bytes of no known encoding, not always text."""
    name = font.get("/BaseFont")
    return name.unparse().decode("ascii", "replace") if isinstance(name, Name) else ""


def _program_for(name: str, fonts: Path) -> Path | None:
    """Return the file of the free font that stands in for ``name``, or None."""
    plain = name.lower().rpartition("+")[2].replace(" ", "").lstrip("/")
    family = next((ours for ours, theirs in _FAMILIES if plain.startswith(theirs)), None)
    if family is None:
        return None
    style = "700Bold" if "bold" in plain else "400Regular"
    style += "_Italic" if "italic" in plain or "oblique" in plain else ""
    path = fonts / "@expo-google-fonts" / family.lower() / style / f"{family}_{style}.ttf"
    return path if path.is_file() else None


@lru_cache(maxsize=16)
def _metrics(program: Path) -> tuple[dict[int, int], dict[str, int], list[int], int]:
    """Return widths by character, and what a descriptor tells, in thousandths of the size."""
    with TTFont(program, lazy=True) as font:
        scale = 1000 / font["head"].unitsPerEm
        widths = {
            code: round(font["hmtx"][glyph][0] * scale)
            for code, glyph in font.getBestCmap().items()
        }
        head, lines, os2 = font["head"], font["hhea"], font["OS/2"]
        heights = {
            "/Ascent": round(lines.ascent * scale),
            "/Descent": round(lines.descent * scale),
            "/CapHeight": round(os2.sCapHeight * scale),
        }
        box = [round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)]
        return widths, heights, box, round(font["post"].italicAngle)


def _embed(pdf: Pdf, font: Dictionary, program: Path) -> None:
    widths, heights, box, angle = _metrics(program)
    glyphs = _glyph_names(font)
    font.Encoding = _encoding(glyphs)
    font.Subtype = Name.TrueType
    font.FirstChar, font.LastChar = _CODES.start, _CODES.stop - 1
    font.Widths = Array([_width(glyphs.get(code), widths) for code in _CODES])
    font.FontDescriptor = pdf.make_indirect(
        Dictionary(
            Type=Name.FontDescriptor,
            FontName=font.BaseFont,
            Flags=_NONSYMBOLIC,
            FontBBox=Array(box),
            ItalicAngle=angle,
            StemV=80,
            FontFile2=_program_stream(pdf, program),
        )
    )
    for key, height in heights.items():
        font.FontDescriptor[key] = height


def _program_stream(pdf: Pdf, program: Path) -> Stream:
    data = program.read_bytes()
    return pdf.make_stream(data, Length1=len(data))


def _width(glyph: str | None, widths: dict[int, int]) -> int:
    character = toUnicode(glyph) if glyph else ""
    return widths.get(ord(character), 0) if len(character) == 1 else 0


def _encoding(glyphs: dict[int, str]) -> Dictionary:
    """Return the encoding spelled out code by code, where Windows' own would say otherwise."""
    windows = _windows()
    different: list[int | Name] = []
    for code, glyph in sorted(glyphs.items()):
        if windows.get(code) != glyph:
            different += [code, Name("/" + glyph)]
    encoding = Dictionary(Type=Name.Encoding, BaseEncoding=Name.WinAnsiEncoding)
    if different:
        encoding.Differences = Array(different)
    return encoding


def _windows() -> dict[int, str]:
    characters = {code: bytes([code]).decode("cp1252", "ignore") for code in _CODES}
    names = {code: UV2AGL.get(ord(text), "") for code, text in characters.items() if text}
    return names | {160: "space", 173: "hyphen"}


def _glyph_names(font: Dictionary) -> dict[int, str]:
    """Return the glyph name of every code the font's encoding gives one."""
    encoding = font.get("/Encoding")
    base = encoding.get("/BaseEncoding") if isinstance(encoding, Dictionary) else encoding
    is_windows = base == Name.WinAnsiEncoding or font.get("/Subtype") == Name.TrueType
    standard = {code: name for code, name in enumerate(StandardEncoding) if name != ".notdef"}
    glyphs = dict(_windows() if is_windows else standard)
    if isinstance(encoding, Dictionary):
        glyphs |= _differences(encoding.get("/Differences", Array()))
    return {code: glyph for code, glyph in glyphs.items() if code in _CODES}


def _differences(listed: pikepdf.Object) -> dict[int, str]:
    names: dict[int, str] = {}
    code = 0
    for item in listed:
        if isinstance(item, Name):
            names[code] = str(item)[1:]
            code += 1
        else:
            code = int(item)
    return names
