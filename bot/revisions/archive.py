"""Files as a zip whose bytes depend on nothing but the files.

It must not know where the files come from.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

_UNIX = 3
_MODE = 0o100644 << 16


def write_zip(files: Iterable[tuple[str, bytes]], to: BinaryIO) -> None:
    """Write files, by path, with one date and one mode for all, in the order given."""
    with ZipFile(to, "w", ZIP_DEFLATED) as archive:
        for path, content in files:
            entry = ZipInfo(path)
            entry.create_system = _UNIX
            entry.external_attr = _MODE
            archive.writestr(entry, content, ZIP_DEFLATED, compresslevel=9)
