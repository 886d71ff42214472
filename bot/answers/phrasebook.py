"""The phrases of contrasts.yaml in texts: by which words something is told, or asked.

It must not know what a phrase tells of the values beside it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from bot.search.analyzer import Analyzer, stem
from bot.search.tokens import tokenize

if TYPE_CHECKING:
    from bot.articles.contrasts import Contrasts, Phrases

Span = tuple[int, int]
_Book = Mapping[str, list[tuple[tuple[str, ...], str]]]
"""The first stem of phrases to the stems of each, and its label."""


class Phrasebook:
    """Finds the phrases of contrasts.yaml in texts: roles, ways, and what questions ask by.

    A language is prepared when it is first asked for.

    Args:
        contrasts: the phrases.
        analyzer: knows the stems of the texts' words.
    """

    def __init__(self, contrasts: Contrasts, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._labelled: list[tuple[str, Phrases]] = list(contrasts.roles.items())
        for number, contrast in enumerate(contrasts.contrasts):
            self._labelled.append((about(number), contrast.about))
            for way, phrases in contrast.ways.items():
                self._labelled.append((f"{way_unit(number)}={way}", phrases))
        self._books: dict[str, _Book] = {}

    def find(self, text: str, language: str) -> Iterator[tuple[str, Span]]:
        """Yield the label of each phrase in a text, and where it stands."""
        # Two threads may both prepare a language; they find the same.
        if (book := self._books.get(language)) is None:
            book = self._books[language] = self._prepared(language)
        if not book:
            return
        spans, stems = self._analyzer.stems(text, language)
        for at, first in enumerate(stems):
            for phrase, label in book.get(first, ()):
                end = at + len(phrase)
                if tuple(stems[at:end]) == phrase:
                    yield label, (spans[at][0], spans[end - 1][1])

    def _prepared(self, language: str) -> _Book:
        book: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        for label, phrases in self._labelled:
            for words in phrases.get(language, ()):
                stems = tuple(stem(token.word, language) for token in tokenize(words))
                book[stems[0]].append((stems, label))
        return book


def about(number: int) -> str:
    """The label of words that a question asks for a contrast by."""
    return f"about {number}"


def way_unit(number: int) -> str:
    """The unit of values that are ways of a contrast."""
    return f"way {number}"
