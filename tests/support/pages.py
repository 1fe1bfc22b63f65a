"""Pages we print ourselves, so that every word and its place are known."""

from io import BytesIO
from pathlib import Path

import img2pdf
import numpy as np
import pikepdf
from PIL import Image, ImageDraw, ImageFont

A4 = (2480, 3508)

LETTER = (
    ((250, 260), "ỦY BAN NHÂN DÂN"),
    ((1100, 260), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ((250, 340), "TỈNH MẪU"),
    ((1350, 340), "Độc lập - Tự do - Hạnh phúc"),
    ((250, 460), "Số: 51/QĐ-UBND"),
    ((1250, 460), "Mẫu, ngày 03 tháng 02 năm 2025"),
    ((1000, 700), "QUYẾT ĐỊNH"),
    ((500, 800), "Về việc công nhận danh sách thí nghiệm của tỉnh"),
    ((300, 1000), "Căn cứ Luật Tổ chức chính quyền địa phương ngày 19 tháng 6 năm 2015;"),
    ((300, 1100), "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 12/TTr-SNV,"),
    ((300, 1200), "Điều 1. Công nhận danh sách kèm theo Quyết định này."),
    ((300, 1300), "Điều 2. Quyết định này có hiệu lực kể từ ngày ký."),
)


def printed(font: Path, lines=LETTER, size=A4, points=50) -> Image.Image:
    """Return a white page with ``lines`` ((x, y), text) in black."""
    page = Image.new("RGB", size, "white")
    face = ImageFont.truetype(str(font), points)
    draw = ImageDraw.Draw(page)
    for place, text in lines:
        draw.text(place, text, fill=(20, 20, 20), font=face)
    return page


def as_pixels(page: Image.Image) -> np.ndarray:
    """Return the page as a reader gets it."""
    return np.asarray(page)


def as_pdf(target: Path, *pages: Image.Image, rotate: int = 0) -> Path:
    """Write ``pages`` as a PDF of JPEG images at 300 dpi; ``rotate`` goes into /Rotate."""
    files = []
    for page in pages:
        buffer = BytesIO()
        page.save(buffer, "JPEG", quality=90, dpi=(300, 300))
        files.append(buffer.getvalue())
    target.write_bytes(img2pdf.convert(files))
    if rotate:
        with pikepdf.open(target, allow_overwriting_input=True) as pdf:
            for page in pdf.pages:
                page.obj.Rotate = rotate
            pdf.save(target)
    return target
