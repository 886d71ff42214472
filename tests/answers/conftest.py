"""The small knowledge base, read once for all tests of this folder."""

from __future__ import annotations

import pytest

from bot.answers.answerer import Answerer
from tests.answers.small_knowledge import small_answerer


@pytest.fixture(scope="session")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    """An answerer over the small knowledge base."""
    return small_answerer(tmp_path_factory.mktemp("small"))
