"""Image files put into a PDF without touching their picture, at a size that can be believed."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import img2pdf
from PIL import Image, ImageSequence

_A4_INCHES = (8.27, 11.69)
_BELIEVED_DPI = range(50, 1201)
_DEFAULTS_OF_SOFTWARE = (72, 96)  # written by cameras and editors that know no paper
_LONGEST_INCHES = {True: 17.0, False: 47.0}  # A3 where a default was written, A0 else
_POINTS = 72.0
_FLAT_MODES = frozenset({"1", "L", "P", "RGB", "CMYK"})


@dataclass(frozen=True, slots=True)
class Resolution:
    """Dots an inch of a scanned page, and whether we had to guess them from A4."""

    dpi: float
    is_estimated: bool


def resolution_of(width: int, height: int, declared: float) -> Resolution:
    """Return ``declared`` if a page of that size exists, else what makes the picture fit A4."""
    long_side = max(width, height) / declared if declared > 0 else 0.0
    longest = _LONGEST_INCHES[round(declared) in _DEFAULTS_OF_SOFTWARE]
    if round(declared) in _BELIEVED_DPI and long_side <= longest:
        return Resolution(round(declared, 1), is_estimated=False)
    short, long = _A4_INCHES
    return Resolution(
        round(max(min(width, height) / short, max(width, height) / long), 1), is_estimated=True
    )


def picture_pdf(path: Path) -> tuple[bytes, tuple[Resolution, ...]]:
    """Return a PDF of the pictures in an image file, one a page, and their resolutions.

    JPEG data goes in byte for byte; transparency is laid on white, which PDF/A's image needs.
    """
    with Image.open(path, formats=("JPEG", "PNG", "TIFF")) as image:
        frames = 1 if image.format == "JPEG" else getattr(image, "n_frames", 1)
        resolutions, is_flat = _survey(image, frames)
        data = path.read_bytes() if is_flat else _flattened(image)
    return _converted(data, resolutions), tuple(resolutions)


def _survey(image: Image.Image, frames: int) -> tuple[list[Resolution], bool]:
    resolutions, is_flat = [], True
    for number in range(frames):
        if frames > 1:
            image.seek(number)
        declared = image.info.get("dpi", (0, 0))[0]
        resolutions.append(resolution_of(image.width, image.height, float(declared or 0)))
        is_flat &= image.mode in _FLAT_MODES and "transparency" not in image.info
    return resolutions, is_flat


def _flattened(image: Image.Image) -> bytes:
    frames = []
    for frame in ImageSequence.Iterator(image):
        solid = frame.convert("RGBA")
        paper = Image.new("RGBA", solid.size, "white")
        frames.append(Image.alpha_composite(paper, solid).convert("RGB"))
    out = io.BytesIO()
    frames[0].save(out, "TIFF", compression="tiff_lzw", save_all=True, append_images=frames[1:])
    return out.getvalue()


def _converted(data: bytes, resolutions: Sequence[Resolution]) -> bytes:
    turn = iter(resolutions)

    def layout(width: int, height: int, _dpi: object) -> tuple[float, float, float, float]:
        points = _POINTS / next(turn).dpi
        return (width * points, height * points) * 2  # type: ignore[return-value]

    converted = img2pdf.convert(
        data, layout_fun=layout, rotation=img2pdf.Rotation.ifvalid, nodate=True
    )
    return bytes(converted)
