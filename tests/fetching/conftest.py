from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.fetching.site import Site, running


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    async with running() as started:
        yield started
