from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fetching.site import Site, running
from tests.moderation.small_mill import Mill, copied, write_mill


@pytest.fixture(scope="session")
def written_mill(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_mill(tmp_path_factory.mktemp("mill") / "home")


@pytest.fixture
def mill(written_mill: Path, tmp_path: Path) -> Mill:
    return copied(written_mill, tmp_path / "home")


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running() as started:
        yield started
