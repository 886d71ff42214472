"""The records: what is noted of questions and passages, read, and deleted on request.

Noting returns at once, whatever the disk does. All else may wait for the disk and belongs into a
thread (`asyncio.to_thread`). It must not know Discord, answers or search, and no text that it is
given may reach a log.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import sqlite3
import threading
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from bot.errors import InputError, RecordsError
from bot.records.database import Database, open_file, open_memory
from bot.records.model import Asked, Feedback, Gap, Kept, Report
from bot.records.unwritten import Remembered, Unwritten
from bot.records.writer import Writer

KEY_LENGTH = 10
"""Characters of a question's key; each is one of 64, of those that an address may hold."""

LONGEST_REASON = 500
"""Characters of a report's reason."""

_QUEUE = 1024
_FORGET = (
    "DELETE FROM questions WHERE asker = ?",
    "DELETE FROM feedback WHERE asker = ?",
    "DELETE FROM reports WHERE asker = ?",
)


class Records:
    """Everything that is kept; safe to use from any thread, and by two processes on one file.

    Made by `open` or `in_memory`, and to be closed.
    """

    def __init__(self, database: Database, today: Callable[[], date], limit: int) -> None:
        writing, reading = database.writing, database.reading
        self._connections = {writing, reading}
        self._reading = reading
        self._read_lock = threading.Lock()
        self._secret = database.secret
        self._today = today
        # All that wait and all that the writer has at hand find room.
        self._unwritten = Unwritten(2 * limit)
        write_lock = self._read_lock if writing is reading else threading.Lock()
        self._writer = Writer(writing, write_lock, limit)

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        today: Callable[[], date] = date.today,
        patience: float = 5.0,
        limit: int = _QUEUE,
    ) -> Records:
        """The records in a file, which is made where there is none.

        Args:
            patience: seconds to wait for another process that has the file locked.
            limit: so many notes may wait to be written; what comes on top of them is dropped.

        Raises:
            RecordsError: the file cannot be used; it is left as it is.
        """
        return cls(open_file(path, patience), today, limit)

    @classmethod
    def in_memory(cls, *, today: Callable[[], date] = date.today, limit: int = _QUEUE) -> Records:
        """Records that last as long as the process."""
        return cls(open_memory(), today, limit)

    def close(self) -> None:
        """Write what waits, and close the file. Doing it twice is harmless."""
        self._writer.close()
        with self._read_lock:
            for connection in self._connections:
                connection.close()

    def flush(self) -> None:
        """Wait until all that was noted before is on the disk, or was given up with a log line.

        Raises:
            RecordsError: nothing can be written.
        """
        self._writer.perform(lambda connection: None)

    def remember(self, asked: Asked, member: int) -> str:
        """Keep a question for the buttons under its answer; it can be had at once.

        Returns:
            its key, of `KEY_LENGTH` characters.
        """
        key = secrets.token_urlsafe(KEY_LENGTH)[:KEY_LENGTH]
        before = None if asked.before is None else _storable(asked.before)
        asked = Asked(_storable(asked.text), _storable(asked.language), before, asked.private)
        self._unwritten.hold(key, Remembered(asked, self._asker(member), self._today()))
        self._writer.offer(partial(self._write, key), partial(self._unwritten.drop, key))
        return key

    def question(self, key: str) -> Asked | None:
        """The question under that key, or None: it is unknown, or was deleted.

        Raises:
            RecordsError: the file cannot be read.
        """
        held = self._unwritten.get(key)
        if held is not None:
            return held.asked
        rows = self._read(
            "SELECT text, language, before, private FROM questions WHERE key = ?", _storable(key)
        )
        for text, language, before, private in rows:
            return Asked(text, language, before, bool(private))
        return None

    def note_gap(self, question: str, language: str, *, private: bool) -> None:
        """Count a question that found no answer; of a private one only that there was one."""
        if private:
            more = "UPDATE totals SET value = value + 1 WHERE name = 'private gaps'"
            self._note(more)
            return
        day = self._today().isoformat()
        self._note(
            "INSERT INTO gaps (question, language, count, first_day, last_day)"
            " VALUES (?, ?, 1, ?, ?) ON CONFLICT (question, language)"
            " DO UPDATE SET count = count + 1, last_day = max(last_day, excluded.last_day)",
            _normal(question),
            _storable(language),
            day,
            day,
        )

    def gaps(self, most: int = 50) -> tuple[Gap, ...]:
        """What was asked and not answered: the most frequent first, of these the newest.

        Raises:
            RecordsError: the file cannot be read.
        """
        rows = self._read(
            "SELECT id, question, language, count, first_day, last_day FROM gaps"
            " ORDER BY count DESC, last_day DESC, id LIMIT ?",
            most,
        )
        return tuple(Gap(*row[:4], *map(date.fromisoformat, row[4:])) for row in rows)

    def private_gaps(self) -> int:
        """How many private questions found no answer, ever.

        Raises:
            RecordsError: the file cannot be read.
        """
        [[count]] = self._read("SELECT value FROM totals WHERE name = 'private gaps'")
        return int(count)

    def close_gap(self, gap: int) -> bool:
        """Delete the gap with that id.

        Returns:
            whether there was one.

        Raises:
            RecordsError: it was not written.
        """
        return self._change("DELETE FROM gaps WHERE id = ?", gap, clean=True)

    def note_feedback(self, passage: str, question: str | None, helpful: bool, member: int) -> bool:
        """Note whether a passage helped; the same member's last word on it counts.

        Args:
            passage: the passage's key.
            question: the key of the question that it answered, if that is known.

        Returns:
            whether there was room in the queue.
        """
        return self._note(
            "INSERT INTO feedback (passage, question, asker, helpful, day) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (passage, question, asker)"
            " DO UPDATE SET helpful = excluded.helpful, day = excluded.day",
            _storable(passage),
            _storable(question or ""),
            self._asker(member),
            helpful,
            self._today().isoformat(),
        )

    def feedback(self) -> tuple[Feedback, ...]:
        """What was said of each passage: those that most found unhelpful first.

        Raises:
            RecordsError: the file cannot be read.
        """
        rows = self._read(
            "SELECT passage, sum(helpful), sum(NOT helpful) AS unhelpful FROM feedback"
            " GROUP BY passage ORDER BY unhelpful DESC, passage"
        )
        return tuple(Feedback(*row) for row in rows)

    def report(self, passage: str, reason: str, member: int) -> bool:
        """Note what a member says is wrong with a passage, in place of an open report of theirs.

        Returns:
            whether there was room in the queue.

        Raises:
            InputError: the reason is longer than `LONGEST_REASON`.
        """
        if len(reason) > LONGEST_REASON:
            raise InputError(f"A reason has up to {LONGEST_REASON} characters; make it shorter.")
        return self._note(
            "INSERT INTO reports (passage, reason, asker, day, state) VALUES (?, ?, ?, ?, 'open')"
            " ON CONFLICT (passage, asker) WHERE state = 'open'"
            " DO UPDATE SET reason = excluded.reason, day = excluded.day",
            _storable(passage),
            _storable(reason),
            self._asker(member),
            self._today().isoformat(),
        )

    def reports(self, *, open_only: bool = True) -> tuple[Report, ...]:
        """What was reported, in the order of the first word on each.

        Raises:
            RecordsError: the file cannot be read.
        """
        rows = self._read(
            "SELECT id, passage, reason, day, state FROM reports"
            " WHERE state = 'open' OR ? ORDER BY id",
            not open_only,
        )
        return tuple(
            Report(number, passage, reason, date.fromisoformat(day), state == "open")
            for number, passage, reason, day, state in rows
        )

    def settle_report(self, report: int) -> bool:
        """Close the open report with that id.

        Returns:
            whether there was one.

        Raises:
            RecordsError: it was not written.
        """
        settle = "UPDATE reports SET state = 'done' WHERE id = ? AND state = 'open'"
        return self._change(settle, report)

    def kept_of(self, member: int) -> Kept:
        """How much is kept of a member, with what still waits to be written.

        Raises:
            RecordsError: it cannot be told.
        """
        asker = self._asker(member)

        def count(connection: sqlite3.Connection) -> Kept:
            [questions, feedback, reports] = connection.execute(
                "SELECT (SELECT count(*) FROM questions WHERE asker = ?1),"
                " (SELECT count(*) FROM feedback WHERE asker = ?1),"
                " (SELECT count(*) FROM reports WHERE asker = ?1)",
                (asker,),
            ).fetchone()
            return Kept(questions + self._unwritten.count(asker), feedback, reports)

        return self._writer.perform(count)

    def forget(self, member: int) -> Kept:
        """Delete all that is kept of a member; its text is gone from the file, too.

        Gaps stay, as nobody knows whose they are.

        Returns:
            how much was deleted.

        Raises:
            RecordsError: it was not deleted.
        """
        asker = self._asker(member)

        def delete(connection: sqlite3.Connection) -> Kept:
            # Here and not before: what waits was written by now, or never will be.
            unwritten = self._unwritten.drop_of(asker)
            questions, feedback, reports = (
                connection.execute(statement, (asker,)).rowcount for statement in _FORGET
            )
            return Kept(questions + unwritten, feedback, reports)

        return self._writer.perform(delete, clean=True)

    def expire(self, *, gaps: int = 365, feedback: int = 365) -> None:
        """Delete what is old.

        Args:
            gaps: days for which a gap is kept after it was last asked.
            feedback: days for which feedback and settled reports are kept.

        Raises:
            RecordsError: it was not deleted.
        """
        today = self._today()
        gap_day = (today - timedelta(days=gaps)).isoformat()
        feedback_day = (today - timedelta(days=feedback)).isoformat()

        def delete(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM gaps WHERE last_day < ?", (gap_day,))
            connection.execute("DELETE FROM feedback WHERE day < ?", (feedback_day,))
            connection.execute(
                "DELETE FROM reports WHERE day < ? AND state = 'done'", (feedback_day,)
            )

        self._writer.perform(delete, clean=True)

    def _asker(self, member: int) -> bytes:
        """What stands for a member: without the secret nobody can tell who it is."""
        return hmac.digest(self._secret, str(member).encode(), hashlib.sha256)[:16]

    def _write(self, key: str, connection: sqlite3.Connection) -> None:
        held = self._unwritten.get(key)
        # It may have been deleted on request meanwhile.
        if held is not None:
            asked = held.asked
            connection.execute(
                "INSERT INTO questions (key, text, before, language, private, asker, day)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                (
                    key,
                    asked.text,
                    asked.before,
                    asked.language,
                    asked.private,
                    held.asker,
                    held.day.isoformat(),
                ),
            )

    def _note(self, statement: str, *values: object) -> bool:
        return self._writer.offer(lambda connection: connection.execute(statement, values))

    def _change(self, statement: str, row: int, *, clean: bool = False) -> bool:
        return self._writer.perform(
            lambda connection: connection.execute(statement, (row,)).rowcount > 0, clean=clean
        )

    def _read(self, statement: str, *values: object) -> list[Any]:
        try:
            with self._read_lock:
                return self._reading.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise RecordsError(f"The records cannot be read ({error}); try again later.") from error


def _storable(text: str) -> str:
    """A text that has a UTF-8 form: half of a surrogate pair becomes a question mark."""
    return text.encode("utf-8", "replace").decode()


def _normal(question: str) -> str:
    """What is one for questions that differ in case and white space only."""
    return " ".join(unicodedata.normalize("NFC", _storable(question).casefold()).split())
