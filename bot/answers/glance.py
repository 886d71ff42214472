"""What a glance at a passage tells: whether reading it for disagreements can yield anything.

Reading takes a millisecond, a glance a twentieth; it may see too much, never too little. It must
not know questions.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache, partial
from unicodedata import is_normalized

from bot.answers.values import BOUNDS, LISTING, MONTHS, NUMBER_WORDS, OR
from bot.articles.contrasts import Phrases
from bot.search.analyzer import stem
from bot.search.tokens import fold, plain, tokenize

_DIGIT = re.compile(r"\d")
_OR = re.compile(rf"\b(?:{OR})\b")
_BEFORE, _AFTER = 80, 40
"""So far from an "or" the figures of two alternatives may begin: units and nouns come between."""


class Glance:
    """Looks for words and figures.

    Args:
        differ: phrases by which a text says itself that accounts differ.
    """

    def __init__(self, differ: Phrases) -> None:
        # Compiled for the languages that are read, as each takes milliseconds.
        self._phrases = cache(partial(_pattern, differ))

    def differs(self, text: str, language: str) -> bool:
        """Whether a text may say that accounts differ."""
        phrases = self._phrases(language)
        return phrases is not None and bool(phrases.search(_as_read(text)))


def _pattern(differ: Phrases, language: str) -> re.Pattern[str] | None:
    if language not in differ:
        return None
    phrases = "|".join(_loosely(phrase, language) for phrase in differ[language])
    return re.compile(rf"\b(?:{phrases})")


def _loosely(phrase: str, language: str) -> str:
    """A pattern for words that begin as those of a phrase do."""
    return r"[\W_]+".join(_beginning(token.word, language) for token in tokenize(phrase))


def _beginning(word: str, language: str) -> str:
    """What all words begin with that share a word's stem, with accents or without."""
    stemmed = stem(word, language)
    # Forms of a word differ in what comes after the stem, or in a last letter like that of "vary".
    kept = len(stemmed) - (stemmed[-1] in "iy" or not fold(word).startswith(stemmed))
    forms = sorted({re.escape(word[:kept]), re.escape(fold(word)[:kept])})
    return rf"(?:{'|'.join(forms)})\w*"


def has_value(text: str, language: str) -> bool:
    """Whether a text may state an amount or a date."""
    # Most have a digit, which is found in a tenth of the time.
    return bool(_DIGIT.search(text) or _figures(language).search(_as_read(text)))


def has_alternatives(text: str, language: str) -> bool:
    """Whether a text may name two values with nothing but "or" between them."""
    figures, text = _figures(language), _as_read(text)
    return any(
        figures.search(text[max(0, found.start() - _BEFORE) : found.start()])
        and figures.search(text[found.end() : found.end() + _AFTER])
        for found in _OR.finditer(text)
    )


def has_list(text: str, language: str) -> bool:
    """Whether a text may name two values with nothing but a comma or an "and" between them."""
    text = _as_read(text)
    first = _figures(language).search(text)
    return first is not None and bool(_listed(language).search(text, first.end()))


def _as_read(text: str) -> str:
    """A text with letters as they are read: small, no ligatures, accents that are part of theirs.

    To look for small ones in small ones takes a third of the time of ignoring case.
    """
    # Of these letters reading takes away what small ones keep.
    is_plain = "İ" not in text and "ı" not in text and is_normalized("NFKC", text)
    return text.casefold() if is_plain else plain(text)


@lru_cache
def _figures(language: str) -> re.Pattern[str]:
    """A digit, or the name of a number or a month."""
    return re.compile(_figure(language))


@lru_cache
def _listed(language: str) -> re.Pattern[str]:
    """What parts the values of a list, with the beginning of the value after it."""
    bounds = "|".join(BOUNDS.values())
    return re.compile(
        rf"(?:,|\b(?:{LISTING})\b)\s*"
        rf"(?:(?:{bounds})\s+)*(?:us)?[$€£¥]?\s?(?:{_figure(language)})"
    )


def _figure(language: str) -> str:
    names = [*NUMBER_WORDS.get(language, ()), *MONTHS.get(language, "").split()]
    words = sorted({form.casefold() for name in names for form in (name, fold(name))})
    named = rf"|\b(?:{'|'.join(words)})\b" if words else ""
    return rf"\d{named}"
