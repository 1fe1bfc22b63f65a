"""The programs we are measured beside: Tesseract as a library and as a command, and OCRmyPDF."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

import img2pdf
import numpy as np
import tesserocr
from PIL import Image

DPI = 300
_USUAL = ("/usr/share/tesseract-ocr/*/tessdata", "/usr/share/tessdata")
ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}


def fast_model() -> Path | None:
    """Return the folder of Tesseract's fast Vietnamese model, where a system package put it."""
    found = (path for usual in _USUAL for path in Path("/").glob(f"{usual[1:]}/vie.traineddata"))
    return next((path.parent for path in found), None)


class Library:
    """Tesseract reading whole pages through its library, initialised once."""

    def __init__(self, model: Path) -> None:
        self._api = tesserocr.PyTessBaseAPI(
            path=str(model),
            lang="vie",
            psm=tesserocr.PSM.AUTO,
            oem=tesserocr.OEM.LSTM_ONLY,
        )

    def text(self, image: np.ndarray) -> str:
        """Return the text of a page image."""
        self._api.SetImage(Image.fromarray(image))
        self._api.SetSourceResolution(DPI)
        return self._api.GetUTF8Text()

    def seconds(self, images: Sequence[np.ndarray]) -> float:
        """Return the CPU seconds it takes to read ``images``."""
        started = time.process_time()
        for image in images:
            self.text(image)
        return time.process_time() - started


def tesseract_command(images: Sequence[np.ndarray]) -> float | None:
    """Return the CPU seconds of one `tesseract` a page, or None where there is no such program."""
    if not shutil.which("tesseract"):
        return None
    with tempfile.TemporaryDirectory() as work:
        for number, image in enumerate(images):
            Image.fromarray(image).save(Path(work) / f"{number}.ppm", dpi=(DPI, DPI))
        return _children_of(
            ["tesseract", f"{work}/{number}.ppm", "-", "-l", "vie", "--dpi", str(DPI)]
            for number in range(len(images))
        )


def ocrmypdf_command(images: Sequence[np.ndarray]) -> float | None:
    """Return the CPU seconds of `ocrmypdf` with its defaults, one page a file, one job."""
    if not shutil.which("tesseract"):
        return None
    program = Path(sys.executable).with_name("ocrmypdf")
    with tempfile.TemporaryDirectory() as work:
        for number, image in enumerate(images):
            with BytesIO() as jpeg:
                Image.fromarray(image).save(jpeg, "JPEG", quality=85, dpi=(DPI, DPI))
                (Path(work) / f"{number}.pdf").write_bytes(img2pdf.convert(jpeg.getvalue()))
        return _children_of(
            [program, "-q", "-l", "vie", "-j", "1", f"{work}/{number}.pdf", f"{work}/out.pdf"]
            for number in range(len(images))
        )


def _children_of(commands) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        subprocess.run(command, check=True, capture_output=True, env={**os.environ, **ONE_THREAD})
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
