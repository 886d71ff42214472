"""Whether a passage still says what its stored article says, word for word.

It must not know why somebody asks.
"""

from __future__ import annotations

from bot.articles.model import Passage
from bot.articles.store import ArticleStore, digest


def verify_passage(passage: Passage, store: ArticleStore) -> bool:
    """Re-read the passage's article from its file and compare slice and digest.

    Raises:
        KnowledgeError: the article is gone or cannot be read.
    """
    stored = store.get(passage.article.id)
    same_text = stored.text[passage.start : passage.end] == passage.text
    return same_text and bool(passage.text) and stored.sha256 == digest(passage.article.text)
