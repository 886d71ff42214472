"""The command line, run as people and scripts run it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ANSWERABLE = "Why did Anna leave the mill?"


@dataclass(frozen=True)
class Done:
    """How a command ended."""

    status: int
    out: str
    err: str

    def json(self) -> dict[str, object]:
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found


Run = Callable[..., Done]


def process(*arguments: str | bytes | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bot", *arguments],
        env={**os.environ, "LC_ALL": "C.UTF-8", **variables},
        cwd=PROJECT,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
