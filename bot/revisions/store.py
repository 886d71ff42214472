"""The revisions of a knowledge base, and the knowledge folder as their working copy.

A revision is one transaction of the database, so it is whole or absent, and the database alone
says what is published. The folder's files are put in place afterwards, and again at the next
`sync` or `open` where that was cut short. History is never rewritten: an undo is a new revision.
It must not know what makes knowledge sound (that is handed in), nor who is asking.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from bot.errors import Fault, InputError, KnowledgeError, RevisionConflict, RevisionsError
from bot.revisions import rows
from bot.revisions.comparing import overlapping
from bot.revisions.database import Database
from bot.revisions.disk import Disk
from bot.revisions.history import History, difference
from bot.revisions.model import (
    FolderState,
    HandEdit,
    Kind,
    Revision,
    Staged,
    applied,
    changes_between,
    digest,
    manifest_of,
)
from bot.revisions.paths import check_path, check_together
from bot.revisions.shelf import Shelf
from bot.revisions.working_copy import WorkingCopy, as_seen
from bot.revisions.worktree import Worktree

KEPT = 200
LEAST_KEPT = 41
"""Twenty undos add twenty revisions, and need the state before the twenty that they take back."""

Validate = Callable[[Path], Sequence[Fault]]
"""Looks at a knowledge folder and tells everything that is wrong with it."""

_Changes = Mapping[str, str | None]
# Within the transaction: what to change in the last revision, and which revision that undoes.
_Decide = Callable[[sqlite3.Connection, Revision], tuple[_Changes, int | None]]


@dataclass(frozen=True, slots=True)
class _Note:
    who: str
    what: Kind
    why: str


def now() -> datetime:
    """The time, in UTC."""
    return datetime.now(UTC)


class RevisionStore(History):
    """The revisions in one database, read and written; made with `open`.

    Args:
        copy: the knowledge folder.
        keep: how many revisions are kept, `LEAST_KEPT` at least.
        clock: tells the time in UTC.
    """

    def __init__(
        self,
        database: Database,
        shelf: Shelf,
        copy: WorkingCopy,
        keep: int = KEPT,
        clock: Callable[[], datetime] = now,
    ) -> None:
        super().__init__(database, shelf)
        self._copy = copy
        self._keep = max(keep, LEAST_KEPT)
        self._clock = clock

    @classmethod
    def open(
        cls,
        path: Path,
        folder: Path,
        *,
        keep: int = KEPT,
        disk: Disk | None = None,
        clock: Callable[[], datetime] = now,
    ) -> RevisionStore:
        """Open a store, and bring the folder's files up to its last revision.

        An empty store takes the folder as it is for revision 1.

        Args:
            path: the database; `revisions/` beside it is the store's as well.
            folder: the knowledge folder.
            keep: how many revisions are kept, `LEAST_KEPT` at least.
            disk: what writes the folder's files.
            clock: tells the time in UTC.

        Raises:
            RevisionsError: the database cannot be used, or there is no folder to begin with.
        """
        database = Database(path)
        copy = WorkingCopy(database, Worktree(folder, disk or Disk()))
        copy.adopt(clock())
        copy.sync()
        return cls(database, Shelf(path.parent / "revisions"), copy, keep, clock)

    def publish(
        self,
        changes: Mapping[str, bytes | None],
        *,
        parent: int,
        who: str,
        what: Kind,
        why: str,
        took: Iterable[HandEdit] = (),
        validate: Validate | None = None,
    ) -> Revision:
        """Publish changes to a revision, as the last one.

        Where others published after `parent`, the changes are made to what they published, if no
        file is in the way (`comparing.overlapping`).

        Args:
            changes: path to content; None removes.
            parent: the number of the revision that the changes were made to.
            took: hand edits that `changes` settles. Their files in the folder count as seen, and
                are replaced where the new revision holds something else.
            validate: looks at the state that would be published.

        Returns:
            the new revision, or the last one where nothing would change.

        Raises:
            InputError: a path cannot be used, or `parent` is not a revision.
            RevisionConflict: somebody else changed one of the files.
            KnowledgeError: `validate` found faults; it carries them.
        """
        for path in changes:
            check_path(path)
        contents = {digest(one): one for one in changes.values() if one is not None}
        wanted = {path: None if one is None else digest(one) for path, one in changes.items()}

        def decide(connection: sqlite3.Connection, head: Revision) -> tuple[_Changes, None]:
            _check_merge(connection, parent, head, wanted)
            return wanted, None

        return self._publish(_Note(who, what, why), decide, contents, took, validate)

    def stage(self, changes: Mapping[str, bytes | None], *, parent: int) -> Staged:
        """Lay out what `publish` would publish now, without publishing it.

        Raises:
            InputError: a path cannot be used, or `parent` is not a revision.
            RevisionConflict: somebody else changed one of the files.
        """
        for path in changes:
            check_path(path)
        contents = {digest(one): one for one in changes.values() if one is not None}
        wanted = {path: None if one is None else digest(one) for path, one in changes.items()}
        with self._database.reading() as connection:

            def read(sha256: str) -> bytes:
                new = contents.get(sha256)
                return rows.content(connection, sha256) if new is None else new

            head = rows.head(connection)
            _check_merge(connection, parent, head, wanted)
            before = rows.files(connection, head)
            after = applied(before, wanted)
            check_together(after)
            folder = self._shelf.lay_out(after, read)
            return Staged(head, manifest_of(after), folder, difference(before, after, read))

    def undo(
        self, *, parent: int, who: str, why: str, validate: Validate | None = None
    ) -> Revision:
        """Take back the last revision that is not taken back yet; again, the one before it.

        To take back an undo, `restore` a revision.

        Args:
            parent: the number of the last revision, as the asker knows it.

        Raises:
            InputError: nothing is left to undo.
            RevisionConflict: somebody else published meanwhile.
            KnowledgeError: `validate` found faults.
        """

        def decide(connection: sqlite3.Connection, head: Revision) -> tuple[_Changes, int]:
            _check_last(parent, head)
            if (undone := rows.undoable(connection)) is None:
                raise InputError("There is nothing left to undo; `restore` names any revision.")
            before = rows.revision(connection, undone.number - 1)
            return _way(connection, head, before), undone.number

        return self._publish(_Note(who, "undo", why), decide, validate=validate)

    def restore(
        self, number: int, *, parent: int, who: str, why: str, validate: Validate | None = None
    ) -> Revision:
        """Publish an earlier revision's state once more.

        Raises:
            InputError: there is no such revision.
            RevisionConflict: somebody else published meanwhile.
            KnowledgeError: `validate` found faults.
        """

        def decide(connection: sqlite3.Connection, head: Revision) -> tuple[_Changes, None]:
            _check_last(parent, head)
            return _way(connection, head, rows.revision(connection, number)), None

        return self._publish(_Note(who, "restore", why), decide, validate=validate)

    def sync(self) -> FolderState:
        """Put the last revision's files in place, but never over a file that a person changed.

        A folder that cannot be written is told, and nothing fails: the revisions serve anyway.
        """
        return self._copy.sync()

    def discard(self, edits: Iterable[HandEdit]) -> FolderState:
        """Put the last revision's files over hand edits, if they are still as they were told."""
        return self._copy.discard(edits)

    def _publish(
        self,
        note: _Note,
        decide: _Decide,
        contents: Mapping[str, bytes] | None = None,
        took: Iterable[HandEdit] = (),
        validate: Validate | None = None,
    ) -> Revision:
        contents, seen, sound = contents or {}, as_seen(took), ""
        while True:
            with self._database.writing() as connection:
                head = rows.head(connection)
                before = rows.files(connection, head)
                changes, undoes = decide(connection, head)
                after = applied(before, changes)
                check_together(after)
                manifest = manifest_of(after)
                if manifest == head.manifest:
                    rows.learn(connection, seen)
                    published = head
                    break
                if validate is None or manifest == sound:
                    rows.learn(connection, seen)
                    published = Revision(
                        head.number + 1, self._clock(), _plain(note.who), note.what,
                        _plain(note.why), manifest, changes_between(before, after), undoes,
                    )  # fmt: skip
                    rows.add(connection, published, contents)
                    rows.prune(connection, self._keep)
                    break
            # Outside of the transaction: it may take long, and whoever publishes meanwhile is
            # merged with in the next round, which is validated again.
            self._validate(after, contents, validate, head)
            sound = manifest
        # It is published: what the folder or the database has against it now is told by `sync`.
        with suppress(RevisionsError):
            self._copy.sync()
        return published

    def _validate(
        self,
        files: Mapping[str, str],
        contents: Mapping[str, bytes],
        validate: Validate,
        head: Revision,
    ) -> None:
        with self._database.reading() as connection:

            def read(sha256: str) -> bytes:
                new = contents.get(sha256)
                return rows.content(connection, sha256) if new is None else new

            folder = self._shelf.lay_out(files, read)
        if faults := validate(folder):
            told = [
                replace(one, path=one.path.relative_to(folder))
                if one.path.is_relative_to(folder)
                else one
                for one in faults
            ]
            problem = f"This is not published, and revision {head.label} keeps serving:"
            raise KnowledgeError(problem, told)


def _check_merge(
    connection: sqlite3.Connection, parent: int, head: Revision, wanted: _Changes
) -> None:
    if not 0 < parent <= head.number:
        raise InputError(f"There is no revision {parent}; the last one is {head.number}.")
    base = rows.find(connection, parent)
    # What is not kept any more is taken to have been without files, so that they are in the way.
    before = {} if base is None else rows.files(connection, base)
    if paths := overlapping(before, rows.files(connection, head), wanted):
        advice = "look at what they changed, and make your change again."
        problem = f"Since revision {parent}, others changed {', '.join(paths)}; {advice}"
        raise RevisionConflict(problem, head.number, paths)


def _way(connection: sqlite3.Connection, head: Revision, wanted: Revision) -> _Changes:
    return changes_between(rows.files(connection, head), rows.files(connection, wanted))


def _check_last(parent: int, head: Revision) -> None:
    if head.number != parent:
        problem = f"Revision {head.label} was published since; look at it, and ask again."
        raise RevisionConflict(problem, head.number)


def _plain(text: str) -> str:
    """One line that UTF-8 can hold: a terminal's arguments may not be."""
    return " ".join(text.split()).encode("utf-8", "replace").decode()
