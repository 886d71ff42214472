"""A folder's files in single steps, each of which a crash or a full disk may end.

It must not know revisions, nor which files are knowledge.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

# Some network and shared file systems cannot sync a folder.
_UNABLE = frozenset({errno.EINVAL, errno.ENOTSUP, errno.ENOSYS})
_PREFIX, _SUFFIX = ".receipts-", ".part"


def _nothing(step: str) -> None:
    """What is done before a step where nobody asked for more."""


def file_digest(path: Path | str) -> str:
    """The sha256 of a file's content, hexadecimal.

    Raises:
        OSError: it cannot be read.
    """
    # Not `read_bytes`: its buffer costs more than a short file.
    with open(path, "rb", buffering=0) as file:
        return hashlib.sha256(file.read()).hexdigest()


class Disk:
    """Writes whole files, and sees to it that a power loss cannot take them back.

    Args:
        before: called with a step's name ahead of each step; what it raises, the step raises.
    """

    def __init__(self, before: Callable[[str], None] = _nothing) -> None:
        self._before = before

    def aside(self, target: Path, content: bytes) -> Path:
        """Write a hidden file in the target's folder, which is made where it is missing.

        Raises:
            OSError: it cannot be written; nothing of it is left.
        """
        for folder in reversed((target.parent, *target.parent.parents)):
            if not folder.is_dir():
                self._before("make folder")
                folder.mkdir(exist_ok=True)
        self._before("make file")
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=_PREFIX, suffix=_SUFFIX)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                self._before("write")
                file.write(content)
                file.flush()
                self._before("sync file")
                os.fsync(file.fileno())
            part.chmod(0o644)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        return part

    def swap(self, part: Path, target: Path) -> None:
        """Put a hidden file in its target's place, in one step.

        Raises:
            OSError: it cannot be put there; it is removed.
        """
        try:
            self._before("replace")
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)

    def drop(self, part: Path) -> None:
        """Remove a hidden file that is not needed after all."""
        part.unlink(missing_ok=True)

    def remove(self, target: Path) -> None:
        """Remove a file.

        Raises:
            OSError: it cannot be removed.
        """
        self._before("remove")
        target.unlink()

    def settle(self, folders: Iterable[Path]) -> None:
        """Bring folders' names to the disk, where the system can do that.

        Raises:
            OSError: the disk refused.
        """
        if os.name == "nt":
            return
        for folder in folders:
            self._before("sync folder")
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            except OSError as error:
                if error.errno not in _UNABLE:
                    raise
            finally:
                os.close(handle)

    def sweep(self, folder: Path) -> None:
        """Remove hidden files that a crash left; nobody else may be writing.

        Raises:
            OSError: one cannot be removed.
        """
        for found in folder.rglob(f"{_PREFIX}*{_SUFFIX}"):
            self.remove(found)
