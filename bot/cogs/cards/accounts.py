"""Whose account it is, in words and in a colour.

Must not know how that was found.
"""

from __future__ import annotations

from bot.answers.knowledge_base import KnowledgeBase
from bot.articles.model import Passage
from bot.cogs.inert import inert_line
from bot.wording import Wording

_MOST_NAME = 80
# Told apart also by those who see no red or no green (Okabe and Ito, 2008).
_SIDES = ("#56b4e9", "#e69f00", "#009e73", "#cc79a7")
_OTHERS = {"third": "#f0e442", "reporter": "#999999"}


def account_names(passage: Passage, knowledge: KnowledgeBase, wording: Wording) -> str:
    """Whose accounts a passage gives."""
    told = (account_name(one, knowledge, wording) for one in knowledge.accounts_in(passage))
    return inert_line(", ".join(told), 4 * _MOST_NAME)


def account_name(account: str, knowledge: KnowledgeBase, wording: Wording) -> str:
    """What an account is called."""
    for side in knowledge.dispute.sides:
        if side.id == account:
            return wording.say("account.side", side=side.name_in(wording.language)[:_MOST_NAME])
    return wording.say(f"account.{account}")


def account_colour(account: str, knowledge: KnowledgeBase) -> str:
    """The colour of an account, as `#rrggbb`."""
    for number, side in enumerate(knowledge.dispute.sides):
        if side.id == account:
            return _SIDES[number % len(_SIDES)]
    return _OTHERS[account]
