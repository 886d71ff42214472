"""Whether a passage still says what its stored article says, word for word.

It must not know why somebody asks.
"""

from __future__ import annotations

from dataclasses import dataclass

from bot.articles.model import Article, Passage
from bot.articles.store import ArticleStore, digest
from bot.errors import ArticleNotFound


@dataclass(frozen=True, slots=True)
class Verified:
    """What re-reading a passage's article found.

    Attributes:
        stands: the passage's words are in the stored article, where they were cited from.
        start, end: where they stand now, in code points of the stored text; None if nowhere.
        sha256: the digest of the stored text as it is now; None if the article is gone.
        intact: the stored text has the digest that the cited article had.
    """

    stands: bool
    start: int | None
    end: int | None
    sha256: str | None
    intact: bool


def verified(passage: Passage, store: ArticleStore) -> Verified:
    """Re-read the passage's article from its file, and look for the passage in it.

    Raises:
        KnowledgeError: the article's file has faults or cannot be read.
    """
    try:
        stored = store.get(passage.article.id)
    except ArticleNotFound:
        return Verified(stands=False, start=None, end=None, sha256=None, intact=False)
    return _compared(passage, stored)


def verify_passage(passage: Passage, store: ArticleStore) -> bool:
    """Whether the passage stands in its stored article, and that is the article it was cited from.

    Raises:
        KnowledgeError: the article is gone or cannot be read.
    """
    found = _compared(passage, store.get(passage.article.id))
    return found.stands and found.intact


def _compared(passage: Passage, stored: Article) -> Verified:
    start: int | None = passage.start
    if stored.text[passage.start : passage.end] != passage.text or not passage.text:
        at = stored.text.find(passage.text) if passage.text else -1
        start = at if at >= 0 else None
    now = digest(stored.text)
    return Verified(
        stands=start == passage.start,
        start=start,
        end=None if start is None else start + len(passage.text),
        sha256=now,
        intact=now == digest(passage.article.text),
    )
