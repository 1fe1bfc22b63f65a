"""A BagIt bag (RFC 8493): its list of digests is held against its files."""

import logging
import re
from collections.abc import Mapping
from pathlib import Path

import bagit

from ocr_assets.parcels import BAG
from ocr_assets.refusal import DeliveryRefused, Refusal

PAYLOAD = "data/"
TAG = "\0"  # no file is called so: marks what is no file of the payload
_LIST = re.compile(r"manifest-[a-z0-9]+\.txt")
logging.getLogger("bagit").disabled = True  # it names files, and people name files after people


def require_valid(folder: Path) -> None:
    """Return if every file that the bag at ``folder`` lists is there, unchanged, and no other.

    Raises:
        DeliveryRefused: it is not a valid bag; file names are not quoted.
    """
    try:
        bagit.Bag(str(folder)).validate()
    except (bagit.BagError, OSError, ValueError) as error:
        kinds = sorted({type(one).__name__ for one in getattr(error, "details", ())})
        why = ", ".join(kinds) or type(error).__name__
        raise DeliveryRefused(
            Refusal.BAG_INVALID, f"the bag does not validate ({why}); make and deliver it again"
        ) from None


def content_of(digests: Mapping[str, str]) -> dict[str, str]:
    """Return what makes a delivery the one it is: its files, by name and digest.

    Of a bag these are the payload and the lists of its digests, not who packed it and when.
    """
    if BAG not in digests:
        return dict(digests)
    payload = {
        name.removeprefix(PAYLOAD): digest
        for name, digest in digests.items()
        if name.startswith(PAYLOAD)
    }
    lists = {f"{TAG}{name}": digest for name, digest in digests.items() if _LIST.fullmatch(name)}
    return payload | lists
