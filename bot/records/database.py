"""The file of the records: made, recognised, migrated, or refused in one sentence.

Written ahead (WAL), so that reading never waits for writing, and with `synchronous=FULL`, so that
what is committed survives a power cut, too: NORMAL would lose the newest commits, and the wait for
the disk that it saves is the writer's alone, once for all that it has at hand. It must not know
what the tables mean.
"""

from __future__ import annotations

import os
import sqlite3
import stat
import time
from dataclasses import dataclass
from pathlib import Path

from bot.errors import RecordsError, why_not_written

_OURS = 0x52637074
"""`PRAGMA application_id` of our files: "Rcpt"."""

_SMALLEST = 512
"""Bytes of the smallest page; SQLite takes a shorter file for an empty one."""

# One entry for each `PRAGMA user_version`; what is published is never changed, only added to.
_MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE secrets (name TEXT PRIMARY KEY, value BLOB NOT NULL)",
        "CREATE TABLE totals (name TEXT PRIMARY KEY, value INTEGER NOT NULL)",
        "INSERT INTO secrets VALUES ('asker', randomblob(32))",
        "INSERT INTO totals VALUES ('private gaps', 0)",
        """CREATE TABLE questions (
            key TEXT PRIMARY KEY, text TEXT NOT NULL, before TEXT, language TEXT NOT NULL,
            private INTEGER NOT NULL, asker BLOB NOT NULL, day TEXT NOT NULL
        ) WITHOUT ROWID""",
        "CREATE INDEX questions_of ON questions (asker)",
        """CREATE TABLE gaps (
            id INTEGER PRIMARY KEY AUTOINCREMENT, question TEXT NOT NULL, language TEXT NOT NULL,
            count INTEGER NOT NULL, first_day TEXT NOT NULL, last_day TEXT NOT NULL,
            UNIQUE (question, language)
        )""",
        """CREATE TABLE feedback (
            passage TEXT NOT NULL, question TEXT NOT NULL, asker BLOB NOT NULL,
            helpful INTEGER NOT NULL, day TEXT NOT NULL,
            PRIMARY KEY (passage, question, asker)
        ) WITHOUT ROWID""",
        "CREATE INDEX feedback_of ON feedback (asker)",
        """CREATE TABLE reports (
            id INTEGER PRIMARY KEY AUTOINCREMENT, passage TEXT NOT NULL, reason TEXT NOT NULL,
            asker BLOB NOT NULL, day TEXT NOT NULL,
            state TEXT NOT NULL CHECK (state IN ('open', 'done'))
        )""",
        "CREATE UNIQUE INDEX reports_open ON reports (passage, asker) WHERE state = 'open'",
        "CREATE INDEX reports_of ON reports (asker)",
    ),
)


@dataclass(frozen=True, slots=True)
class Database:
    """The open records.

    Attributes:
        writing, reading: two connections to a file, so that neither waits; in memory one and the
            same.
        secret: 32 random bytes, made with the file, under which members are hashed.
    """

    writing: sqlite3.Connection
    reading: sqlite3.Connection
    secret: bytes


def open_file(path: Path, patience: float) -> Database:
    """The records in a file, which is made where there is none.

    A file that is refused is left as it is. Only its owner may read the file (0600).

    Args:
        patience: seconds that a statement waits for another process which has the file locked.

    Raises:
        RecordsError: the file cannot be made or used, is damaged, not ours, or of a newer version.
    """
    _make(path)
    opened: list[sqlite3.Connection] = []
    try:
        opened.append(writing := _connect(str(path), patience))
        opened.append(reading := _connect(str(path), patience))
        _check(writing, path)
        _shut(path)
        # First, so that a file is known as ours whenever its making is broken off.
        _prepare(writing)
        _write_ahead(writing, patience)
        reading.execute("PRAGMA query_only = ON")
        return Database(writing, reading, _secret(writing))
    except (sqlite3.Error, RecordsError) as error:
        for connection in opened:
            connection.close()
        if isinstance(error, sqlite3.Error):
            raise RecordsError(_why_refused(path, error)) from error
        raise


