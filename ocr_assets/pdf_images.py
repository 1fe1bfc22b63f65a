"""The picture streams of a PDF page: finding them, checking them, telling them apart by hash."""

import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from typing import TypeGuard

import pikepdf
from PIL import Image

from ocr_assets.drawn import content_of, holders_of, resource_of

#: Filters whose bytes every save keeps as they are; what is packed otherwise may be packed anew.
_KEPT_AS_IS = frozenset({"/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/JBIG2Decode"})
_NAMED = re.compile(rb"/([^\s/\[\]()<>{}%]+)\s+Do\b")
_FEWEST_PIXELS = 64 * 64
_DEVICE_COMPONENTS = {"/DeviceRGB": 3, "/CalRGB": 3, "/DeviceCMYK": 4}
_SAME_SHAPE = 0.15
_POINTS = 72


def page_images(page: pikepdf.Page) -> list[pikepdf.Stream]:
    """Return the picture streams a page draws, each once, with their masks, forms included."""
    found: dict[tuple[int, int], pikepdf.Stream] = {}
    for holder in holders_of(page):
        named = _NAMED.findall(content_of(holder))
        drawn = resource_of(holder, pikepdf.Name.XObject)
        for key, thing in drawn.as_dict().items() if drawn is not None else ():
            if _is_picture(thing) and key[1:].encode("latin-1", "replace") in named:
                found |= {part.objgen: part for part in _with_masks(thing)}
    return list(found.values())


def _is_picture(thing: pikepdf.Object | None) -> TypeGuard[pikepdf.Stream]:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == pikepdf.Name.Image


def _with_masks(image: pikepdf.Stream) -> Iterator[pikepdf.Stream]:
    yield image
    for key in ("/SMask", "/Mask"):
        mask = image.get(key)
        if _is_picture(mask):
            yield mask


def fingerprint(image: pikepdf.Stream) -> str:
    """Return a hash that stays the same through every lossless save, and through no other.

    Pictures in the usual scan formats are known by their bytes as stored. For the rest, which a
    save may pack with another lossless filter, the unpacked samples are hashed.
    """
    filters = _filters(image)
    if len(filters) == 1 and filters[0] in _KEPT_AS_IS:
        return hashlib.sha256(image.read_raw_bytes()).hexdigest()
    try:
        samples = image.read_bytes()
    except pikepdf.PdfError:
        samples = image.read_raw_bytes()
    return hashlib.sha256(b"samples" + samples).hexdigest()


def is_whole(image: pikepdf.Stream) -> bool:
    """Return False where the picture's data ends early or does not decode.

    JPEG is decoded at an eighth of its size, which still reads every code; JPEG 2000, fax and
    JBIG2 data are taken as they come: their decoders tell nothing about a missing end.
    """
    filters = _filters(image)
    if filters == ("/DCTDecode",):
        return _is_whole_jpeg(image.read_raw_bytes())
    if filters == ("/FlateDecode",):
        return _is_whole_flate(image)
    return True


def _filters(image: pikepdf.Stream) -> tuple[str, ...]:
    named = image.get("/Filter")
    if isinstance(named, pikepdf.Array):
        return tuple(str(name) for name in named)
    return () if named is None else (str(named),)


def _is_whole_jpeg(data: bytes) -> bool:
    try:
        with Image.open(io.BytesIO(data), formats=("JPEG",)) as picture:
            picture.draft(None, (picture.width // 8, picture.height // 8))
            picture.load()
    except (OSError, SyntaxError, ValueError):
        return False
    return True


def _is_whole_flate(image: pikepdf.Stream) -> bool:
    """Unpack no more than the picture should hold, so that a bomb costs nothing."""
    width, height = int(image.get("/Width", 0)), int(image.get("/Height", 0))
    if width * height < _FEWEST_PIXELS:
        return True
    bits = int(image.get("/BitsPerComponent", 1)) * _components(image)
    least = (width * bits + 7) // 8 * height
    try:
        unpacked = zlib.decompressobj().decompress(image.read_raw_bytes(), least)
    except zlib.error:
        return False
    return len(unpacked) >= least


def _components(image: pikepdf.Stream) -> int:
    """Return how many numbers make a sample; at least one where the colour space is a rare one."""
    space = image.get("/ColorSpace")
    if isinstance(space, pikepdf.Array) and len(space) > 1 and space[0] == pikepdf.Name.ICCBased:
        return int(space[1].get("/N", 1))
    return _DEVICE_COMPONENTS.get(str(space), 1) if isinstance(space, pikepdf.Name) else 1


def full_page_dpi(page: pikepdf.Page) -> float | None:
    """Return the resolution of the scan that is the page, or None where no one picture is."""
    left, bottom, right, top = (float(number) for number in page.mediabox)
    wide, high = abs(right - left), abs(top - bottom)
    width, height = largest_picture(page)
    if not (wide and high and width and height):
        return None
    across, down = width / wide * _POINTS, height / high * _POINTS
    return round(max(across, down), 1) if abs(across / down - 1) < _SAME_SHAPE else None


def largest_picture(page: pikepdf.Page) -> tuple[int, int]:
    """Return width and height of the picture with most pixels on a page, or zeros."""
    sizes = [(int(i.get("/Width", 0)), int(i.get("/Height", 0))) for i in page_images(page)]
    return max(sizes, key=lambda size: size[0] * size[1], default=(0, 0))
