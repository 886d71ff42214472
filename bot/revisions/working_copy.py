"""The knowledge folder as the working copy of the last revision: kept up, and watched for hands.

It must not publish: a hand edit is told, and somebody decides.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.errors import RevisionsError
from bot.revisions import rows
from bot.revisions.comparing import Comparison, compare
from bot.revisions.database import Database
from bot.revisions.model import FolderState, HandEdit, Revision, digest, manifest_of
from bot.revisions.worktree import Known, Scan, Worktree


@dataclass(frozen=True, slots=True)
class _Compared:
    head: int
    known: Mapping[str, Known]
    scan: Scan
    paths: Comparison

    @property
    def learned(self) -> dict[str, Known | None]:
        """What the database does not know yet of files that agree."""
        now = {path: self.scan.files.get(path) for path in self.paths.agreed}
        return {path: one for path, one in now.items() if one != self.known.get(path)}


class WorkingCopy:
    """One knowledge folder and the database that it follows."""

    def __init__(self, database: Database, worktree: Worktree) -> None:
        self._database = database
        self._worktree = worktree

    def sync(self) -> FolderState:
        """Put the last revision's files in place, but never over a file that a person changed.

        A folder that cannot be written is told, and nothing fails: the revisions serve anyway.
        """
        with self._database.reading() as connection:
            found = self._compare(connection)
        behind, problems = found.paths.behind, list(found.scan.blocked.values())
        if found.paths.place or found.learned:
            try:
                with self._database.writing() as connection:
                    # Nobody publishes while this lasts, so what is put in place is the last.
                    found = self._compare(connection)
                    placed = self._worktree.place(
                        found.paths.place,
                        found.learned,
                        found.scan,
                        lambda sha256: rows.content(connection, sha256),
                    )
                    rows.learn(connection, placed.files)
                late = found.paths.place.keys() - placed.files.keys()
                behind = (*found.paths.behind, *sorted(late))
                problems = [*found.scan.blocked.values(), *placed.problems]
            except RevisionsError as error:
                behind = (*found.paths.behind, *found.paths.place)
                problems.append(str(error))
        return FolderState(
            found.head,
            self._hand_edits(found.scan, found.paths.edits),
            self._hand_edits(found.scan, found.paths.conflicts),
            behind,
            tuple(problems),
        )

    def discard(self, edits: Iterable[HandEdit]) -> FolderState:
        """Put the last revision's files over hand edits, if they are still as they were told."""
        with self._database.writing() as connection:
            rows.learn(connection, as_seen(edits))
        return self.sync()

    def adopt(self, at: datetime) -> None:
        """Take the folder as it is for revision 1, where there is no revision yet.

        Raises:
            RevisionsError: there is no folder.
        """
        with self._database.writing() as connection:
            if rows.last_number(connection):
                return
            scan = self._worktree.scan({})
            if scan.missing:
                raise RevisionsError("".join(scan.blocked.values()))
            read = {path: self._worktree.read(scan, path) for path in scan.files}
            found = {path: content for path, content in read.items() if content is not None}
            files = {path: digest(content) for path, content in found.items()}
            first = Revision(
                1, at, "terminal", "import", "The knowledge folder as it was found.",
                manifest_of(files), files,
            )  # fmt: skip
            rows.add(connection, first, {files[path]: found[path] for path in found})
            rows.learn(connection, {path: Known(sha256) for path, sha256 in files.items()})

    def _compare(self, connection: sqlite3.Connection) -> _Compared:
        head = rows.head(connection)
        known = rows.known(connection)
        scan = self._worktree.scan(known)
        paths = compare(
            rows.files(connection, head),
            {path: one.sha256 for path, one in known.items()},
            {path: one.sha256 for path, one in scan.files.items()},
            scan.blocked,
        )
        return _Compared(head.number, known, scan, paths)

    def _hand_edits(self, scan: Scan, paths: Collection[str]) -> tuple[HandEdit, ...]:
        edits = []
        for path in paths:
            if path not in scan.files:
                edits.append(HandEdit(path, None, None))
            elif (content := self._worktree.read(scan, path)) is not None:
                edits.append(HandEdit(path, content, digest(content)))
        return tuple(edits)


def as_seen(edits: Iterable[HandEdit]) -> dict[str, Known | None]:
    """What the folder's files are where somebody has settled these hand edits."""
    return {one.path: None if one.sha256 is None else Known(one.sha256) for one in edits}
