"""How near in meaning passages are to a question, by an encoder, if one is wanted.

The passages' vectors are made once, a question's when it is asked. An encoder holds texts of one
language for near, whatever they say; so what the passages of a language have in common is taken
away first (worth 1 to 4 points of hit@1 where there are two languages). If the encoder fails, there
is no such signal and the ranking goes without it; what was asked is not logged. It must not know
how the signal is weighted against others.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

import numpy as np

from bot.articles.model import Passage
from bot.search.encoder import Encoder, Floats

FAILURES = (RuntimeError, OSError, ValueError)
"""What an encoder may raise."""

_ALL = 2
"""As how many passages all languages' mean counts in a language's, which may have few passages."""

log = logging.getLogger(__name__)


class Semantic:
    """Tells how near passages are to a question. Safe to use from any thread, if its encoder is.

    Args:
        passages: in the order that gives them their numbers.
    """

    def __init__(self, encoder: Encoder, passages: Sequence[Passage]) -> None:
        self._encoder = encoder
        self._vectors = self._encoded(passages)

    def nearness(self, question: str, passages: Sequence[int]) -> list[float] | None:
        """The cosine of the question and what is each passage's own, or None if there is none.

        Args:
            passages: their numbers.
        """
        if self._vectors is None or not passages:
            return None
        try:
            cosines = self._vectors[list(passages)] @ self._encoder.question(question)
            if not np.isfinite(cosines).all():
                raise ValueError("a cosine is no number")
        except FAILURES as error:
            log.warning("The encoder failed (%s); answered by words alone.", type(error).__name__)
            return None
        return [float(cosine) for cosine in cosines]

    def _encoded(self, passages: Sequence[Passage]) -> Floats | None:
        try:
            vectors = self._encoder.passages([_titled(passage) for passage in passages])
            if len(vectors) != len(passages):
                raise ValueError("not a vector for each passage")
        except FAILURES as error:
            log.warning(
                "The encoder failed on the articles (%s); all is answered by words alone.",
                type(error).__name__,
            )
            return None
        return _own(vectors, [passage.article.language for passage in passages])


def _titled(passage: Passage) -> str:
    title = passage.article.title.replace("_", " ").strip()
    return f"{title}. {passage.text}" if title else passage.text


def _own(vectors: Floats, languages: Sequence[str]) -> Floats:
    """Unit vectors of what sets each passage apart from the others of its language."""
    if not len(vectors):
        return vectors
    rest = np.array(vectors)
    overall = vectors.mean(axis=0)
    for language in set(languages):
        here = np.array([one == language for one in languages])
        shared = vectors[here].sum(axis=0) + _ALL * overall
        rest[here] -= shared / (here.sum() + _ALL)
    lengths = np.linalg.norm(rest, axis=1, keepdims=True)
    own: Floats = rest / np.maximum(lengths, 1e-6)
    return own
