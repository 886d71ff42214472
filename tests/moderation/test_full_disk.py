"""A disk that takes no more: nothing is published, and what was served goes on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.moderation.small_mill import Mill

PROJECT = Path(__file__).resolve().parents[2]
CHILD = """
import resource, signal, sys
from pathlib import Path
from bot.errors import ReceiptsError
from tests.moderation.small_mill import Mill, adding
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
mill = Mill(Path(sys.argv[1]))
publisher = mill.publisher()
before = publisher.current
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    proposal = publisher.propose(adding(), what="add", why="")
    publisher.publish(proposal, who="x")
except ReceiptsError as error:
    print("refused", error)
    assert publisher.current is before
print(publisher.current.revision)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="this system sets no limits")
@pytest.mark.parametrize("limit", [0, 300, 2_000, 20_000, 60_000])
def test_on_a_full_disk_nothing_is_published_or_all(mill: Mill, limit: int) -> None:
    mill.store()
    done = subprocess.run(
        [sys.executable, "-c", CHILD, mill.home, str(limit)],
        cwd=PROJECT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    head = mill.store().head
    assert done.stdout.splitlines()[-1] == head.label
    assert ("refused" in done.stdout) == (head.number == 1)
    assert mill.publisher().current.revision == head.label
    if limit <= 300:
        assert "refused" in done.stdout
    if limit >= 60_000:
        assert head.number == 2
