from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from bot.answers.knowledge_base import KnowledgeBase
from tests.simcord.world import World, inhabited
from tests.support.desk import open_desk
from tests.support.quarrel import open_quarrel


@pytest.fixture(scope="session")
def quarrel(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    """The small quarrel, opened once; its folder is nobody's to change."""
    return open_quarrel(tmp_path_factory.mktemp("quarrel"))


@pytest.fixture
async def world(quarrel: KnowledgeBase) -> AsyncIterator[World]:
    """A server with the bot, which knows the quarrel, Ada and Bob."""
    with open_desk(quarrel) as desk:
        async with inhabited(desk) as settled:
            yield settled
