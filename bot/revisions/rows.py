"""The store's tables as values: each function is one question or one change in a transaction.

A state is kept as changes against its parent: the files of revision N are, for each path, the last
change up to N. Ten thousand articles then cost a revision only the files that it touches. What is
read is checked against its digest. It must not know the knowledge folder, nor decide what is
published. Functions raise RevisionsError where the store is damaged.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Mapping
from datetime import datetime

from bot.errors import InputError, RevisionsError
from bot.revisions.database import DAMAGED
from bot.revisions.model import Kind, Revision, digest, manifest_of
from bot.revisions.worktree import Known

_REVISION = "SELECT number, at, who, what, why, manifest, undoes FROM revisions"


def last_number(connection: sqlite3.Connection) -> int:
    """The last revision's number; 0 where there is none."""
    (number,) = connection.execute("SELECT ifnull(max(number), 0) FROM revisions").fetchone()
    return int(number)


def first_number(connection: sqlite3.Connection) -> int:
    """The number of the oldest revision that is kept; 0 where there is none."""
    (number,) = connection.execute("SELECT ifnull(min(number), 0) FROM revisions").fetchone()
    return int(number)


def head(connection: sqlite3.Connection) -> Revision:
    """The last revision."""
    return revision(connection, last_number(connection))


def revision(connection: sqlite3.Connection, number: int) -> Revision:
    """The revision with that number.

    Raises:
        InputError: there is none, or it is not kept any more.
    """
    if (found := find(connection, number)) is not None:
        return found
    kept = f"{first_number(connection)} to {last_number(connection)}"
    raise InputError(f"There is no revision {number}; {kept} are kept.")


def find(connection: sqlite3.Connection, number: int) -> Revision | None:
    """The revision with that number, or None."""
    row = connection.execute(f"{_REVISION} WHERE number = ?", (number,)).fetchone()
    return None if row is None else _revision(connection, row)


def revisions(connection: sqlite3.Connection, most: int) -> tuple[Revision, ...]:
    """The last revisions, newest first."""
    found = connection.execute(f"{_REVISION} ORDER BY number DESC LIMIT ?", (most,)).fetchall()
    return tuple(_revision(connection, row) for row in found)


def undoable(connection: sqlite3.Connection) -> Revision | None:
    """The last revision that is not taken back yet, if the state before it is kept."""
    found: Revision | None = head(connection)
    while found is not None and found.undoes is not None:
        found = find(connection, found.undoes - 1)
    oldest = first_number(connection)
    return found if found is not None and found.number > oldest else None


def files(connection: sqlite3.Connection, of: Revision) -> dict[str, str]:
    """Path to sha256 of all files of a revision."""
    # SQLite takes the bare column from the row that holds the maximum.
    found = connection.execute(
        "SELECT path, sha256, max(revision) FROM changes WHERE revision <= ? GROUP BY path",
        (of.number,),
    )
    held = {path: sha256 for path, sha256, _ in found if sha256 is not None}
    if manifest_of(held) != of.manifest:
        raise RevisionsError(DAMAGED)
    return held


def content(connection: sqlite3.Connection, sha256: str) -> bytes:
    """The content with that digest."""
    row = connection.execute("SELECT data FROM blobs WHERE sha256 = ?", (sha256,)).fetchone()
    try:
        found = b"" if row is None else zlib.decompress(row[0])
    except zlib.error as error:
        raise RevisionsError(DAMAGED) from error
    if row is None or digest(found) != sha256:
        raise RevisionsError(DAMAGED)
    return found


def add(connection: sqlite3.Connection, added: Revision, contents: Mapping[str, bytes]) -> None:
    """Add a revision.

    Args:
        contents: by digest; those that the store has already may be left out.
    """
    wanted = {sha256 for sha256 in added.changed.values() if sha256 is not None}
    connection.executemany(
        "INSERT OR IGNORE INTO blobs VALUES (?, ?)",
        ((sha256, zlib.compress(contents[sha256])) for sha256 in sorted(wanted & contents.keys())),
    )
    connection.execute(
        "INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?)",
        (added.number, added.at.isoformat(), added.who, added.what, added.why, added.manifest,
         added.undoes),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO changes VALUES (?, ?, ?)",
        ((path, added.number, sha256) for path, sha256 in added.changed.items()),
    )


def prune(connection: sqlite3.Connection, keep: int) -> None:
    """Forget all but the last revisions, and the contents that none of them needs."""
    oldest = last_number(connection) - keep + 1
    if first_number(connection) >= oldest:
        return
    connection.execute("DELETE FROM revisions WHERE number < ?", (oldest,))
    # What a kept revision still shows stays under its old number; the rest was replaced by then.
    connection.execute(
        "DELETE FROM changes WHERE revision < ?1 AND EXISTS (SELECT 1 FROM changes AS later"
        " WHERE later.path = changes.path AND later.revision > changes.revision"
        " AND later.revision <= ?1)",
        (oldest,),
    )
    connection.execute("DELETE FROM changes WHERE revision < ? AND sha256 IS NULL", (oldest,))
    connection.execute(
        "DELETE FROM blobs WHERE sha256 NOT IN"
        " (SELECT sha256 FROM changes WHERE sha256 IS NOT NULL)"
    )


def known(connection: sqlite3.Connection) -> dict[str, Known]:
    """What the folder's files were when folder and revision last agreed, by path."""
    found = connection.execute("SELECT path, sha256, size, mtime, ctime, seen FROM worktree")
    return {path: Known(*stamp) for path, *stamp in found}


def learn(connection: sqlite3.Connection, agreed: Mapping[str, Known | None]) -> None:
    """Note what the folder's files are; None forgets one."""
    connection.executemany(
        "INSERT OR REPLACE INTO worktree VALUES (?, ?, ?, ?, ?, ?)",
        ((path, one.sha256, one.size, one.mtime, one.ctime, one.seen)
         for path, one in agreed.items() if one is not None),
    )  # fmt: skip
    gone: Iterable[str] = (path for path, one in agreed.items() if one is None)
    connection.executemany("DELETE FROM worktree WHERE path = ?", ((path,) for path in gone))


def _revision(
    connection: sqlite3.Connection, row: tuple[int, str, str, Kind, str, str, int | None]
) -> Revision:
    number, at, who, what, why, manifest, undoes = row
    changed = dict(
        connection.execute(
            "SELECT path, sha256 FROM changes WHERE revision = ? ORDER BY path", (number,)
        )
    )
    return Revision(number, datetime.fromisoformat(at), who, what, why, manifest, changed, undoes)
