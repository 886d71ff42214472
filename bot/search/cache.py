"""Where saved files lie, and when one is still right: by the digests of all that it was made from.

A saved file is never trusted further than that, and one that cannot be written is no error. It must
not know what is saved.
"""

from __future__ import annotations

import hashlib
import time
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from bot.revisions.disk import file_digest
from bot.search.merging import Pieces
from bot.search.ragged import Numbers
from bot.search.saved_file import UNFINISHED, Saved, opened, save

_CODE = Path(__file__).resolve().parent.parent
_PARTS = ("search", "articles")
_PACKAGES = ("Stemmer", "sentencex")
_MOST_FILES = 64
_MOST_BYTES = 2_000_000_000
_LONGEST = 3600
"""Seconds; what was begun longer ago and is not there yet was broken off."""


class Cache:
    """The folder of saved files.

    Args:
        folder: made when something is saved; None keeps nothing.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder

    def read(self, kind: str, place: str, key: str) -> Saved | None:
        """What was saved for a place under that key, or None.

        Args:
            kind: what it is, such as `index`.
            place: what it was made from, such as a folder's name; one file is kept for each.
        """
        if self._folder is None:
            return None
        saved = opened(_path(self._folder, kind, place))
        return saved if saved is not None and saved.head.get("key") == key else None

    def write(
        self,
        kind: str,
        place: str,
        key: str,
        head: Mapping[str, Any],
        arrays: Mapping[str, Numbers | Pieces],
    ) -> Saved | None:
        """Save it in place of what was there, if that is possible.

        Returns:
            what was saved, mapped, so that only what is used of it stays in memory; or None.
        """
        if self._folder is None:
            return None
        path = _path(self._folder, kind, place)
        digest = save(path, {**head, "key": key}, arrays)
        if digest is None:
            return None
        _thin(self._folder)
        saved = opened(path, digest)
        # Another process may have been here meanwhile.
        return saved if saved is not None and saved.digest == digest else None


def _path(folder: Path, kind: str, place: str) -> Path:
    named = hashlib.sha256(place.encode("utf-8", "surrogateescape"))
    return folder / f"{kind}-{named.hexdigest()[:16]}.bin"


def _thin(folder: Path) -> None:
    """Leave only the newest files, so that folders that are gone are forgotten."""
    try:
        for path in folder.glob(UNFINISHED):
            if path.stat().st_mtime < time.time() - _LONGEST:
                path.unlink(missing_ok=True)
        found = [(path.stat(), path) for path in folder.glob("*.bin")]
        taken = 0
        for number, (about, path) in enumerate(sorted(found, key=lambda one: -one[0].st_mtime)):
            taken += about.st_size
            if number and (number >= _MOST_FILES or taken > _MOST_BYTES):
                path.unlink(missing_ok=True)
    except OSError:
        # Another process was quicker; the next one to write thins them out.
        return


@cache
def code_digest() -> str:
    """A digest of all code that decides what is saved, and of what it rests on.

    Taken once: the code that was loaded is that of the start, whatever is installed later.
    """
    found = hashlib.sha256(unicodedata.unidata_version.encode())
    for package in _PACKAGES:
        # Reading versions from the metadata takes longer than all the rest.
        spec = find_spec(package)
        if spec and spec.origin:
            about = Path(spec.origin).stat()
            found.update(f"{package} {about.st_size} {about.st_mtime_ns}\n".encode())
    for part in _PARTS:
        found.update(files_digest((_CODE / part).glob("*.py")).encode())
    return found.hexdigest()


def files_digest(paths: Iterable[Path]) -> str:
    """A digest of files, their names and contents; the order in which they come is all one.

    Raises:
        OSError: one cannot be read.
    """
    found = hashlib.sha256()
    for path in sorted(paths):
        found.update(f"{path.name} {file_digest(path)}\n".encode("utf-8", "surrogateescape"))
    return found.hexdigest()
