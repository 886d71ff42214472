"""What a revision is, and what the knowledge folder is like beside it. Plain, frozen data.

It must not know databases or disks.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from bot.revisions.diff import RevisionDiff

Kind = Literal["import", "add", "refresh", "edit", "remove", "undo", "restore", "pin", "hand edit"]
"""What a revision did."""


@dataclass(frozen=True, slots=True)
class Revision:
    """One published state of the knowledge files; the parent of `number` is `number - 1`.

    Attributes:
        number: from 1, without gaps.
        at: when it was published, in UTC.
        who: a mention, a name, or `terminal`.
        manifest: digest of all paths and contents; equal for equal knowledge, wherever it is.
        changed: the paths that differ from its parent, to the new content's sha256, or None where
            the file was removed.
        undoes: the number of the revision that it takes back, where it is an undo.
    """

    number: int
    at: datetime
    who: str
    what: Kind
    why: str
    manifest: str
    changed: Mapping[str, str | None]
    undoes: int | None = None

    @property
    def label(self) -> str:
        """Its number and the beginning of its manifest, as in `12·3fa9c1d`."""
        return f"{self.number}·{self.manifest[:7]}"


@dataclass(frozen=True, slots=True)
class HandEdit:
    """A file of the knowledge folder that a person wrote or removed.

    Attributes:
        content: what the file holds, or None where it was removed.
        sha256: the content's digest, or None.
    """

    path: str
    content: bytes | None
    sha256: str | None


@dataclass(frozen=True, slots=True)
class FolderState:
    """How the knowledge folder compares with the last revision.

    Attributes:
        head: the number of the revision that it was compared with.
        edits: made by hand, and not published yet.
        conflicts: made by hand on files that a revision changed too. The revision serves, the
            hand's file stays where it is, until a person publishes or discards it.
        behind: paths at which the folder lacks what the revision holds.
        problems: sentences on what keeps the folder from being read or written.
    """

    head: int
    edits: tuple[HandEdit, ...] = ()
    conflicts: tuple[HandEdit, ...] = ()
    behind: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A revision's files in a folder, each just found to be what it should be.

    Attributes:
        files: path to sha256.
    """

    folder: Path
    files: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Staged:
    """A state that is not published, and may never be.

    Attributes:
        head: the revision that it would follow.
        folder: where it is laid out; named after its manifest.
        diff: what it changes in `head`.
    """

    head: Revision
    manifest: str
    folder: Path
    diff: RevisionDiff


def digest(content: bytes) -> str:
    """The sha256 of a file's content, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def manifest_of(files: Mapping[str, str]) -> str:
    """The sha256 over lines of `digest  path` in the order of the paths, as sha256sum prints."""
    lines = "".join(f"{files[path]}  {path}\n" for path in sorted(files))
    return digest(lines.encode())


def applied(files: Mapping[str, str], changes: Mapping[str, str | None]) -> dict[str, str]:
    """A state's files after changes, where None removes."""
    merged = {**files, **changes}
    return {path: sha256 for path, sha256 in merged.items() if sha256 is not None}


def changes_between(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, str | None]:
    """The paths at which two states differ, with the later content's sha256, or None."""
    paths = sorted(before.keys() | after.keys())
    return {path: after.get(path) for path in paths if before.get(path) != after.get(path)}
