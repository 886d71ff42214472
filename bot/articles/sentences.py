"""Where the sentences of a text stand. The rules of each language are sentencex's.

It must not know articles or passages: it takes a text and gives offsets.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from sentencex import get_sentence_boundaries

from bot.articles.model import UNDETERMINED

_KEPT = 1024


def sentence_spans(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield the start and end of each sentence, in code points, white space around it left out.

    A line break with an empty line after it always ends a sentence.
    """
    code = "en" if language == UNDETERMINED else language
    for found in get_sentence_boundaries(code, text):
        start, end = found["start_index"], found["end_index"]
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            start += len(piece) - len(piece.lstrip())
            yield start, start + len(stripped)


@lru_cache(_KEPT)
def kept_spans(text: str, language: str) -> tuple[tuple[int, int], ...]:
    """The same, kept for a while: what one question looks at is looked at in several ways."""
    return tuple(sentence_spans(text, language))
