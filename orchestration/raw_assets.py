"""The names of everything that lands on its own: raw tables and ledgers, as asset keys."""

import dagster as dg

from ocr_assets import assets as made
from orchestration.registries import REGISTRIES
from orchestration.settings import settings
from warehouse.schema import LEDGER, RAW

#: Registries that are asked here, by name.
ASKED = tuple(
    one.name for one in REGISTRIES if one.is_always_asked or one.address(settings()) is not None
)
_NOT_ASKED = {one.name for one in REGISTRIES} - set(ASKED)

LINK_PROPOSALS = dg.AssetKey(["raw", "linkage__proposals"])

# A build makes these itself: they never wait for it, and never ask for another one.
_OF_A_BUILD = {
    one.key for one in (made.SKETCHES, made.PAIRS, made.PROPOSALS, made.EMBEDDINGS, made.NEIGHBOURS)
} | {LINK_PROPOSALS}


DROPPED = "filedrop"  # what agencies may deliver as files, and may not


def _is_awaited(key: dg.AssetKey) -> bool:
    """Say whether a first build waits for it: not for weekly lists, nor for who is not asked."""
    source = key.path[-1].partition("__")[0]
    return source not in (*_NOT_ASKED, DROPPED) and not key.path[-1].endswith("_compared")


def _landing_on_their_own(*, awaited: bool) -> tuple[dg.AssetKey, ...]:
    keys = (dg.AssetKey(["raw", table.name]) for table in RAW.sorted_tables)
    return tuple(key for key in keys if key not in _OF_A_BUILD and _is_awaited(key) == awaited)


RAW_ASSETS = _landing_on_their_own(awaited=True)
OCCASIONAL_ASSETS = _landing_on_their_own(awaited=False)
LEDGER_ASSETS = tuple(dg.AssetKey(["ledger", table.name]) for table in LEDGER.sorted_tables)
