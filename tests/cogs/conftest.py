from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.sandbox import Sandbox
from tests.support.wire import check_against_description, description, pointed_at


@pytest.fixture
async def discord() -> AsyncIterator[Sandbox]:
    """The stand-in; all that the bot sends it has to fit Discord's description, where there is
    one, and to break no rule."""
    async with Sandbox(description=description(), bot_name="Receipts") as sandbox:
        with pointed_at(sandbox):
            yield sandbox
    check_against_description(sandbox)
    assert [str(problem) for request in sandbox.requests for problem in request.problems] == []
