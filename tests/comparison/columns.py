"""What is asked, of which passages: a collection, or judged questions on a knowledge base.

Both become the same thing, so that every system is asked and scored alike. It must not know any
system.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from bot.answers.collection import read_collection
from bot.articles.model import Passage
from bot.articles.questions import read_questions
from bot.articles.split import split
from bot.articles.starter import knowledge_folder
from bot.articles.store import ArticleStore


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that the passages answer.

    Attributes:
        language: of the question; the peers are told it, we find it out.
        right: the numbers of the passages that answer it.
        topic: the title of the article that answers it, or None for judged questions, whose
            articles have one subject.
        after: the question before it, for a follow-up.
    """

    question: str
    language: str
    right: frozenset[int]
    topic: str | None = None
    after: str | None = None

    @property
    def whole(self) -> str:
        """The question after the one before it, for those who know no follow-ups."""
        return f"{self.after} {self.question}" if self.after else self.question


@dataclass(frozen=True, slots=True)
class Column:
    """Passages and the questions that are asked of them."""

    name: str
    passages: tuple[Passage, ...]
    asked: tuple[Asked, ...]

    @property
    def topics(self) -> tuple[str, ...]:
        """The topics of its questions, in order; none for judged questions."""
        return tuple(sorted({one.topic for one in self.asked if one.topic is not None}))


def collection_column(folder: Path, every: int = 1) -> Column:
    """A collection, asked each n-th of its questions.

    Raises:
        InputError: it cannot be read.
    """
    collection = read_collection(folder)
    numbers = {passage.article.id: n for n, passage in enumerate(collection.passages)}
    titles = {passage.article.id: passage.article.title for passage in collection.passages}
    asked = tuple(
        Asked(
            one.question,
            one.language,
            frozenset(numbers[name] for name in one.relevant),
            min(titles[name] for name in one.relevant),
        )
        for one in collection.questions[::every]
        if one.relevant
    )
    return Column(folder.resolve().name, collection.passages, asked)


def judged_column(path: Path, knowledge: Path | None) -> Column:
    """Judged questions on a knowledge base, without those that nothing there answers.

    Raises:
        KnowledgeError: the questions or the knowledge base cannot be read.
    """
    articles = ArticleStore(knowledge_folder(knowledge)).read()
    passages = tuple(passage for article in articles for passage in split(article))
    asked = []
    for one in read_questions(path):
        right = frozenset(n for n, p in enumerate(passages) if one.is_answered_by(p.text))
        if one.relevant:
            asked.append(Asked(one.question, one.language, right, after=one.after))
    return Column(path.stem, passages, tuple(asked))
