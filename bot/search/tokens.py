"""Text to tokens: the words and numbers of a text, where they stand, and their folded form.

Tokens keep the offsets of the text as given, so that what matched can be marked in it. It must
not know stop words, stems or languages beyond how they write numbers.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# A number may carry its scale ("97.4bn"); any other run of letters and digits is one word ("5th"),
# also where an accent is a character of its own, as in text from macOS.
# What most words are comes first, as it is told in half the time.
_TOKEN = re.compile(
    r"[A-Za-z]++(?![^\W_]|[\u0300-\u036f])"
    r"|\d+(?:[.,]\d+)*(?=(?i:bn|b|mn|m|k|tn|mld|mln|mrd)?(?![^\W_]))"
    r"|[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*"
)
_COMBINING = re.compile(r"[\u0300-\u036f]")
_UNFOLDED = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "œ": "oe", "æ": "ae", "ı": "i", "ð": "d"})


class Token(NamedTuple):
    """A word or number of a text.

    Attributes:
        word: in lower case, compatibility characters resolved, accents kept (stemmers need them).
        start, end: offsets in the text, in code points.
        capital: the word begins with a capital letter.
    """

    word: str
    start: int
    end: int
    capital: bool


def tokenize(text: str) -> Iterator[Token]:
    """Yield the tokens of a text, in order. Apostrophes and hyphens separate words."""
    for start, end in token_spans(text):
        surface = text[start:end]
        yield Token(normalize(surface), start, end, surface[0].isupper())


def token_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the tokens of a text stand, in order."""
    for found in _TOKEN.finditer(text):
        yield found.span()


@lru_cache(maxsize=512)
def kept_token_bounds(text: str) -> tuple[int, ...]:
    """Where the tokens of a text begin and end, one after the other; kept for a while.

    Numbers and not pairs, of which the garbage collector would walk each.
    """
    return tuple([bound for found in _TOKEN.finditer(text) for bound in found.span()])


@lru_cache(maxsize=65536)
def normalize(word: str) -> str:
    """Lower case, with ligatures, full-width and other compatibility characters resolved."""
    return _normal(word)


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """A normalised word without its accents."""
    return _folded(word)


def plain(text: str) -> str:
    """A text normalised and folded; unlike words, texts are not kept in mind."""
    return _folded(_normal(text))


def _normal(text: str) -> str:
    if text.isascii():
        return text.casefold()
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def _folded(text: str) -> str:
    if text.isascii():
        return text
    return _COMBINING.sub("", unicodedata.normalize("NFKD", text)).translate(_UNFOLDED)
