"""The cards as they are read in both languages, kept beside this test to be looked at.

After a wanted change: delete a file in `golden/`, run this once, and look at what it writes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answers.knowledge_base import KnowledgeBase
from bot.articles.passage_key import key_of
from bot.cogs.cards.answer import Shown, answer_messages
from bot.cogs.cards.block import Message
from bot.cogs.cards.passage import verified_card
from bot.cogs.cards.sides import sides_messages
from bot.cogs.cards.timeline import timeline_message
from bot.wording import Wording
from tests.support.cards import ENGLISH, ITALIAN, KEY, as_seen
from tests.support.quarrel import OFFERED, UNKNOWN

GOLDEN = Path(__file__).parent / "golden"
Card = Callable[[KnowledgeBase, Wording], list[Message]]


def answer(knowledge: KnowledgeBase, wording: Wording) -> list[Message]:
    return answer_messages(knowledge.answer(OFFERED), Shown(wording, knowledge, KEY, private=True))


def refusal(knowledge: KnowledgeBase, wording: Wording) -> list[Message]:
    return answer_messages(knowledge.answer(UNKNOWN), Shown(wording, knowledge, KEY))


def sides(knowledge: KnowledgeBase, wording: Wording) -> list[Message]:
    return sides_messages(knowledge.sides("the lawsuit"), knowledge, wording)


def one_side(knowledge: KnowledgeBase, wording: Wording) -> list[Message]:
    return sides_messages(knowledge.sides("consorzio"), knowledge, wording)


def timeline(knowledge: KnowledgeBase, wording: Wording) -> list[Message]:
    found = knowledge.timeline(None)
    return [timeline_message(found, KEY, 0, knowledge, wording, alt="what the picture shows")]


def verified(knowledge: KnowledgeBase, wording: Wording) -> list[Message]:
    passage = knowledge.answer(OFFERED).citations[0].passage
    found = knowledge.find(key_of(passage))
    return [[verified_card(found, knowledge.verify(passage), knowledge, wording)]]


@pytest.mark.parametrize("card", [answer, refusal, sides, one_side, timeline, verified])
@pytest.mark.parametrize("wording", [ENGLISH, ITALIAN], ids=["en", "it"])
def test_a_card_reads_as_it_did(quarrel: KnowledgeBase, card: Card, wording: Wording) -> None:
    seen = as_seen(card(quarrel, wording))
    file = GOLDEN / f"{card.__name__}.{wording.language}.txt"
    if not file.exists():
        file.write_text(seen, encoding="utf-8")
        pytest.fail(f"{file.name} was not there; look at what was written")
    assert seen == file.read_text("utf-8")
