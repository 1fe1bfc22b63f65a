"""What a sketched content and a pair of contents are in the raw tables."""

from collections.abc import Mapping
from typing import Any

from ocr_assets.duplicates import sketch
from ocr_assets.duplicates.shelf import Card
from ocr_assets.duplicates.verdict import RULE, Evidence, Verdict
from orchestration.defs.duplicates.library import Standing
from orchestration.words import Words, told_with

Row = dict[str, Any]
METHOD = f"{sketch.VERSION}/{RULE}"  # another rule, or another sketch: all is compared anew


def sketched(card: Card, standing: Standing, words: Words | None) -> Row:
    """Return the row of a content as it is searched."""
    return {
        "document_id": card.document_id,
        "standing_ordinal": standing.file_ordinal,
        "digitized_at": standing.digitized_at,
        "text_sketch": card.sketch,
        "look": card.look,
        "name_key": card.name,
        "sure_number": card.number,
        "method_version": told_with(METHOD, words),
    }


def is_current(row: Mapping[str, Any], stands: Standing, words: Words | None) -> bool:
    """Say whether a content was sketched as it stands now, by the method and words of today."""
    was = (row["_batch_id"], row["standing_ordinal"], row["digitized_at"], row["method_version"])
    method = told_with(METHOD, words)
    return was == (stands.batch_id, stands.file_ordinal, stands.digitized_at, method)


def pair(first: str, second: str, found: Evidence, verdict: Verdict) -> Row:
    """Return the row of two contents with what was found out about them."""
    words, named = found.wording, found.naming
    return {
        "first_document_id": first,
        "second_document_id": second,
        "verdict": verdict,
        "rule_version": RULE,
        "page_pairs": [
            {"first": one.first, "second": one.second, "distance": round(one.distance, 4)}
            for one in found.pages
        ],
        "pages_alike": found.pages_alike,
        "pages_compared": len(found.pages),
        "same_image_pages": found.same_image_pages,
        "text_similarity": found.text_similarity,
        "words_compared": words.compared if words else None,
        "words_replaced": words.replaced if words else None,
        "issuer_agreement": named.issuer,
        "number_agreement": named.number,
        "symbol_agreement": named.symbol,
        "date_agreement": named.date,
    }
