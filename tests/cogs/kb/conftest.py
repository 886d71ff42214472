from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.cogs.kb.office import Place, open_place
from tests.fetching.site import Site, running


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running() as started:
        yield started


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    """An office that reaches no site."""
    with open_place(tmp_path) as opened:
        yield opened
