"""An article's passages: slices of its text, cut between sentences, along headings and paragraphs.

Sizes are chosen for reading (prototype measurements found no size better for ranking): a passage
holds about 30 to 100 words, headings not counted. It must not know how passages are searched or
shown.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.articles.model import Article, Passage
from bot.articles.sentences import sentence_spans

FEWEST_WORDS = 30
MOST_WORDS = 100

_BLOCK = re.compile(r"\S.*(?:\n(?!\s*\n).*)*")
_HEADING = re.compile(r"#{1,6}[ \t]+(\S.*?)[ \t]*#*\Z")
_WORD = re.compile(r"\w+(?:['’.,]\w+)*")


@dataclass(frozen=True, slots=True)
class _Piece:
    """A run of text that is never cut again: a paragraph or a part of one."""

    start: int
    end: int
    words: int
    section: int
    heading: str | None


def split(article: Article) -> tuple[Passage, ...]:
    """Cut an article into passages.

    The slices are ordered and disjoint, and together hold all of the text but white space. A
    heading stands at the start of the passage that it heads.
    """
    runs = list(_merge(_pieces(article)))
    return tuple(
        Passage(article, run.start, run.end, number, len(runs), run.heading)
        for number, run in enumerate(runs, 1)
    )


def _pieces(article: Article) -> Iterator[_Piece]:
    """Paragraphs, long ones cut between sentences; a heading joins the paragraph below it."""
    text, section = article.text, 0
    heading: str | None = None
    waiting: int | None = None
    end = 0
    for block in _BLOCK.finditer(text):
        start, end = block.start(), block.start() + len(block.group().rstrip())
        if found := _HEADING.match(block.group().rstrip()):
            if waiting is None:
                waiting, section = start, section + 1
            heading = found.group(1)
            continue
        for first, last, words in _cut(text, start, end, article.language):
            begin = first if waiting is None else waiting
            waiting = None
            yield _Piece(begin, last, words, section, heading)
    if waiting is not None:
        yield _Piece(waiting, end, _words(text[waiting:end]), section, heading)


def _cut(text: str, start: int, end: int, language: str) -> Iterator[tuple[int, int, int]]:
    """Cut one paragraph into parts of nearly equal length, between sentences; each one's words."""
    total = _words(text[start:end])
    parts = math.ceil(total / MOST_WORDS)
    if parts <= 1:
        yield start, end, total
        return
    wanted, done, here, first, last = total / parts, 0, 0, start, start
    for begin, stop in sentence_spans(text[start:end], language):
        words = _words(text[start + begin : start + stop])
        if here and (here + words > MOST_WORDS or abs(done - wanted) < abs(done + words - wanted)):
            yield first, last, here
            first, here = start + begin, 0
            wanted += total / parts
        done += words
        # Where no space ends a sentence, a word may reach over its end.
        apart = start + begin > last or not here
        last = start + stop
        here = here + words if apart else _words(text[first:last])
    yield first, last, here


def _merge(pieces: Iterable[_Piece]) -> Iterator[_Piece]:
    """Join pieces that are too short to stand alone, within a section where that is possible."""
    runs: list[_Piece] = []
    for piece in pieces:
        before = runs[-1] if runs else None
        if before is not None and _belong_together(before, piece):
            heading = before.heading if before.words else piece.heading
            runs[-1] = replace(
                before,
                end=piece.end,
                words=before.words + piece.words,
                section=piece.section,
                heading=heading,
            )
        else:
            runs.append(piece)
    return iter(runs)


def _belong_together(before: _Piece, piece: _Piece) -> bool:
    if before.words + piece.words > MOST_WORDS:
        return False
    if before.section == piece.section:
        return before.words < FEWEST_WORDS or piece.words < FEWEST_WORDS
    return before.words < FEWEST_WORDS


def _words(text: str) -> int:
    # No word reaches over white space, and most pieces between have been met before.
    return sum(map(_words_of_piece, text.split()))


@lru_cache(maxsize=1 << 17)
def _words_of_piece(piece: str) -> int:
    return len(_WORD.findall(piece))