def open_memory() -> Database:
    """Records that are gone when they are closed."""
    connection = _connect(":memory:", 0)
    _prepare(connection)
    return Database(connection, connection, _secret(connection))


def _connect(name: str, patience: float) -> sqlite3.Connection:
    # Transactions are begun by hand; the records lend each connection to one thread at a time.
    return sqlite3.connect(name, timeout=patience, isolation_level=None, check_same_thread=False)


def _make(path: Path) -> None:
    try:
        # Never opened where it is there: closing it again would drop the locks that SQLite holds.
        os.close(os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        if not path.is_file():
            raise RecordsError(f"The records {path} are not a file; name a file.") from None
    except OSError as error:
        raise RecordsError(f"The records {path}: {_why_not_made(path, error)}") from error


def _shut(path: Path) -> None:
    """Take from the file, and from those beside it, whatever others may do with them."""
    for one in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))):
        try:
            mode = stat.S_IMODE(one.stat().st_mode)
            if mode & ~0o600:
                one.chmod(mode & 0o600)
        except FileNotFoundError:
            continue
        except OSError as error:
            raise RecordsError(f"The records' file {one} {why_not_written(error)}") from error


def _why_not_made(path: Path, error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return f"there is no folder {path.parent}; make it, or name another file."
    return f"the file {why_not_written(error)}"


def _check(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse what is not ours or not whole, before anything is changed in it."""
    if 0 < path.stat().st_size < _SMALLEST:
        raise RecordsError(_damaged(path))
    # One transaction, as another process may be making the file just now.
    connection.execute("BEGIN")
    [ours] = connection.execute("PRAGMA application_id").fetchone()
    [tables] = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if ours != _OURS and (ours or tables):
        raise RecordsError(f"The file {path} was not written by Receipts; name another file.")
    [version] = connection.execute("PRAGMA user_version").fetchone()
    if version > len(_MIGRATIONS):
        raise RecordsError(
            f"The records {path} were written by a newer Receipts;"
            " update this one, or name another file."
        )
    [found] = connection.execute("PRAGMA quick_check(1)").fetchone()
    if found != "ok" or (ours and not _secret(connection)):
        raise RecordsError(_damaged(path))
    connection.execute("COMMIT")


def _prepare(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA synchronous = FULL")
    # What is deleted or replaced is overwritten with zeros, at least where it stood last.
    connection.execute("PRAGMA secure_delete = ON")
    # A copy of everything is made when the file is cleaned; it has no business in another folder.
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("BEGIN IMMEDIATE")
    [version] = connection.execute("PRAGMA user_version").fetchone()
    for statements in _MIGRATIONS[version:]:
        for statement in statements:
            connection.execute(statement)
    if version < len(_MIGRATIONS):
        connection.execute(f"PRAGMA application_id = {_OURS}")
        connection.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")
    connection.execute("COMMIT")


def _write_ahead(connection: sqlite3.Connection, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            # Two processes that do this at once are not made to wait for each other by SQLite.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                raise
        time.sleep(0.01)


def _secret(connection: sqlite3.Connection) -> bytes:
    rows = connection.execute("SELECT value FROM secrets WHERE name = 'asker'").fetchall()
    return bytes(rows[0][0]) if rows else b""


def _why_refused(path: Path, error: sqlite3.Error) -> str:
    # The low byte is the kind of the error; what is above it says more.
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code == sqlite3.SQLITE_NOTADB:
        return f"The file {path} was not written by Receipts; name another file."
    if code == sqlite3.SQLITE_CORRUPT:
        return _damaged(path)
    return (
        f"The records {path} cannot be used ({error}); check that the file and its folder can be"
        " written, and the space left."
    )


def _damaged(path: Path) -> str:
    return f"The records {path} are damaged; put back a copy, or move the file away."
