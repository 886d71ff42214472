"""What is offered is written in order; nobody is left waiting."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing

import pytest

from bot.errors import RecordsError
from bot.records.writer import Writer


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_after_a_fault_of_ours_everybody_who_waits_is_told() -> None:
    with closing(sqlite3.connect(":memory:", check_same_thread=False)) as connection:
        writer = Writer(connection, threading.Lock(), 10)
        with pytest.raises(RecordsError, match="closed"):
            writer.perform(lambda _: 1 // 0)
        with pytest.raises(RecordsError, match="closed"):
            writer.perform(lambda _: 1)
        assert not writer.offer(lambda _: 1)
        writer.close()


def test_one_fault_undoes_what_was_written_with_it_and_nothing_else() -> None:
    with closing(
        sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    ) as connection:
        connection.execute("CREATE TABLE numbers (number INTEGER)")
        writer = Writer(connection, threading.Lock(), 10)
        for _ in range(3):
            writer.perform(lambda one: one.execute("INSERT INTO numbers VALUES (1)"))

        def half(one: sqlite3.Connection) -> None:
            one.execute("DELETE FROM numbers")
            one.execute("no statement")

        with pytest.raises(RecordsError, match="cannot be written"):
            writer.perform(half)
        count = writer.perform(lambda one: one.execute("SELECT count(*) FROM numbers").fetchone())
        writer.close()
    assert count == (3,)


@pytest.mark.parametrize("end", ["closed", "awaited", "many"])
def test_what_comes_within_a_moment_is_committed_together_and_nobody_waits_out_the_moment(
    end: str,
) -> None:
    with closing(
        sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    ) as connection:
        begun: list[str] = []
        connection.set_trace_callback(lambda one: begun.append(one) if "BEGIN" in one else None)
        # A moment longer than any test may take.
        writer, many = Writer(connection, threading.Lock(), 20, moment=3600), threading.Event()
        for _ in range(9):
            writer.offer(lambda one: one.execute("SELECT 1"))
            time.sleep(0.002)
        assert begun == []
        if end == "awaited":
            writer.perform(lambda one: one.execute("SELECT 1"))
        if end == "many":
            writer.offer(lambda one: one.execute("SELECT 1"), many.set)
            assert many.wait(60)
        writer.close()
    assert len(begun) == (2 if end == "awaited" else 1)


def test_what_is_offered_together_is_committed_together() -> None:
    with closing(
        sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    ) as connection:
        begun: list[str] = []
        connection.set_trace_callback(lambda one: begun.append(one) if "BEGIN" in one else None)
        writer, last = Writer(connection, threading.Lock(), 1000), threading.Event()
        for _ in range(300):
            writer.offer(lambda one: one.execute("SELECT 1"))
        writer.offer(lambda one: one.execute("SELECT 1"), last.set)
        assert last.wait(10)
        writer.close()
    # Of each by itself there would be 301; a machine with much to do may part them here and there.
    assert len(begun) < 30
