"""One revision of all that is known: its articles, and what can be asked of them.

It never changes, so that it may be used from any thread and replaced by assigning another. What is
dear to make and seldom asked for is made when it is first asked for. It must not know the terminal
or Discord, nor where revisions come from.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from bot.answers.answerer import Answerer
from bot.answers.model import Answer
from bot.articles.model import REPORTER, Article, Dispute, Passage
from bot.articles.passage_key import Found, PassageKeys, article_runs
from bot.articles.store import ArticleStore
from bot.search.analyzer import Analyzer

if TYPE_CHECKING:
    from bot.answers.sides import SideBySide
    from bot.answers.suggesting import Suggestions
    from bot.answers.timeline import Timeline
    from bot.articles.accounts import Accounts
    from bot.articles.occurrences import Statement
    from bot.articles.verification import Verified

_TOLD = 10_000
"""Passages whose accounts are remembered, as what is asked often is cited often."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What a knowledge base is made of.

    Attributes:
        revision: names the state of all its files, as members read it.
        store: where its articles lie.
        questions: judged questions that it answers.
    """

    revision: str
    passages: Sequence[Passage]
    dispute: Dispute
    answerer: Answerer
    analyzer: Analyzer
    store: ArticleStore
    questions: tuple[str, ...] = ()


class KnowledgeBase:
    """One revision of all that is known. Safe to use from any thread."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts
        self._lock = threading.Lock()
        self._told: dict[str, tuple[str, ...]] = {}

    @property
    def revision(self) -> str:
        """The name of this state, as members read it."""
        return self._parts.revision

    def named(self, revision: str) -> KnowledgeBase:
        """The same under another name."""
        return KnowledgeBase(replace(self._parts, revision=revision))

    @property
    def analyzer(self) -> Analyzer:
        """What turns texts into terms here."""
        return self._parts.analyzer

    @property
    def dispute(self) -> Dispute:
        """What it is about."""
        return self._parts.dispute

    @property
    def passages(self) -> Sequence[Passage]:
        """All passages, those of one article in their order."""
        return self._parts.passages

    @cached_property
    def articles(self) -> tuple[Article, ...]:
        """All articles, in the order of their ids."""
        return tuple(self.passages[run.start].article for run in article_runs(self.passages))

    @cached_property
    def article_count(self) -> int:
        """How many articles there are, without reading all of them."""
        return sum(1 for _ in article_runs(self.passages))

    def answer(self, question: str, *, top: int = 3, previous: str | None = None) -> Answer:
        """Answer a question.

        Raises:
            InputError: the question is empty, or too long to be one.
        """
        return self._parts.answerer.answer(question, top=top, previous=previous)

    def sides(self, topic: str, *, previous: str | None = None) -> SideBySide:
        """What each side says about a topic.

        Raises:
            InputError: the topic is empty, or too long to be one.
        """
        from bot.answers.sides import side_by_side

        parts = self._parts
        return side_by_side(topic, parts.answerer, self._accounts, self.dispute, previous=previous)

    def timeline(self, topic: str | None, *, most: int = 20) -> Timeline:
        """Dated statements in order, about a topic or person, or all.

        Raises:
            InputError: the topic is empty, or too long to be one.
        """
        from bot.answers.timeline import timeline

        return timeline(self._statements, topic, self._parts.answerer, most=most)

    def accounts_in(self, passage: Passage) -> tuple[str, ...]:
        """Whose accounts a passage gives: sides' ids and `third`, or `reporter` if nobody's else.

        In the order in which they come up.
        """
        found = self._told.get(passage.id)
        if found is None:
            told = [one.account for one in self._accounts.attributions(passage)]
            named = dict.fromkeys(account for account in told if account != REPORTER)
            if len(self._told) >= _TOLD:
                self._told.clear()
            found = self._told[passage.id] = tuple(named) or (REPORTER,)
        return found

    def account_at(self, passage: Passage, start: int) -> str:
        """Whose account the sentence gives that stands at an offset of a passage's text."""
        told = self._accounts.attributions(passage)
        return next((one.account for one in told if one.start <= start < one.end), REPORTER)

    def find(self, key: str) -> Found:
        """What a passage's key leads to in this revision."""
        return self._keys.find(key)

    def passages_of(self, article_id: str) -> Sequence[Passage]:
        """The passages of an article, in their order; none if there is no such article."""
        return self._keys.of_article(article_id)

    def around(self, passage: Passage) -> tuple[Passage | None, Passage | None]:
        """The passages before and after one in its article."""
        here = self._keys.of_article(passage.article.id)
        at = passage.number - 1
        return here[at - 1] if at else None, here[at + 1] if at + 1 < len(here) else None

    def verify(self, passage: Passage) -> Verified:
        """Re-read the passage's article from its file, and say where the passage stands in it."""
        from bot.articles.verification import verified

        return verified(passage, self._parts.store)

    def suggestions(self, typed: str, most: int, *, recent: Sequence[str] = ()) -> tuple[str, ...]:
        """What may be asked that fits what is typed so far, likelier first."""
        return self._suggestions.matching(typed, most, recent=recent)

    def topics(self, typed: str, most: int) -> tuple[str, ...]:
        """Names and titles that fit what is typed so far, likelier first."""
        return self._topics.matching(typed, most)

    @cached_property
    def _accounts(self) -> Accounts:
        from bot.articles.accounts import Accounts

        return Accounts(self.dispute)

    @cached_property
    def _keys(self) -> PassageKeys:
        return PassageKeys(self.passages)

    @property
    def _statements(self) -> tuple[Statement, ...]:
        with self._lock:
            return self._all_statements

    @cached_property
    def _all_statements(self) -> tuple[Statement, ...]:
        from bot.articles.occurrences import statements

        return statements(self.passages)

    @cached_property
    def _suggestions(self) -> Suggestions:
        from bot.answers.suggesting import Suggestions

        return Suggestions([*self._parts.questions, *self._named()])

    @cached_property
    def _topics(self) -> Suggestions:
        from bot.answers.suggesting import Suggestions

        return Suggestions(self._named())

    def _named(self) -> list[str]:
        people = [one.name for one in self.dispute.entities if one.kind == "person"]
        others = [one.name for one in self.dispute.entities if one.kind != "person"]
        return [*people, *(article.title for article in self.articles), *others]
