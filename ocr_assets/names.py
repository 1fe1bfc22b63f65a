"""Names of files as text: what a file system holds as a name need not be UTF-8."""

from pathlib import Path


def as_text(name: Path | str) -> str:
    """Return ``name`` as text that can be written anywhere, bytes that are no UTF-8 spelled out."""
    return str(name).encode("utf-8", "backslashreplace").decode()
