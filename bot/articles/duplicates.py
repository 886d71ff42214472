"""Texts that say nearly the same in the same words.

Two texts are compared by their shingles, runs of words without case and punctuation. It must not
know where a text stands or how it is shown.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Iterable, Sequence
from zlib import crc32

import numpy as np

from bot.articles.grouping import near_rows
from bot.articles.meeting import Numbers, Values
from bot.articles.model import Passage

SHINGLE = 3

_MIX = np.uint64(0x9E3779B97F4A7C15)
"""2^64 over the golden ratio, odd: multiplying by it spreads neighbouring numbers."""
_AT_ONCE = 1 << 20
"""Words that are numbered together."""
_MOST_PIECES = 500_000
"""Different pieces of text whose words are kept in mind."""

_WORD = re.compile(r"\w+")


def normalised(text: str) -> str:
    """The words of a text, without case, accents, punctuation and Markdown."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    if not plain.isascii():
        marks = [character for character in set(plain) if unicodedata.combining(character)]
        plain = plain.translate(dict.fromkeys(map(ord, marks)))
    return " ".join(_WORD.findall(plain))


def shingles(text: str) -> frozenset[str]:
    """The runs of words of a text; a text that is shorter than one run is a run of its own."""
    words = normalised(text).split()
    count = max(1, len(words) - SHINGLE + 1) if words else 0
    return frozenset(" ".join(words[n : n + SHINGLE]) for n in range(count))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard's coefficient of two texts' shingles, 0 to 1."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def near_duplicates(passages: Sequence[Passage]) -> tuple[tuple[Passage, ...], ...]:
    """Group passages that are nearly identical, in the order given.

    Every passage is in one group; most stand alone in theirs. A passage joins the first group whose
    first passage it resembles, so that a chain of small changes does not bring strangers together.
    """
    groups = near_rows(*numbered(passage.text for passage in passages)).each()
    alone = set(range(len(passages))).difference(*groups)
    every = sorted([*groups, *((number,) for number in alone)])
    return tuple(tuple(passages[number] for number in group) for group in every)


def numbered(texts: Iterable[str]) -> tuple[Values, Numbers]:
    """The shingles of texts as rows of numbers, each row ascending and each number once.

    Two different ones get the same number once in four thousand million.

    Returns:
        all rows, one after the other; where each begins, and where the last one ends.
    """
    known = _Pieces()
    words, counts = array("I"), array("q")
    values, lengths = [np.zeros(0, dtype=np.uint32)], [np.zeros(0, dtype=np.int64)]
    for text in texts:
        before = len(words)
        # No word reaches over white space, so a piece between has the same words wherever it is.
        for piece in text.split():
            words.extend(known[piece])
        count = len(words) - before
        if 0 < count < SHINGLE:
            words.extend((0,) * (SHINGLE - count))
            count = SHINGLE
        counts.append(count)
        if len(words) >= _AT_ONCE:
            _add_rows(words, counts, values, lengths)
            words, counts = array("I"), array("q")
    _add_rows(words, counts, values, lengths)
    return np.concatenate(values), np.cumsum(np.concatenate([[0], *lengths]))


class _Pieces(dict[str, tuple[int, ...]]):
    """The numbers of the words in pieces of text, each looked into when it is first met."""

    def __missing__(self, piece: str) -> tuple[int, ...]:
        words = normalised(piece).split()
        found = tuple(crc32(word.encode("utf-8", "surrogatepass")) for word in words)
        if len(self) >= _MOST_PIECES:
            self.clear()
        self[piece] = found
        return found


def _add_rows(
    words: array[int], counts: array[int], values: list[Values], lengths: list[Numbers]
) -> None:
    """The shingles of rows of numbered words, each row's sorted."""
    numbers, ends = np.array(words, dtype=np.uint64), np.cumsum(np.array(counts, dtype=np.int64))
    mixed = np.zeros(max(0, len(numbers) - SHINGLE + 1), dtype=np.uint64)
    for at in range(SHINGLE):
        mixed = (mixed + numbers[at : at + len(mixed)]) * _MIX
        mixed ^= mixed >> np.uint64(29)
    owners = np.repeat(np.arange(len(ends), dtype=np.uint64), counts)
    inside = owners[: len(mixed)] == owners[SHINGLE - 1 :]
    # A row and a number of it as one number: sorting leaves the rows where they are.
    pairs = mixed[inside] >> np.uint64(32) | owners[: len(mixed)][inside] << np.uint64(32)
    pairs.sort()
    pairs = pairs[np.diff(pairs, prepend=~pairs[:1]) != 0]
    values.append(pairs.astype(np.uint32))
    lengths.append(np.bincount((pairs >> np.uint64(32)).astype(np.int64), minlength=len(ends)))
