"""Where the sentences of a passage stand: as the index knows it, else as they are found now.

It must not know what sentences are good for.
"""

from __future__ import annotations

from bot.articles.model import Passage
from bot.articles.sentences import kept_spans


def spans_of(passage: Passage) -> tuple[tuple[int, int], ...]:
    """The start and end of each sentence of a passage, in code points of its text."""
    if passage.sentences is not None:
        return passage.sentences
    return kept_spans(passage.text, passage.article.language)
