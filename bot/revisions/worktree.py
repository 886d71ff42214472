"""The knowledge folder on the disk: what its files hold, and putting a revision's files in place.

It must not know where revisions are kept, nor decide which side of a difference is right.
"""

from __future__ import annotations

import os
import time
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.errors import why_not_read, why_not_written
from bot.revisions.disk import Disk, file_digest
from bot.revisions.model import digest
from bot.revisions.paths import SUFFIXES, collisions, wrong_with

# A file changed twice within a tick of the disk's clock looks unchanged; FAT ticks every 2 s.
_TICK = 2_000_000_000


@dataclass(frozen=True, slots=True)
class Known:
    """A file as it was seen: its content's digest, and by what to tell that it was touched since.

    Attributes:
        size: in bytes; -1 where the file has to be read again.
        mtime, ctime, seen: when it was written, touched and read, in nanoseconds since 1970.
    """

    sha256: str
    size: int = -1
    mtime: int = 0
    ctime: int = 0
    seen: int = 0

    def holds_for(self, found: os.stat_result) -> bool:
        """The file is the one that was read, so its digest is known without reading it."""
        same = (found.st_size, found.st_mtime_ns, found.st_ctime_ns)
        settled = max(self.mtime, self.ctime) + _TICK < self.seen
        return settled and same == (self.size, self.mtime, self.ctime)


@dataclass(frozen=True, slots=True)
class Scan:
    """What a folder holds.

    Attributes:
        files: by path in the form that revisions use.
        names: the paths of `files` as the disk spells them.
        blocked: paths that must be left alone with all below them, and sentences that say why.
        missing: there is no folder.
    """

    files: Mapping[str, Known] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    blocked: Mapping[str, str] = field(default_factory=dict)
    missing: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """What became of files that were to be put in place.

    Attributes:
        files: those that are in place, as they are now; None where one was removed.
        problems: sentences on what kept the others from it.
    """

    files: Mapping[str, Known | None]
    problems: tuple[str, ...] = ()


