"""Sign a scan as an e-office system does: a test certificate and a text mark on page one.

Everything random in a signature is derived from the seed (key, serial, document id) or fixed
(signing time, font timestamps), so the signed file has the same bytes on every run.
"""

import asyncio
import hashlib
import io
import random
from datetime import datetime
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from pyhanko.pdf_utils import generic, layout
from pyhanko.pdf_utils.font import FontEngineFactory
from pyhanko.pdf_utils.font.opentype import GlyphAccumulator
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.text import TextBoxStyle
from pyhanko.sign import signers
from pyhanko.sign.fields import SigFieldSpec
from pyhanko.stamp import TextStampStyle

from demo.sample_key import credentials


class _Writer(IncrementalPdfFileWriter):
    """An incremental writer whose second document id is the digest of what it updates."""

    @classmethod
    def _handle_id(cls, prev: Any) -> generic.ArrayObject:
        prev.stream.seek(0)
        digest = hashlib.md5(prev.stream.read(), usedforsecurity=False).digest()
        return generic.ArrayObject([generic.ByteStringObject(digest)] * 2)

    def _update_meta(self) -> None:
        """Leave the day of the last change alone: it would be today."""


class _Face(FontEngineFactory):
    """A font embedded under a fixed name, without the time of embedding.

    It is scaled to 1000 units an em first, without its hints, which would not scale: pyHanko 0.38
    writes widths in font units.
    """

    def __init__(self, font: Path, text: str) -> None:
        with TTFont(font, recalcTimestamp=False) as face:
            options = Options(hinting=False, notdef_outline=True, glyph_names=True)
            subsetter = Subsetter(options)
            subsetter.populate(text=text)
            subsetter.subset(face)
            scale_upem(face, 1000)
            self._file = io.BytesIO()
            face.save(self._file)

    def create_font_engine(self, writer: Any, obj_stream: Any = None) -> GlyphAccumulator:
        state = random.getstate()
        random.seed("subset")  # the library draws the subset's name from the global source
        handle = io.BytesIO(self._file.getvalue())
        engine = GlyphAccumulator(writer, handle, font_size=8, obj_stream=obj_stream)
        random.setstate(state)
        engine.tt.recalcTimestamp = False
        return engine


class _Signer(signers.PdfSigner):
    """A signer whose clock stands still."""

    moment: datetime

    def init_signing_session(self, *args: Any, **kwargs: Any) -> Any:
        session = super().init_signing_session(*args, **kwargs)
        session.system_time = self.moment
        return session


def signed(pdf: bytes, agency: str, moment: datetime, font: Path, seed: int) -> tuple[bytes, str]:
    """Return the PDF signed by ``agency`` at ``moment``, and the text of its visible mark."""
    text = f"Ký bởi: {agency}\nCơ quan: {agency}\nThời gian ký: {moment:%d.%m.%Y %H:%M:%S %z}"
    style = TextStampStyle(
        stamp_text=text,
        border_width=0,
        background=None,
        text_box_style=TextBoxStyle(font=_Face(font, text), font_size=8),
        inner_content_layout=layout.SimpleBoxLayoutRule(
            x_align=layout.AxisAlignment.ALIGN_MIN, y_align=layout.AxisAlignment.ALIGN_MID
        ),
    )
    writer = _Writer(io.BytesIO(pdf))
    signer = _Signer(
        signers.PdfSignatureMetadata(field_name="Signature1", md_algorithm="sha256"),
        signer=credentials(agency, seed),
        stamp_style=style,
        new_field_spec=SigFieldSpec("Signature1", on_page=0, box=(330, 800, 590, 836)),
    )
    signer.moment = moment
    output = asyncio.run(signer.async_sign_pdf(writer))
    return output.getvalue(), text
