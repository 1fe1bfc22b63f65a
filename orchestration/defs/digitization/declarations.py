"""What the manifest says of the bytes to digitise, where it says one thing of them."""

from collections.abc import Mapping, Sequence

from ocr_assets.intake import DeliveredFile
from ocr_assets.profile import Declared


def declared_for(same: Sequence[DeliveredFile], names: Mapping[str, str]) -> Declared | None:
    """Return whose the bytes are; of what came for two agencies, or two dossiers, less is said."""
    agencies = {file.agency_code for file in same}
    dossiers = {file.dossier_code for file in same}
    code = agencies.pop() if len(agencies) == 1 else None
    if not code:
        return None
    dossier = dossiers.pop() if len(dossiers) == 1 else None
    return Declared(code, names.get(code), dossier)
