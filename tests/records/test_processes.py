"""Killed at any instant, and used by several processes, the file stays whole."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from bot.records.store import Records

# A line is printed once what it stands for must outlive the process.
WRITE_UNTIL_KILLED = """
import sys
from pathlib import Path
from bot.records.model import Asked
from bot.records.store import Records
records = Records.open(Path(sys.argv[1]))
print("open", flush=True)
while True:
    keys = [records.remember(Asked("x" * 700, "en"), member) for member in range(5)]
    for member, key in enumerate(keys):
        records.note_gap("the same", "en", private=False)
        records.note_feedback(key, key, True, member)
    records.forget(4)
    records.flush()
    print(*keys[:4], flush=True)
"""
OPEN = """
import sys
from pathlib import Path
from bot.records.store import Records
print("ready", flush=True)
sys.stdin.readline()
records = Records.open(Path(sys.argv[1]), patience=60)
for _ in range(int(sys.argv[2])):
    records.note_gap("the same", "en", private=False)
records.close()
"""


def start(code: str, path: Path, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path), *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def is_whole(path: Path) -> bool:
    with closing(sqlite3.connect(path)) as connection:
        found: list[tuple[str]] = connection.execute("PRAGMA integrity_check").fetchall()
    return found == [("ok",)]


def test_a_kill_while_writing_loses_nothing_that_was_flushed(path: Path) -> None:
    instants = random.Random(4)
    rounds = 0
    for _ in range(15):
        with start(WRITE_UNTIL_KILLED, path) as process:
            assert process.stdout is not None
            lines = [process.stdout.readline() for _ in range(instants.randrange(2, 12))]
            time.sleep(instants.random() / 50)
            process.kill()
            lines += process.stdout.readlines()
        assert lines[0] == "open\n"
        # The last line may be cut off.
        keys = [key for line in lines[1:] if line.endswith("\n") for key in line.split()]
        assert keys
        rounds += len(keys) // 4
        with closing(Records.open(path)) as records:
            assert all(records.question(key) is not None for key in keys)
            assert set(keys) <= {one.passage for one in records.feedback()}
            assert records.gaps()[0].count >= 5 * rounds
        assert is_whole(path)


def test_a_kill_while_the_file_is_made_leaves_one_that_can_be_opened(tmp_path: Path) -> None:
    instants = random.Random(5)
    for number in range(15):
        path = tmp_path / f"records{number}"
        with start(OPEN, path, "1") as process:
            assert process.stdout is not None
            assert process.stdin is not None
            assert process.stdout.readline() == "ready\n"
            process.stdin.write("\n")
            process.stdin.flush()
            time.sleep(instants.random() / 50)
            process.kill()
        with closing(Records.open(path)) as records:
            records.note_gap("after", "en", private=False)
            records.flush()
            assert "after" in {gap.question for gap in records.gaps()}
        assert is_whole(path)


@pytest.mark.parametrize("again", range(3))
def test_processes_may_make_and_use_one_file_at_the_same_time(path: Path, again: int) -> None:
    processes = [start(OPEN, path, "100") for _ in range(4)]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    for process in processes:
        process.communicate()
    assert [process.returncode for process in processes] == [0] * len(processes)
    with closing(Records.open(path)) as records:
        assert [gap.count for gap in records.gaps()] == [100 * len(processes)]
    assert is_whole(path)
