"""The five raw files that the project was given, where they lie on this machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

_PROJECT = Path(__file__).resolve().parents[2]


def raw_files() -> list[Path]:
    """The raw files in their order; the test is skipped where nobody put them."""
    shared = Path(os.environ.get("RECEIPTS_SHARED", _PROJECT.parent / "shared"))
    found = sorted((shared / "articles").glob("*.txt"))
    if len(found) != 5:
        pytest.skip("the five raw files are not here; RECEIPTS_SHARED names their folder")
    return found
