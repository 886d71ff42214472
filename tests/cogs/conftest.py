from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from bot.answers.knowledge_base import KnowledgeBase
from bot.cogs.desk import Desk
from bot.sandbox import Sandbox
from tests.support.desk import open_desk
from tests.support.quarrel import open_quarrel
from tests.support.wire import description, pointed_at


@pytest.fixture
async def discord(request: pytest.FixtureRequest) -> AsyncIterator[Sandbox]:
    """The stand-in; all that the bot sends it has to fit Discord's description, where there is
    one, and to break no rule. Its parameter goes to the stand-in."""
    settings = getattr(request, "param", {})
    async with Sandbox(description=description(), bot_name="Receipts", **settings) as sandbox:
        with pointed_at(sandbox):
            yield sandbox
    for sent in sandbox.requests:
        assert [*map(str, sent.problems), *sent.faults] == [], sent.path


@pytest.fixture(scope="session")
def quarrel(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The small quarrel, opened once; its folder is nobody's to change."""
    return open_quarrel(tmp_path_factory.mktemp("quarrel"))


@pytest.fixture
def desk(quarrel: KnowledgeBase) -> Iterator[Desk]:
    """A desk with the quarrel on it."""
    with open_desk(quarrel) as opened:
        yield opened
