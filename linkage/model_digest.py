"""What a trained model is called: the digest of all that decides its scores."""

import hashlib
import json
from collections.abc import Mapping


def digest(model: Mapping[str, object]) -> str:
    """Return sixteen hex digits; the same records and plan give the same."""
    text = json.dumps(_rounded(model), sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _rounded(value: object) -> object:
    """Return ``value`` with numbers to six digits: the last bits of a sum mean nothing."""
    if isinstance(value, float):
        return float(f"{value:.6g}")
    if isinstance(value, Mapping):
        return {name: _rounded(one) for name, one in value.items()}
    return [_rounded(one) for one in value] if isinstance(value, list) else value
