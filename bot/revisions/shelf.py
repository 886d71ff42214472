"""Revisions laid out as folders, for those who read a knowledge base from a folder.

A folder is named after its manifest, so that equal knowledge is laid out once. It can always be
made again. It must not know what the files mean.
"""

from __future__ import annotations

import os
import shutil
import tempfile
import unicodedata
from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from bot.errors import RevisionsError, why_not_written
from bot.revisions.disk import file_digest
from bot.revisions.model import manifest_of

_ASIDE = ".new-"


class Shelf:
    """The laid out revisions of one store.

    Args:
        folder: where they lie; made where it is missing.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def lay_out(self, files: Mapping[str, str], read: Callable[[str], bytes]) -> Path:
        """The folder that holds exactly these files, whole or not at all.

        Args:
            files: path to digest.
            read: gives the content with a digest.

        Raises:
            RevisionsError: it cannot be written.
        """
        place = self.folder / manifest_of(files)
        if self._is_whole(place, files):
            return place
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=self.folder, prefix=_ASIDE) as aside:
                new = Path(aside) / "new"
                for path, sha256 in files.items():
                    target = new / path
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(read(sha256))
                new.mkdir(exist_ok=True)
                if place.exists():
                    place.rename(Path(aside) / "old")
                new.rename(place)
        except OSError as error:
            # Another process may have laid out the same just now.
            if self._is_whole(place, files):
                return place
            raise RevisionsError(f"The folder {place} {why_not_written(error)}") from error
        return place

    def clean(self, keep: Collection[str]) -> None:
        """Remove all folders but those with these manifests.

        Raises:
            RevisionsError: one cannot be removed.
        """
        try:
            found = list(self.folder.iterdir()) if self.folder.is_dir() else []
            for place in found:
                if place.name not in keep:
                    shutil.rmtree(place)
        except OSError as error:
            raise RevisionsError(f"The folder {self.folder} {why_not_written(error)}") from error

    def _is_whole(self, place: Path, files: Mapping[str, str]) -> bool:
        # Read again each time: a power loss may have left the name and not the bytes.
        try:
            return (
                place.is_dir()
                and _paths(place) == files.keys()
                and all(file_digest(f"{place}/{path}") == sha256 for path, sha256 in files.items())
            )
        except OSError:
            return False


def _paths(place: Path) -> set[str]:
    """All files in a folder, in the form that revisions use; a system's hidden ones apart."""
    found: set[str] = set()
    for folder, folders, names in os.walk(place):
        folders[:] = [name for name in folders if name[0] != "."]
        below = Path(folder).relative_to(place).as_posix()
        seen = (f"{below}/{name}".removeprefix("./") for name in names if name[0] != ".")
        found.update(unicodedata.normalize("NFC", path) for path in seen)
    return found
