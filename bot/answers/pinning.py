"""Questions that moderators answered by hand: which pin a question meets.

Only a question that says the same meets a pin: word for word the same, but for case, accents,
punctuation, and one slip of a letter in a longer word. Another number, name or `not` is another
question. It must not know how an answer is made.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from rapidfuzz.distance import OSA

from bot.answers.model import Answer, Citation
from bot.articles.folding import folded
from bot.articles.model import Passage
from bot.articles.pins import Pin, pinned_passage

_WORD = re.compile(r"\w+")
_SLIP_FROM = 6
"""Letters; of shorter words one letter makes another word."""
_WORDS_PER_SLIP = 4


class Pins:
    """The pins of one revision whose passages are there.

    Args:
        pins: all pins; those whose passage is gone are left out.
        passages_of: gives the passages of an article by its id, in their order.
    """

    def __init__(
        self, pins: Iterable[Pin], passages_of: Callable[[str], Sequence[Passage]]
    ) -> None:
        self._by_words: dict[tuple[str, ...], Passage] = {}
        for pin in pins:
            passage = pinned_passage(pin, passages_of(pin.article))
            if passage is not None:
                self._by_words.setdefault(_words(pin.question), passage)

    def find(self, question: str) -> Passage | None:
        """The passage that is pinned to a question, or None."""
        asked = _words(question)
        exact = self._by_words.get(asked)
        if exact is not None:
            return exact
        near = (passage for words, passage in self._by_words.items() if _same(asked, words))
        return next(near, None)


def pinned_first(answer: Answer, first: Citation, top: int) -> Answer:
    """An answer that begins with what moderators chose; what was rejected does not follow it.

    Args:
        top: how many passages it may cite.
    """
    repeated = {first.passage.id, *(twin.id for twin in first.also_in)}
    others = [one for one in answer.citations if one.passage.id not in repeated]
    cited = [first, *(others if answer.answered else ())][:top]
    citations = tuple(replace(one, rank=rank) for rank, one in enumerate(cited, 1))
    return replace(answer, answered=True, confidence=1.0, citations=citations)


def _words(question: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(folded(question)))


def _same(asked: Sequence[str], pinned: Sequence[str]) -> bool:
    if len(asked) != len(pinned):
        return False
    differing = [pair for pair in zip(asked, pinned, strict=True) if pair[0] != pair[1]]
    return len(differing) * _WORDS_PER_SLIP <= len(pinned) and all(
        min(map(len, pair)) >= _SLIP_FROM
        and all(map(str.isalpha, pair))
        and OSA.distance(*pair) == 1
        for pair in differing
    )
