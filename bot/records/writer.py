"""One thread that writes, and a bounded queue before it, so that nobody waits for the disk.

What comes within a moment is committed together, after the answers that it comes from: committing
takes the interpreter's lock from whoever answers. It must not know what is written.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from bot.errors import RecordsError

log = logging.getLogger(__name__)

_T = TypeVar("_T")
MOMENT = 0.05
"""Seconds: what a process that is killed may lose."""
_CLOSED = "The records are closed; start Receipts again."


@dataclass(frozen=True, slots=True)
class _Task:
    """One thing to write.

    Attributes:
        committed: called once it is on the disk.
        done: where somebody waits for what `work` returns; such a task is a transaction by itself.
        clean: what it deletes must be nowhere in the files afterwards.
    """

    work: Callable[[sqlite3.Connection], object]
    committed: Callable[[], object] | None = None
    done: Future[Any] | None = None
    clean: bool = False


class Writer:
    """Writes in the order in which it is asked to.

    Args:
        connection: its own until it is closed, but for `lock`.
        lock: held while a transaction is open.
        limit: so many tasks may wait.
        moment: seconds for which what nobody waits for is left lying, so that more may come.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        lock: threading.Lock,
        limit: int,
        moment: float = MOMENT,
    ) -> None:
        self._connection = connection
        self._lock = lock
        self._limit = limit
        self._moment = moment
        self._many = limit // 2
        self._waiting: deque[_Task] = deque()
        self._changed = threading.Condition()
        self._open = True
        self._full = False
        self._traces = False
        self._thread = threading.Thread(target=self._run, name="records", daemon=True)
        self._thread.start()

    def offer(
        self,
        work: Callable[[sqlite3.Connection], object],
        committed: Callable[[], object] | None = None,
    ) -> bool:
        """Have something written soon, without waiting; from any thread.

        Returns:
            whether there was room for it; a closed writer has none.
        """
        with self._changed:
            if not self._open:
                return False
            if len(self._waiting) >= self._limit:
                if not self._full:
                    log.warning("The records' queue is full; what comes until then is dropped.")
                self._full = True
                return False
            self._waiting.append(_Task(work, committed))
            # The writer is left asleep while it lets some come together.
            if len(self._waiting) in (1, self._many):
                self._changed.notify()
            return True

    def perform(self, work: Callable[[sqlite3.Connection], _T], *, clean: bool = False) -> _T:
        """Have something written after all that was offered before, and wait for it.

        Args:
            clean: it deletes, and what it deletes must be nowhere in the files afterwards.

        Raises:
            RecordsError: it was not written.
        """
        done: Future[_T] = Future()
        with self._changed:
            if not self._open:
                raise RecordsError(_CLOSED)
            self._waiting.append(_Task(work, done=done, clean=clean))
            self._changed.notify()
        return done.result()

    def close(self) -> None:
        """Write what waits, and take nothing more."""
        with self._changed:
            self._open = False
            self._changed.notify()
        self._thread.join()

    def _run(self) -> None:
        tasks: Sequence[_Task] = ()
        try:
            while tasks := self._next():
                self._write(tasks)
        finally:
            # After a fault of ours nobody may be left waiting.
            with self._changed:
                self._open = False
                left = (*tasks, *self._waiting)
                self._waiting.clear()
            for task in left:
                if task.done is not None and not task.done.done():
                    task.done.set_exception(RecordsError(_CLOSED))

    def _next(self) -> Sequence[_Task]:
        """What to write in one transaction; nothing if the writer is closed and all is written."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or not self._open)
            self._changed.wait_for(self._is_pressing, timeout=self._moment)
            self._full = False
            tasks: list[_Task] = []
            while self._waiting and (not tasks or self._waiting[0].done is None):
                tasks.append(self._waiting.popleft())
                if tasks[-1].done is not None:
                    break
            return tasks

    def _is_pressing(self) -> bool:
        """Whether somebody waits, or much does."""
        awaited = any(task.done is not None for task in self._waiting)
        return awaited or not self._open or len(self._waiting) >= self._many

    def _write(self, tasks: Sequence[_Task]) -> None:
        results: list[object] = []
        try:
            with self._lock:
                results = self._commit(tasks)
        except sqlite3.Error as error:
            self._tell(tasks, error)
            return
        for task, result in zip(tasks, results, strict=True):
            if task.committed is not None:
                task.committed()
            if task.done is not None:
                task.done.set_result(result)

    def _commit(self, tasks: Sequence[_Task]) -> list[object]:
        before = self._connection.total_changes
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            results = [task.work(self._connection) for task in tasks]
            self._connection.execute("COMMIT")
        finally:
            # Some faults have SQLite roll back by itself.
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
        if any(task.clean for task in tasks):
            self._traces = self._traces or self._connection.total_changes > before
            self._clean()
        return results

    def _clean(self) -> None:
        """Leave no trace of what was deleted: neither in the file nor in what is written ahead."""
        if not self._traces:
            return
        # Overwriting what is deleted is not enough: splitting a page leaves copies behind.
        self._connection.execute("VACUUM")
        [busy, *_] = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        if busy:
            raise sqlite3.OperationalError("another process is reading it")
        self._traces = False

    def _tell(self, tasks: Sequence[_Task], error: sqlite3.Error) -> None:
        for task in tasks:
            if task.done is not None:
                task.done.set_exception(
                    RecordsError(f"The records cannot be written ({error}); try again later.")
                )
        lost = sum(task.done is None for task in tasks)
        if lost:
            log.warning("Records that were not written: %d (%s).", lost, error)
