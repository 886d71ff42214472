"""Reading revisions: which there are, what they hold, and how they differ.

It must not know the knowledge folder, and changes nothing in the database.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bot.articles.store import FOLDER, ArticleStore
from bot.errors import InputError
from bot.revisions import rows
from bot.revisions.database import Database
from bot.revisions.model import LaidOut, Revision, changes_between
from bot.revisions.shelf import Shelf

if TYPE_CHECKING:
    from bot.revisions.diff import RevisionDiff


class History:
    """The revisions in one database.

    Every method may be called from any thread, and by several processes at once. All raise
    RevisionsError where the database cannot be read, or is damaged.
    """

    def __init__(self, database: Database, shelf: Shelf) -> None:
        self._database = database
        self._shelf = shelf

    @property
    def head(self) -> Revision:
        """The last revision."""
        with self._database.reading() as connection:
            return rows.head(connection)

    def history(self, most: int) -> tuple[Revision, ...]:
        """The last revisions, newest first."""
        with self._database.reading() as connection:
            return rows.revisions(connection, most)

    def revision(self, number: int) -> Revision:
        """The revision with that number.

        Raises:
            InputError: there is none, or it is not kept any more.
        """
        with self._database.reading() as connection:
            return rows.revision(connection, number)

    def files(self, number: int) -> Mapping[str, str]:
        """Path to sha256 of all files of a revision.

        Raises:
            InputError: there is no such revision.
        """
        with self._database.reading() as connection:
            return rows.files(connection, rows.revision(connection, number))

    def read(self, number: int, path: str) -> bytes:
        """One file of a revision.

        Raises:
            InputError: there is no such revision, or no such file in it.
        """
        with self._database.reading() as connection:
            files = rows.files(connection, rows.revision(connection, number))
            if path not in files:
                raise InputError(f"Revision {number} holds no file {path}; check its name.")
            return rows.content(connection, files[path])

    def folder(self, number: int) -> Path:
        """A folder that holds a revision, to open a knowledge base from; it must not be changed.

        It stays until `clean`. Equal states are the same folder.

        Raises:
            InputError: there is no such revision.
        """
        return self.laid_out(number).folder

    def laid_out(self, number: int) -> LaidOut:
        """The same folder, and what has just been read there.

        Raises:
            InputError: there is no such revision.
        """
        with self._database.reading() as connection:
            files = rows.files(connection, rows.revision(connection, number))
            read = partial(rows.content, connection)
            return LaidOut(self._shelf.lay_out(files, read), files)

    def clean(self, keep: Iterable[int]) -> None:
        """Remove the folders of all revisions but these; for the one process that serves."""
        with self._database.reading() as connection:
            found = [rows.find(connection, number) for number in keep]
        self._shelf.clean({one.manifest for one in found if one is not None})

    def export(self, number: int, to: BinaryIO, below: str = f"{FOLDER}/") -> None:
        """Write a revision's files as a zip; the same files make the same bytes.

        Args:
            below: what their paths begin with; nothing for all of them.

        Raises:
            InputError: there is no such revision.
        """
        from bot.revisions.archive import write_zip

        with self._database.reading() as connection:
            files = rows.files(connection, rows.revision(connection, number))
            wanted = sorted(path for path in files if path.startswith(below))
            write_zip(((path, rows.content(connection, files[path])) for path in wanted), to)

    def diff(self, before: int, after: int) -> RevisionDiff:
        """What changed from one revision to another, whichever was first.

        Raises:
            InputError: there is no such revision.
        """
        with self._database.reading() as connection:
            old = rows.files(connection, rows.revision(connection, before))
            new = rows.files(connection, rows.revision(connection, after))
            return difference(old, new, lambda sha256: rows.content(connection, sha256))

    def to_undo(self) -> Revision | None:
        """The revision that `undo` would take back; None where none is left."""
        with self._database.reading() as connection:
            return rows.undoable(connection)


def difference(
    before: Mapping[str, str], after: Mapping[str, str], read: Callable[[str], bytes]
) -> RevisionDiff:
    """What changed between two states.

    Args:
        before, after: path to digest.
        read: gives the content with a digest.
    """
    from tempfile import TemporaryDirectory

    from bot.revisions.diff import diff

    changed = changes_between(before, after)
    found = []
    with TemporaryDirectory() as aside:
        shelf = Shelf(Path(aside))
        for files in (before, after):
            own = {path: files[path] for path in changed if path in files}
            folder = shelf.lay_out(own, read)
            found.append({
                stored.path.relative_to(folder).as_posix(): stored.article
                for stored in ArticleStore(folder).scan()[0]
            })  # fmt: skip
    others = [
        path
        for path in changed
        if any(path in files and path not in articles
               for files, articles in zip((before, after), found, strict=True))
    ]  # fmt: skip
    return diff(found[0].values(), found[1].values(), others)
