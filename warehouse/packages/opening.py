"""A package that somebody sent, laid open in a folder: no path leads out, nothing explodes."""

import errno
import shutil
import stat
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path, PurePosixPath

from warehouse.errors import PackageRefused

MOST_FILES = 200_000
MOST_EXPANSION = 200  # of bytes packed; text shrinks 20 times, bombs a thousand
SPARED = 1 << 20  # smaller files may be as empty as they like
CHUNK = 1 << 20
# What the system says of names: too long, a file where a folder is meant, twice the same place.
_ITS_NAMES = frozenset({errno.ENAMETOOLONG, errno.ENOTDIR, errno.EEXIST, errno.EISDIR})


def laid_open(package: Path, work: Path) -> Path:
    """Return a folder with the package's files; a ZIP is unpacked into ``work``.

    Raises:
        PackageRefused: it is no package, or one that would harm who opens it.
    """
    if package.is_dir():
        _refuse_links(package)
        return package
    if not zipfile.is_zipfile(package):
        raise PackageRefused(f"{package} is neither a folder nor a ZIP.")
    folder = work / "package"
    try:
        with zipfile.ZipFile(package) as archive:
            entries = [entry for entry in archive.infolist() if not entry.is_dir()]
            _refuse_hostile(entries, work)
            for entry in entries:
                _unpack(archive, entry, folder / entry.filename)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError):
        raise PackageRefused("the ZIP is damaged: ask for it again.") from None
    except OSError as error:
        if error.errno not in _ITS_NAMES:
            raise
        raise PackageRefused("the ZIP holds names that no folder can hold.") from None
    return _root(folder)


def inside(path: str) -> bool:
    """Return whether a path from a package stays below the package's root."""
    parts = PurePosixPath(path).parts
    is_plain = bool(parts) and "\\" not in path and "\0" not in path and ":" not in parts[0]
    return is_plain and not path.startswith("/") and ".." not in parts


def _refuse_hostile(entries: Sequence[zipfile.ZipInfo], work: Path) -> None:
    if not entries or len(entries) > MOST_FILES:
        raise PackageRefused(f"the ZIP holds {len(entries)} files; no dossier does.")
    if len({entry.filename.casefold() for entry in entries}) != len(entries):
        raise PackageRefused("the ZIP names a file twice.")
    for entry in entries:
        why = _why_hostile(entry)
        if why:
            raise PackageRefused(f"the ZIP {why}.")
    work.mkdir(parents=True, exist_ok=True)
    if sum(entry.file_size for entry in entries) > shutil.disk_usage(work).free:
        raise PackageRefused(f"the ZIP does not fit on the disk of {work}.")


def _why_hostile(entry: zipfile.ZipInfo) -> str:
    """Return what is wrong with an entry, or nothing."""
    if not inside(entry.filename):
        return "names a place outside of itself"
    if stat.S_ISLNK(entry.external_attr >> 16):
        return "holds a link"
    if entry.flag_bits & 0x1:
        return "is encrypted"
    if entry.file_size > max(SPARED, entry.compress_size * MOST_EXPANSION):
        return "holds a file that grows out of all measure"
    return ""


def _unpack(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with archive.open(entry) as packed, target.open("xb") as file:
        while chunk := packed.read(CHUNK):
            file.write(chunk)


def _root(folder: Path) -> Path:
    """Return the one folder in ``folder``, or itself if it holds the package."""
    lying = list(folder.iterdir())
    return lying[0] if len(lying) == 1 and lying[0].is_dir() else folder


def _refuse_links(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_symlink():
            raise PackageRefused("the package holds a link.")
