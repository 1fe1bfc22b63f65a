"""Fields found anew in a kept reading: rules and agencies have changed, the words have not."""

from collections.abc import Sequence

from ocr_assets.thresholds import SHIPPED, Thresholds
from orchestration.defs.digitization import rows
from warehouse.store import Store


def renewed(
    found: dict[str, list[rows.Row]],
    store: Store,
    fields_recipe: str,
    agencies: Sequence[str],
    thresholds: Thresholds = SHIPPED,
) -> dict[str, list[rows.Row]]:
    """Return the rows of one document with its fields as today's rules and agencies find them."""
    [document] = found["documents"]
    reading = document["reading_sha256"]
    if reading is None or document["fields_recipe_id"] == fields_recipe:
        return found
    # Loads Arrow and the rules, which most runs do not need.
    from ocr_assets.extract import describe  # noqa: PLC0415
    from ocr_assets.kept import kept_reading  # noqa: PLC0415

    with store.open(reading) as kept:
        readings, _ = kept_reading(kept.read())
    fields = describe(readings, agencies, thresholds)
    ordinal, sha256 = document["file_ordinal"], document["file_sha256"]
    return found | {
        "documents": [document | {"fields_recipe_id": fields_recipe}],
        "fields": list(rows.fields_found(ordinal, sha256, fields)),
    }
