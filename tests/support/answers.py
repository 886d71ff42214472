"""Articles and answers to show, made by hand, and somebody who gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path

from bot.answers.knowledge_base import KnowledgeBase, Parts
from bot.answers.model import Answer, Citation, Match
from bot.articles.model import Article, Dispute, Passage, Reference
from bot.articles.store import ArticleStore
from bot.errors import InputError
from bot.search.analyzer import Analyzer
from bot.wiring import build_answerer

TEXT = "Musk and Altman fell out. Musk left OpenAI in 2018. He gave no reason at first."


def article(
    text: str = TEXT,
    *,
    title: str = "The parting",
    url: str | None = "https://example.org/parting",
    sources: tuple[Reference, ...] = (),
) -> Article:
    """An article with everything a card shows."""
    return Article(
        id="parting",
        title=title,
        text=text,
        language="en",
        publisher="The Example",
        url=url,
        published=date(2024, 3, 5),
        sources=sources,
    )


def passage(of: Article | None = None) -> Passage:
    """All of an article as its only passage."""
    whole = of or article()
    return Passage(whole, 0, len(whole.text), 1, 1)


def citation(
    shown: Passage | None = None,
    *,
    rank: int = 1,
    best: tuple[int, int] | None = None,
    words: tuple[tuple[int, int], ...] = (),
    also_in: tuple[Passage, ...] = (),
) -> Citation:
    """A cited passage; the matched words by where they stand."""
    what = shown or passage()
    matches = tuple(
        Match(what.text[start:end], what.text[start:end], start, end, "same word", 1.0)
        for start, end in words
    )
    return Citation(rank, what, 1.0, best or (0, 0), matches, also_in)


def answered(*citations: Citation, question: str = "Why did Musk leave?") -> Answer:
    """An answer that is given."""
    return Answer(question, "en", True, 0.9, citations or (citation(),))


def unanswered(
    question: str = "Who is Zaphod?",
    *,
    words: tuple[str, ...] = ("Zaphod",),
    nearest: tuple[Passage, ...] = (),
) -> Answer:
    """What is said when nothing is known."""
    return Answer(question, "en", False, 0.1, unknown_words=words, nearest=nearest)


class Scripted(KnowledgeBase):
    """Answers known questions, knows nothing of others, and refuses to take nothing for one.

    It has no article, so nothing else can be asked of it.

    Args:
        known: answers by question; a function is called, for one that takes its time or fails.
    """

    def __init__(self, known: Mapping[str, Answer | Callable[[], Answer]] | None = None) -> None:
        analyzer = Analyzer()
        super().__init__(
            Parts(
                revision="r0",
                passages=(),
                dispute=Dispute("Nothing", (), ()),
                answerer=build_answerer([], analyzer),
                analyzer=analyzer,
                store=ArticleStore(Path("nowhere")),
            )
        )
        self._known = known or {}
        self.asked: list[tuple[str, str | None]] = []

    def answer(self, question: str, *, top: int = 3, previous: str | None = None) -> Answer:
        """The answer."""
        self.asked.append((question, previous))
        if not question:
            raise InputError("Ask a question of at least one word.")
        found = self._known.get(question, unanswered(question))
        return found() if callable(found) else found
