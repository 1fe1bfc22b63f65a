"""BagIt: a package in a bag, with manifests of two digests."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

import bagit

from warehouse.errors import PackageRefused

DIGESTS = ["sha256", "sha512"]
MARK = "bagit.txt"
PAYLOAD = "data"


def bagged(folder: Path, at: datetime, said: Mapping[str, str]) -> None:
    """Make a bag of ``folder``, in place; what was in it becomes its payload."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    about = {
        **said,
        "Bagging-Date": at.date().isoformat(),
        "Payload-Files": str(len(files)),
        "Bag-Size": f"{sum(path.stat().st_size for path in files)} bytes",
    }
    bagit.make_bag(str(folder), about, checksums=DIGESTS)


def opened(folder: Path) -> Path:
    """Return the payload of a bag whose every file is what the manifests say.

    Raises:
        PackageRefused: a file is damaged, missing, or in no manifest.
    """
    try:
        bagit.Bag(str(folder)).validate()
    except bagit.BagError as error:
        raise PackageRefused(f"the bag is not what its manifests say: {_counted(error)}") from None
    except (OSError, ValueError):  # lists in no known encoding, counts that are no numbers
        raise PackageRefused("the bag's own lists cannot be read: ask for it again.") from None
    return folder / PAYLOAD


def _counted(error: bagit.BagError) -> str:
    """Say what is wrong by paths of the package, which carry no names of persons."""
    details = [str(one) for one in getattr(error, "details", None) or ()]
    shown = "; ".join(details[:5]) or str(error)
    return f"{shown} (and {len(details) - 5} more)" if len(details) > 5 else shown
