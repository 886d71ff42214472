"""What a glance at a passage tells: whether reading it for disagreements can yield anything.

Reading takes a millisecond, a glance a twentieth; it may see too much, never too little. It must
not know questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from unicodedata import is_normalized

from bot.answers.claims import Phrasebook
from bot.answers.values import MONTHS, NUMBER_WORDS
from bot.articles.contrasts import Contrasts, Phrases
from bot.search.analyzer import stem
from bot.search.tokens import fold, plain, tokenize

_OR = re.compile(r"\b(?:or|o|oder|ou|oppure)\b", re.IGNORECASE)
_BEFORE, _AFTER = 80, 40
"""So far from an "or" the figures of two alternatives may begin: units and nouns come between."""


class Glance:
    """Looks for words and figures.

    Args:
        differ: phrases by which a text says itself that accounts differ.
    """

    def __init__(self, differ: Phrases) -> None:
        self._book = Phrasebook(Contrasts({"differ": differ}))
        self._marks: Mapping[str, re.Pattern[str]] = {
            language: _beginnings(map(_longest_word, phrases), language)
            for language, phrases in differ.items()
        }

    def differs(self, text: str, language: str) -> bool:
        """Whether a text says that accounts differ."""
        marks = self._marks.get(language)
        composed = text if is_normalized("NFC", text) else plain(text)
        if marks is None or not marks.search(composed):
            return False
        return any(self._book.find(list(tokenize(text)), language))


def _longest_word(phrase: str) -> str:
    """A text that has not even that word of a phrase has not the phrase."""
    return max((token.word for token in tokenize(phrase)), key=len)


def _beginnings(words: Iterable[str], language: str) -> re.Pattern[str]:
    """What all words begin with that share a stem with one of those, with accents or without."""
    found = set()
    for word in words:
        # Forms of a word differ in what comes after the stem, or in its last letter.
        length = len(stem(word, language)) - 1
        found.update({word[:length], fold(word)[:length]})
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, found)))})", re.IGNORECASE)


def has_value(text: str, language: str) -> bool:
    """Whether a text may state an amount or a date."""
    return bool(_figures(language).search(text))


def has_alternatives(text: str, language: str) -> bool:
    """Whether a text may name two values with nothing but "or" between them."""
    figures = _figures(language)
    return any(
        figures.search(text[max(0, found.start() - _BEFORE) : found.start()])
        and figures.search(text[found.end() : found.end() + _AFTER])
        for found in _OR.finditer(text)
    )


@lru_cache
def _figures(language: str) -> re.Pattern[str]:
    names = [*NUMBER_WORDS.get(language, ()), *MONTHS.get(language, "").split()]
    words = sorted({form for name in names for form in (name, fold(name))})
    named = rf"|\b(?:{'|'.join(words)})\b" if words else ""
    return re.compile(rf"\d{named}", re.IGNORECASE)
