"""Whether a package is what it says: every file proved, descriptions and rows of one mind."""

import hashlib
from pathlib import Path

from lxml import etree

from warehouse.errors import PackageRefused
from warehouse.packages import aip, bag, ead, mets, premis, rows
from warehouse.packages.opening import inside
from warehouse.packages.package import Package, Row
from warehouse.packages.rows import Delivery


def checked(folder: Path) -> Package:
    """Return the package in ``folder`` after every file was read and found as described.

    Raises:
        PackageRefused: it is not; the message names the file.
    """
    root = bag.opened(folder) if (folder / bag.MARK).is_file() else folder
    package = Package(root, "", {})
    top = package.xml(mets.NAME)
    digests = _proved(root, "", top)
    for path in [path for path in digests if path.endswith(f"/{mets.NAME}")]:
        place = path.removesuffix(mets.NAME)
        digests |= _proved(root, place, package.xml(path))
    lying = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
    strange = sorted(lying - set(digests) - {mets.NAME})
    if strange:
        raise PackageRefused(f"{strange[0]} lies in the package and no METS names it.")
    return Package(root, top.get("OBJID", ""), digests)


def deliveries_of(package: Package) -> list[Delivery]:
    """Return the deliveries a package brings, after rows and descriptions were held together.

    Raises:
        PackageRefused: they contradict each other, or the package brings a secret.
    """
    files = [row for _, row in package.lines(f"{rows.FOLDER}/digitization__files.jsonl")]
    documents = [row for _, row in package.lines(f"{rows.FOLDER}/digitization__documents.jsonl")]
    _refuse_other_than_text([*files, *documents])
    if any((row.get("secrecy") or "thuong").strip().lower() != "thuong" for row in files):
        raise PackageRefused("the package brings a document declared secret.")
    if any(row.get("reason_code") == "state_secret" for row in documents):
        raise PackageRefused("the package brings a document found secret.")
    _agree(package, documents)
    try:
        found = [
            Delivery(row["_batch_id"], row["file_ordinal"], row["file_sha256"]) for row in files
        ]
    except KeyError as error:
        raise PackageRefused(f"rows of files lack the column {error}.") from None
    _belong(package, found)
    return found


def _refuse_other_than_text(found: list[Row]) -> None:
    """Refuse rows in which a digest or a degree is no text: what is looked up must be a word."""
    for row in found:
        for name, value in row.items():
            is_word = name in ("secrecy", "reason_code") or name.endswith("_sha256")
            if is_word and not isinstance(value, str | None):
                raise PackageRefused(f"rows of the package hold no text in {name}.")


def _agree(package: Package, documents: list[Row]) -> None:
    """Refuse a package whose rows, METS, EAD and PREMIS do not tell of the same documents."""
    described = ead.document_ids(package.xml(ead.PATH))
    received = set(_data(package, aip.RECEIVED).values())
    copies = set(_data(package, aip.ARCHIVE).values())
    usable = [row for row in documents if row.get("outcome") in ("ok", "degraded")]
    claims = {
        "EAD.xml describes other documents than were received": set(described) != received,
        "the rows tell of other documents than were received": received
        != {row.get("file_sha256") for row in usable},
        "the rows name no archive copy that is here": not copies
        <= {row.get("archive_sha256") for row in usable},
        "the rows name a stored file that is not here": not _named(documents)
        <= set(package.stored()),
        "EAD.xml and the rows count other pages": any(
            described[str(row["file_sha256"])] not in _page_counts(usable, row["file_sha256"])
            for row in usable
            if row["file_sha256"] in described
        ),
        "PREMIS.xml tells of other files than are here": premis.told(package.xml(premis.PATH))[0]
        != set(package.stored()),
        "PREMIS.xml tells of other events than the ledger's": _events(package)
        != premis.told(package.xml(premis.PATH))[1],
    }
    for contradiction, is_so in claims.items():
        if is_so:
            raise PackageRefused(f"the package contradicts itself: {contradiction}.")


def _belong(package: Package, deliveries: list[Delivery]) -> None:
    """Refuse rows that belong to no delivery of the package, or name another file."""
    places = {(one.batch_id, one.file_ordinal): one.file_sha256 for one in deliveries}
    files = {(one.batch_id, one.file_sha256) for one in deliveries}
    for path in package.below(f"{rows.FOLDER}/"):
        for _, row in package.lines(path):
            batch, digest = row.get("_batch_id"), row.get("file_sha256")
            if "file_ordinal" in row:
                expected = places.get((str(batch), row["file_ordinal"]))
                is_ours = expected is not None and digest in (None, expected)
            else:
                is_ours = (batch, digest) in files
            if not is_ours:
                raise PackageRefused(f"{path} has rows that belong to no file of the package.")


def _proved(root: Path, place: str, record: etree._Element) -> dict[str, str]:
    """Read every file that a METS names; return digests by path."""
    found = {}
    for path, (digest, size) in mets.referenced(record).items():
        whole = f"{place}{path}"
        if not inside(whole):
            raise PackageRefused("a METS names a place outside of the package.")
        if not (root / whole).is_file():
            raise PackageRefused(f"{whole} is missing.")
        if (root / whole).stat().st_size != size or _digest(root / whole) != digest:
            raise PackageRefused(f"{whole} is damaged: it is not what METS.xml says.")
        found[whole] = digest
    return found


def _data(package: Package, representation: str) -> dict[str, str]:
    return package.below(f"representations/{representation}/data/")


def _named(documents: list[Row]) -> set[str]:
    named = (row.get(name) for row in documents for name in ("file_sha256", "archive_sha256"))
    return {str(digest) for digest in named if digest}


def _page_counts(documents: list[Row], digest: str) -> set[int]:
    return {row.get("page_count") or 0 for row in documents if row.get("file_sha256") == digest}


def _events(package: Package) -> set[str]:
    return {str(row.get("event_id")) for _, row in package.lines(aip.EVENTS)}


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
