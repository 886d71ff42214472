"""The SQLite file of the revisions: how it is opened, made, and written in one step.

A rollback journal and not a write-ahead log: the store is one file at rest, which can be copied,
and it works where memory cannot be shared (network disks, folders handed to a container). With
`synchronous=EXTRA` a commit has returned only when file, journal and folder are on the disk, so
that a power loss afterwards keeps it. Every transaction has its own connection, so that threads
need no agreement. It must not know what is stored.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bot.errors import RevisionsError, why_not_written

_APPLICATION = 0x52637074
_VERSION = 1
_LEAST_BYTES = 512
_WAIT = 30.0
"""Seconds to wait for another process that writes."""

DAMAGED = (
    "The store of revisions is damaged; put a copy of it back, or move it away to begin anew from"
    " the knowledge folder."
)

_SCHEMA = (
    """CREATE TABLE revisions (
        number INTEGER PRIMARY KEY, at TEXT NOT NULL, who TEXT NOT NULL, what TEXT NOT NULL,
        why TEXT NOT NULL, manifest TEXT NOT NULL, undoes INTEGER
    ) STRICT""",
    """CREATE TABLE changes (
        path TEXT NOT NULL, revision INTEGER NOT NULL, sha256 TEXT,
        PRIMARY KEY (path, revision)
    ) STRICT, WITHOUT ROWID""",
    "CREATE INDEX changes_of_revision ON changes (revision)",
    "CREATE TABLE blobs (sha256 TEXT PRIMARY KEY, data BLOB NOT NULL) STRICT",
    """CREATE TABLE worktree (
        path TEXT PRIMARY KEY, sha256 TEXT NOT NULL, size INTEGER NOT NULL,
        mtime INTEGER NOT NULL, ctime INTEGER NOT NULL, seen INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID""",
    f"PRAGMA application_id = {_APPLICATION}",
    f"PRAGMA user_version = {_VERSION}",
)


class Database:
    """One file of revisions.

    Args:
        path: the file; made, with its folder, where it is missing or empty.

    Raises:
        RevisionsError: it cannot be opened or made, is damaged, or is something else.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            if not path.exists():
                path.touch()
            size = path.stat().st_size
        except OSError as error:
            raise RevisionsError(f"The store {path} {why_not_written(error)}") from error
        # SQLite takes a few bytes of anything for an empty database, and would write over them.
        if 0 < size < _LEAST_BYTES:
            raise RevisionsError(_not_a_store(path))
        with self.reading() as connection:
            new = not _check(path, connection)
        if new:
            with self.writing() as connection:
                # Another process may have made it meanwhile.
                if not _check(path, connection):
                    for statement in _SCHEMA:
                        connection.execute(statement)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A transaction that sees one state throughout.

        Raises:
            RevisionsError: the file cannot be read.
        """
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The only transaction that may write; it is kept if the block ends, else it never was.

        Raises:
            RevisionsError: the file cannot be written.
        """
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        # Mode rw: a file that vanished is told, and not made anew with an empty history.
        address = f"{self.path.absolute().as_uri()}?mode=rw"
        try:
            connection = sqlite3.connect(address, uri=True, timeout=_WAIT, isolation_level=None)
            with closing(connection):
                connection.execute("PRAGMA synchronous = EXTRA")
                connection.execute("PRAGMA fullfsync = ON")
                connection.execute(begin)
                yield connection
                # Where this is not reached, closing the connection rolls back.
                connection.execute("COMMIT")
        except sqlite3.Error as error:
            raise RevisionsError(f"The store {self.path} {_why(error)}") from error


def _check(path: Path, connection: sqlite3.Connection) -> bool:
    """Whether it is a store; False where it is empty."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not application and not tables:
        return False
    if application != _APPLICATION:
        raise RevisionsError(_not_a_store(path))
    if version != _VERSION:
        advice = "install that version, or name another data folder."
        raise RevisionsError(f"The store {path} was written by a newer Receipts; {advice}")
    (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if sound != "ok":
        raise RevisionsError(DAMAGED)
    return True


def _not_a_store(path: Path) -> str:
    advice = "move it away or name another data folder."
    return f"The file {path} is not a store of revisions; {advice}"


def _why(error: sqlite3.Error) -> str:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
        return "is being written by another process; try again."
    if code in {sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT}:
        return f"is not a store of revisions, or not any more. {DAMAGED}"
    if code in {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}:
        return f"cannot be read or written ({error}); check the disk and the space left."
    return f"cannot be used ({error}); check its folder and permissions."
