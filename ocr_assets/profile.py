"""How to digitise: everything a worker must be told. Light to import: workers read it first."""

from dataclasses import dataclass, field
from pathlib import Path

from ocr_assets.thresholds import SHIPPED, Thresholds
from ocr_assets.toolbox import Toolbox

# The recogniser looks at lines 32 pixels high: two thirds of a scan's usual resolution show it
# nearly as much (bench/digitise.py), and everything on the way to it costs half.
_DPI = {"fast": 200}
_FULL_DPI = 300


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may ask of us.

    The clock and the processor are counted apart: a busy machine stretches the one and not the
    other. ``output_bytes`` bounds each file that is written on the way.
    """

    max_bytes: int = 1 << 30
    max_pixels: int = 150_000_000
    max_side: int = 30_000
    max_pages: int = 2_000
    memory_bytes: int = 6 << 30
    output_bytes: int = 4 << 30
    seconds_to_open: float = 120.0
    seconds_per_page: float = 45.0
    cpu_seconds_to_open: float = 60.0
    cpu_seconds_per_page: float = 30.0


@dataclass(frozen=True, slots=True)
class Profile:
    """How to digitise: with which tools, for whom, within which limits.

    ``agencies`` are the names of the authority file that issuers are snapped to; ``trust_store``
    is a folder of certificates that signers' certificates are held against; ``endpoint`` is the
    address of a further reader on this machine; ``thresholds`` say which fields are accepted.
    ``dpi`` is what pages are rendered at, None for what suits the reader.
    """

    toolbox: Toolbox
    reader: str = "best"
    endpoint: str | None = None
    agencies: tuple[str, ...] = ()
    dpi: int | None = None
    limits: Limits = field(default_factory=Limits)
    low_dpi: float = 150.0
    low_confidence: float = 0.5
    trust_store: Path | None = None
    thresholds: Thresholds = SHIPPED

    @property
    def reading_dpi(self) -> int:
        """Return the resolution pages are read at; a finer one is used for small pages."""
        return self.dpi or _DPI.get(self.reader, _FULL_DPI)


@dataclass(frozen=True, slots=True)
class Declared:
    """Whose document it is by its manifest, as far as that is said."""

    agency_code: str
    agency_name: str | None = None
    dossier_code: str | None = None


@dataclass(frozen=True, slots=True)
class Scan:
    """One file to digitise; ``is_secret`` where the manifest declares a degree of secrecy.

    ``declared`` goes into the copy's metadata; None where it is not known, or not one agency's.
    """

    path: Path
    is_secret: bool = False
    declared: Declared | None = None
