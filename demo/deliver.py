"""Deliver the sample city: batches, registers, the authority file, and the truth.

The truth lies outside the deliveries, where no pipeline looks for scans.
"""

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from demo.consignment import Truth, as_json, everything, truth_name
from demo.plan import DELIVERIES, Delivery
from demo.studio import Studio


@dataclass(frozen=True, slots=True)
class City:
    """Where the sample city lies; ``is_fresh`` tells whether it was drawn just now."""

    batches: tuple[Path, ...]
    catalog: Path
    drop: Path
    truths: tuple[Path, ...]
    is_fresh: bool

    def truth(self, batch: str) -> Truth:
        """Return the truth about one delivery, by the name of its folder."""
        path = next(path for path in self.truths if path.stem == batch)
        loaded: Truth = json.loads(path.read_text(encoding="utf-8"))
        return loaded


def build(
    home: Path,
    fonts: Path,
    mnist: Path,
    seed: int = 155,
    deliveries: tuple[Delivery, ...] = DELIVERIES,
) -> City:
    """Put the sample city under ``home``; do nothing where it already lies there unchanged.

    Raises:
        DemoError: a font or the handwritten digits are missing.
    """
    record = home / "demo" / "built.json"
    recipe = _recipe(seed, fonts, deliveries)
    is_fresh = not _stands(home, record, recipe)
    if is_fresh:
        _replace(home, record, dict(everything(Studio(fonts, mnist, seed), deliveries)), recipe)
    return City(
        batches=tuple(home / "inbox" / delivery.folder for delivery in deliveries),
        catalog=home / "catalog" / "agencies.csv",
        drop=home / "drop",
        truths=tuple(home / truth_name(delivery) for delivery in deliveries),
        is_fresh=is_fresh,
    )


def _replace(home: Path, record: Path, files: dict[str, bytes], recipe: str) -> None:
    """Write ``files``; what an earlier build left and this one lacks goes away.

    No folder is complete while its files change, and the record stands only once all are there.
    """
    earlier = json.loads(record.read_text(encoding="utf-8"))["files"] if record.exists() else {}
    record.unlink(missing_ok=True)
    for name in earlier:
        if name not in files or name.endswith("/_COMPLETE"):
            (home / name).unlink(missing_ok=True)
    for name, data in files.items():
        _write(home / name, data)
    digests = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    _write(record, as_json({"recipe": recipe, "files": digests}))


def _recipe(seed: int, fonts: Path, deliveries: tuple[Delivery, ...]) -> str:
    """Return a digest of all that decides the files: our code, the seed, the fonts' place."""
    room = Path(__file__).parent
    sources = [*room.glob("*.py"), *room.glob("*.txt"), *(room / "drawing").glob("*.py")]
    digest = hashlib.sha256(f"{seed}|{fonts}|{deliveries}".encode())
    for source in sorted(sources):
        digest.update(source.read_bytes())
    return digest.hexdigest()


def _stands(home: Path, record: Path, recipe: str) -> bool:
    if not record.exists():
        return False
    built = json.loads(record.read_text(encoding="utf-8"))
    return built["recipe"] == recipe and all(
        (home / name).exists() and hashlib.sha256((home / name).read_bytes()).hexdigest() == digest
        for name, digest in built["files"].items()
    )


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