class Worktree:
    """The knowledge files in one folder.

    Args:
        folder: the knowledge folder.
        disk: what writes its files.
    """

    def __init__(self, folder: Path, disk: Disk) -> None:
        self.folder = folder
        self._disk = disk

    def scan(self, known: Mapping[str, Known]) -> Scan:
        """What the folder holds now.

        Args:
            known: what it held before; files that were not touched since are not read again.
        """
        if not self.folder.is_dir():
            problem = f"The knowledge folder {self.folder} is gone; put it back, or make it empty."
            return Scan(blocked={"": problem}, missing=True)
        files: dict[str, Known] = {}
        names: dict[str, str] = {}
        blocked: dict[str, str] = {}
        for name in self._walk("", blocked):
            path = unicodedata.normalize("NFC", name)
            # A known path was looked at when it became known.
            wrong = None if path in known else wrong_with(path)
            if wrong is not None:
                # A name that is not UTF-8 could not be shown as it is.
                shown = name.encode("utf-8", "replace").decode()
                blocked[path] = f"The file {self.folder / shown} {wrong}"
            elif path in files:
                advice = "rename one of them."
                blocked[path] = f"Two files are called {self.folder / path}; {advice}"
            elif (found := self._look(name, known.get(path), path, blocked)) is not None:
                files[path], names[path] = found, name
        for one, other in collisions(files):
            advice = "rename one of them."
            blocked[other] = f"{self.folder / other} is {one} on some disks; {advice}"
        kept = {path: one for path, one in files.items() if path not in blocked}
        return Scan(kept, names, blocked)

    def read(self, scan: Scan, path: str) -> bytes | None:
        """A file's content now, or None where it cannot be read."""
        try:
            return (self.folder / scan.names.get(path, path)).read_bytes()
        except OSError:
            return None

    def place(
        self,
        wanted: Mapping[str, str | None],
        agreed: Mapping[str, Known | None],
        scan: Scan,
        read: Callable[[str], bytes],
    ) -> Placed:
        """Put files in place, each whole or not at all, and only over what the scan found.

        Args:
            wanted: path to the digest of what it shall hold, or None to remove it.
            agreed: files that are in place, but may not have been when the power was last lost.
            read: gives the content with a digest.
        """
        done = dict(agreed)
        problems: dict[str, str] = {}
        try:
            self._disk.sweep(self.folder)
        except OSError as error:
            problems["sweep"] = f"The folder {self.folder} {why_not_written(error)}"
        for path, sha256 in wanted.items():
            target = self.folder / scan.names.get(path, path)
            found = scan.files.get(path)
            expected = None if found is None else found.sha256
            try:
                placed = self._place(target, expected, sha256, read)
            except OSError as error:
                # A full or read-only disk refuses every file for one reason: it is told once.
                reason = why_not_written(error)
                problems.setdefault(reason, f"The file {target} {reason}")
                continue
            if placed:
                done[path] = None if sha256 is None else self._seen(target, sha256)
        try:
            # Before anybody notes that they are in place: else a power loss would take the new
            # names back, and the old files would be taken for a person's.
            names = [Path(scan.names.get(path, path)) for path in done]
            folders = {self.folder / above for name in names for above in name.parents}
            self._disk.settle(sorted(filter(Path.is_dir, folders)))
        except OSError as error:
            problems["settle"] = f"The folder {self.folder} {why_not_written(error)}"
            done = {}
        return Placed(done, tuple(problems.values()))

    def _place(
        self, target: Path, expected: str | None, sha256: str | None, read: Callable[[str], bytes]
    ) -> bool:
        if sha256 is None:
            if self._holds(target, expected):
                self._disk.remove(target)
                return True
            return False
        part = self._disk.aside(target, read(sha256))
        # As late as can be: somebody may have saved the file since the scan.
        if not self._holds(target, expected):
            self._disk.drop(part)
            return False
        self._disk.swap(part, target)
        return True

    def _holds(self, target: Path, expected: str | None) -> bool:
        if target.is_symlink():
            return False
        try:
            return digest(target.read_bytes()) == expected
        except FileNotFoundError:
            return expected is None

    def _seen(self, target: Path, sha256: str) -> Known:
        now = time.time_ns()
        found = target.stat()
        return Known(sha256, found.st_size, found.st_mtime_ns, found.st_ctime_ns, now)

    def _look(
        self, name: str, known: Known | None, path: str, blocked: dict[str, str]
    ) -> Known | None:
        target = f"{self.folder}/{name}"
        now = time.time_ns()
        try:
            found = os.stat(target)
            if known is not None and known.holds_for(found):
                return known
            sha256 = file_digest(target)
        except FileNotFoundError:
            return None
        except OSError as error:
            blocked[path] = f"The file {target} {why_not_read(error)}"
            return None
        return Known(sha256, found.st_size, found.st_mtime_ns, found.st_ctime_ns, now)

    def _walk(self, folder: str, blocked: dict[str, str]) -> Iterator[str]:
        """Paths of regular files below a folder, as the disk spells them."""
        try:
            with os.scandir(self.folder / folder) as listed:
                entries = sorted(listed, key=lambda entry: entry.name)
        except FileNotFoundError:
            return
        except OSError as error:
            path = unicodedata.normalize("NFC", folder)
            blocked[path] = f"The folder {self.folder / folder} {why_not_read(error)}"
            return
        for entry in entries:
            name = f"{folder}/{entry.name}" if folder else entry.name
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from self._walk(name, blocked)
            elif entry.is_file(follow_symlinks=False):
                if name.endswith(SUFFIXES):
                    yield name
            elif entry.is_dir() or name.endswith(SUFFIXES):
                advice = "put the file itself in its place."
                path = unicodedata.normalize("NFC", name)
                blocked[path] = f"{self.folder / name} is a link or a device; {advice}"
