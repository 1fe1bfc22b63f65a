"""The dbt models, one step per layer; what the layers mean stands in dbt_project/."""

import json

import dagster as dg

from orchestration import dbt
from orchestration.defs.gates.checks import all_gates
from orchestration.layers import layer_assets
from orchestration.open_gates import SIGNED_OFF
from orchestration.settings import settings


@dg.definitions
def models() -> dg.Definitions:
    """Return the layers; the manifest is read here, so that importing this module costs nothing."""
    manifest = dbt.fresh_manifest()
    gates = all_gates(json.loads(manifest.read_bytes()))
    if settings().acceptance_blocks:
        gates = (*gates, SIGNED_OFF)
    return dg.Definitions(
        assets=[
            layer_assets("staging", manifest, gates=()),
            layer_assets("intermediate", manifest, gates),
            layer_assets("marts", manifest, gates),
        ]
    )
