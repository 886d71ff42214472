"""A day that tests can move, and records in a file of the test's own."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from bot.records.store import Records


@dataclass
class Day:
    """The clock that is handed in."""

    now: date = date(2026, 3, 1)

    def __call__(self) -> date:
        return self.now


@pytest.fixture
def day() -> Day:
    return Day()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "records.sqlite3"


@pytest.fixture
def records(path: Path, day: Day) -> Iterator[Records]:
    records = Records.open(path, today=day)
    yield records
    records.close()
