"""What a glance at a passage tells: whether reading it for disagreements can yield anything.

Reading takes a millisecond, a glance a twentieth; it may see too much, never too little. It must
not know questions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

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
        # Of each phrase the longest word; a text that has not even that has not the phrase.
        marks = {
            language: {
                max((stem(token.word, language) for token in tokenize(phrase)), key=len)
                for phrase in phrases
            }
            for language, phrases in differ.items()
        }
        self._book = Phrasebook(Contrasts({"differ": differ}))
        # What a stem shares with all words that it stands for: at most its last letter changes.
        self._marks: Mapping[str, re.Pattern[str]] = {
            language: re.compile("|".join(sorted({rf"\b{mark[:-1]}" for mark in stems})))
            for language, stems in marks.items()
            if stems
        }

    def differs(self, text: str, language: str) -> bool:
        """Whether a text may say that accounts differ."""
        marks = self._marks.get(language)
        if marks is None or not marks.search(plain(text)):
            return False
        return any(self._book.find(list(tokenize(text)), language))


def has_value(text: str, language: str) -> bool:
    """Whether a text may state an amount or a date."""
    return bool(_figures(language).search(text))


def has_alternatives(text: str, language: str) -> bool:
    """Whether a text may name two values with nothing but "or" between them."""
    figures = _figures(language)
    return any(
        figures.search(text, max(0, found.start() - _BEFORE), found.start())
        and figures.search(text, found.end(), found.end() + _AFTER)
        for found in _OR.finditer(text)
    )


@lru_cache
def _figures(language: str) -> re.Pattern[str]:
    names = [*NUMBER_WORDS.get(language, ()), *MONTHS.get(language, "").split()]
    words = sorted({form for name in names for form in (name, fold(name))})
    return re.compile("|".join([r"\d", *(rf"\b{word}\b" for word in words)]), re.IGNORECASE)
