"""What a ZIP says it holds, checked before anything of it is unpacked."""

import contextlib
import stat
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from ocr_assets.refusal import DeliveryRefused, Refusal

_ENCRYPTED, _UTF8 = 0x1, 0x800
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True, slots=True)
class ZipLimits:
    """What a ZIP may ask of us. Scans hardly shrink: a ratio far above that is no scan's."""

    max_members: int = 100_000
    max_bytes: int = 64 << 30
    max_ratio: int = 200
    ratio_counts_from: int = 256 << 20


LIMITS = ZipLimits()


def checked(
    infos: list[zipfile.ZipInfo], packed: int, limits: ZipLimits
) -> dict[str, zipfile.ZipInfo]:
    """Return the files among ``infos`` by their names; ``packed`` is the size of the whole ZIP.

    Raises:
        DeliveryRefused: one of them is what no delivery should hold.
    """
    if len(infos) > limits.max_members:
        raise DeliveryRefused(Refusal.ZIP_TOO_MANY_MEMBERS, "deliver it in several ZIPs")
    size = sum(info.file_size for info in infos)
    is_bomb = size > limits.ratio_counts_from and size > limits.max_ratio * packed
    if size > limits.max_bytes or is_bomb:
        raise DeliveryRefused(
            Refusal.ZIP_TOO_LARGE, "it would unpack to more than a delivery may be; split it"
        )
    named: dict[str, zipfile.ZipInfo] = {}
    for info in infos:
        _require_harmless(info)
        name = _name_of(info)
        if not info.is_dir() and named.setdefault(name, info) is not info:
            raise DeliveryRefused(Refusal.ZIP_NAMES_CLASH, "two files have one name; rename one")
    folders = {str(parent) for name in named for parent in PurePosixPath(name).parents}
    if folders & set(named):
        raise DeliveryRefused(Refusal.ZIP_NAMES_CLASH, "a file has a folder's name; rename one")
    return _without_top(named)


def _require_harmless(info: zipfile.ZipInfo) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise DeliveryRefused(Refusal.ZIP_ENCRYPTED, "deliver it without a password")
    if info.compress_type not in _METHODS:
        raise DeliveryRefused(Refusal.ZIP_METHOD_UNKNOWN, "pack it as stored or deflated")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise DeliveryRefused(Refusal.HOLDS_A_LINK, "deliver files only, no links or devices")


def _name_of(info: zipfile.ZipInfo) -> str:
    """Return the name of a member; many packers write UTF-8 without saying so."""
    name = info.orig_filename
    if not info.flag_bits & _UTF8:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    name = unicodedata.normalize("NFC", name)
    path = PurePosixPath(name)
    strange = any(letter in name for letter in "\\:\0") or not name.isprintable()
    if strange or path.is_absolute() or ".." in path.parts or not path.parts:
        raise DeliveryRefused(Refusal.ZIP_NAME_LEADS_OUT, "use plain names inside one folder")
    return str(path)


def _without_top(named: Mapping[str, zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
    """Leave out the one folder that everything lies in, if everything does."""
    ours = {name: info for name, info in named.items() if not name.startswith("__MACOSX/")}
    tops = {name.partition("/")[0] for name in ours}
    if len(tops) == 1 and all("/" in name for name in ours):
        return {name.partition("/")[2]: info for name, info in ours.items()}
    return ours
