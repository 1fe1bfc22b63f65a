"""What the parts of a stack are: rows that say where they were cut, files to be digitised alone."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from ocr_assets.intake import DeliveredFile
from orchestration.defs.digitization.rows import Row

if TYPE_CHECKING:
    from ocr_assets.parts import Stack

PDF = "application/pdf"


def parts(file: DeliveredFile, stack: "Stack", first: int) -> Iterator[Row]:
    """Yield a row per part found in ``file``; its place in the batch counts from ``first``."""
    for at, part in enumerate(stack.parts, start=first):
        yield {
            "stack_ordinal": file.ordinal,
            "stack_sha256": file.sha256,
            "part_number": part.number,
            "file_ordinal": at if part.path else None,
            "file_sha256": part.sha256,
            "size_bytes": part.size_bytes,
            "media_type": PDF if part.path else None,
            "dossier_code": part.dossier_code,
            "opened_by": part.opened_by,
            "first_page": part.first_page,
            "last_page": part.last_page,
            "stack_pages": stack.pages,
            "separator_pages": stack.separator_pages,
        }


def files(file: DeliveredFile, stack: "Stack", first: int) -> Iterator[DeliveredFile]:
    """Yield each part as a file that came alone: what is read on one never tells of another."""
    for at, part in enumerate(stack.parts, start=first):
        if part.path is not None:
            yield replace(
                file,
                ordinal=at,
                name=f"{file.name}#{part.number}",
                path=part.path,
                sha256=part.sha256,
                size_bytes=part.size_bytes,
                media_type=PDF,
                dossier_code=part.dossier_code or file.dossier_code,
                declared_pages=None,
                declared_documents=None,
            )


def part_media_types(found: Iterable[Row]) -> dict[str, str]:
    """Return what each part that was cut out is, by its digest."""
    return {row["file_sha256"]: row["media_type"] for row in found if row["file_sha256"]}
