"""WHAT a document is: number, date, issuer, type, abstract and signer, from what was read."""

from ocr_assets.extract.document import describe
from ocr_assets.extract.field import Field

__all__ = ["Field", "describe"]
