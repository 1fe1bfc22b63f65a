"""From a partition to the delivery it stands for, entered in the ledger before it is opened."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from ocr_assets.delivery_ledger import DeliveryLedger, Identity, identify
from ocr_assets.intake import Delivery, opened
from ocr_assets.parcels import is_zip, name_of
from ocr_assets.refusal import DeliveryRefused
from orchestration.resources import Database, Inbox

CHANGED = (
    "the delivery has changed since this batch was registered; the changed one is"
    " a batch of its own: digitise that"
)


@contextmanager
def open_delivery(inbox: Inbox, key: str, database: Database) -> Iterator[Delivery]:
    """Give the delivery that partition ``key`` stands for; a refusal is noted in the ledger.

    Raises:
        dg.Failure: it is not there, or it is not the one that was registered.
        DeliveryRefused: it cannot be taken in as it is.
    """
    place, found = _find(Path(inbox.folder), key)
    with database.connected() as connection:
        DeliveryLedger(connection).receive(found)
    try:
        with opened(place, inbox.workplace(key)) as delivery:
            if delivery.digest != found.content_sha256:
                raise dg.Failure(CHANGED, allow_retries=False)
            yield delivery
    except DeliveryRefused as refusal:
        with database.connected() as connection:
            DeliveryLedger(connection).refuse(key, refusal.reason)
        raise


def _find(inbox: Path, key: str) -> tuple[Path, Identity]:
    """Return where the delivery of ``key`` lies, and what it is."""
    name = key.rpartition("-")[0]
    is_plain = bool(name) and Path(name).name == name
    folder = inbox / name
    places = [folder] if is_plain and (folder.is_dir() or folder.is_symlink()) else []
    if is_plain and inbox.is_dir():
        places += [place for place in sorted(inbox.glob("*.*")) if _is_zip_of(place, name)]
    if not places:
        raise dg.Failure("this delivery is not in the inbox any more", allow_retries=False)
    for place in places:
        found = identify(place)
        if found.batch_id == key:
            return place, found
    raise dg.Failure(CHANGED, allow_retries=False)


def _is_zip_of(place: Path, name: str) -> bool:
    is_there = place.is_file() or place.is_symlink()
    return is_zip(place) and is_there and name_of(place) == name
