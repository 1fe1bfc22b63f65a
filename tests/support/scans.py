"""Files as they are delivered, good and bad, made on the spot."""

import io
import struct
import zlib
from pathlib import Path

import pikepdf
from PIL import Image, ImageDraw


def picture(width=620, height=877, mode="RGB") -> Image.Image:
    """Return a small page with something on it that compresses badly."""
    image = Image.effect_noise((width, height), 40).convert("RGB")
    ImageDraw.Draw(image).rectangle((40, 40, width - 40, 200), fill=(200, 30, 30))
    return image.convert(mode)


def jpeg(image=None, **options) -> bytes:
    """Return a JPEG file."""
    return _saved(image or picture(), "JPEG", quality=80, **options)


def tiff(*images, **options) -> bytes:
    """Return a TIFF file of one or more pages."""
    images = images or (picture(),)
    return _saved(images[0], "TIFF", save_all=True, append_images=images[1:], **options)


def png(image=None, **options) -> bytes:
    """Return a PNG file."""
    return _saved(image or picture(), "PNG", **options)


def _saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def png_claiming(width, height) -> bytes:
    """Return a PNG whose header claims a size that its data do not hold."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(b"\0" * 100)), (b"IEND", b""))
    body = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body


def jpeg_claiming(width, height) -> bytes:
    """Return a JPEG whose frame header claims another size."""
    data = bytearray(jpeg())
    at = data.index(b"\xff\xc0") + 5
    data[at : at + 4] = struct.pack(">HH", height, width)
    return bytes(data)


def pdf_of(target: Path, *jpegs: bytes, prepare=lambda pdf: None, **save) -> Path:
    """Write a PDF with one full-page JPEG a page; ``prepare`` may change it before it is saved."""
    with pikepdf.new() as pdf:
        for data in jpegs:
            with Image.open(io.BytesIO(data)) as image:
                width, height = image.size
            page = pdf.add_blank_page(page_size=(595, 842))
            stream = pikepdf.Stream(pdf, data)
            stream.Type, stream.Subtype = pikepdf.Name.XObject, pikepdf.Name.Image
            stream.Width, stream.Height, stream.BitsPerComponent = width, height, 8
            stream.ColorSpace, stream.Filter = pikepdf.Name.DeviceRGB, pikepdf.Name.DCTDecode
            page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=stream))
            page.obj.Contents = pdf.make_stream(b"q 595 0 0 842 0 0 cm /Im0 Do Q")
        prepare(pdf)
        pdf.save(target, **save)
    return target
