"""Texts that say nearly the same in the same words.

Two texts are compared by their shingles, runs of words without case and punctuation. It must not
know where a text stands or how it is shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from math import ceil
from typing import TypeVar
from zlib import crc32

import numpy as np
import numpy.typing as npt

from bot.articles.model import Passage

SHINGLE = 3
NEAR = 0.7
"""The likeness from which two texts are near-identical: two words of fifty may differ."""

_MIX = np.uint64(0x9E3779B97F4A7C15)
"""2^64 over the golden ratio, odd: multiplying by it spreads neighbouring numbers."""
_TOLD_APART = 24
"""Bits of a run that are looked at when rows are chosen to be compared."""

_MEETINGS = 8
"""In so many rare runs two texts must meet before they are compared: a sentence is not enough."""

_Run = TypeVar("_Run", str, int)

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


def likeness(one: frozenset[_Run], other: frozenset[_Run]) -> float:
    """Jaccard's coefficient of two texts' shingles, 0 to 1."""
    union = len(one | other)
    return len(one & other) / union if union else 0.0


def near_duplicates(passages: Sequence[Passage]) -> tuple[tuple[Passage, ...], ...]:
    """Group passages that are nearly identical, in the order given.

    Every passage is in one group; most stand alone in theirs. A passage joins the first group whose
    first passage it resembles, so that a chain of small changes does not bring strangers together.
    """
    runs = [numbered(passage.text) for passage in passages]
    values = np.concatenate([np.zeros(0, dtype=np.uint32), *runs])
    pointer = np.cumsum([0, *map(len, runs)])
    groups = near_rows(values, pointer)
    alone = set(range(len(passages))).difference(*groups)
    every = sorted([*groups, *((number,) for number in alone)])
    return tuple(tuple(passages[number] for number in group) for group in every)


def numbered(text: str) -> npt.NDArray[np.uint32]:
    """The shingles of a text as numbers, ascending, each once.

    Two different ones get the same number once in four thousand million.
    """
    words = [crc32(word.encode("utf-8", "surrogatepass")) for word in normalised(text).split()]
    count = max(1, len(words) - SHINGLE + 1) if words else 0
    padded = np.array([*words, *([0] * (SHINGLE - len(words)))], dtype=np.uint64)
    mixed = np.zeros(count, dtype=np.uint64)
    for at in range(SHINGLE):
        mixed = (mixed + padded[at : at + count]) * _MIX
        mixed ^= mixed >> np.uint64(29)
    return np.unique((mixed >> np.uint64(32)).astype(np.uint32))


def near_rows(
    values: npt.NDArray[np.uint32], pointer: npt.NDArray[np.int64]
) -> list[tuple[int, ...]]:
    """Group rows of numbered shingles as `near_duplicates` does; who stands alone is left out.

    Args:
        values: all rows, one after the other.
        pointer: where each row begins, and where the last one ends.
    """
    candidates = _repeated(values, pointer)
    taken = [values[pointer[row] : pointer[row + 1]] for row in candidates]
    starts = np.cumsum([0, *map(len, taken)]).tolist()
    runs, which, frequency = np.unique(
        np.concatenate([np.zeros(0, dtype=np.uint32), *taken]),
        return_inverse=True,
        return_counts=True,
    )
    # A run is from now on its place among all, rarest first; the first ones stand in one row only.
    places = np.empty(len(runs), dtype=np.int32)
    places[np.argsort(frequency, kind="stable")] = np.arange(len(runs))
    ordered = places[which]
    alone = int(np.count_nonzero(frequency == 1))
    groups: list[list[int]] = []
    firsts: list[npt.NDArray[np.int32]] = []
    groups_with: dict[int, list[int]] = defaultdict(list)
    for row, (start, end) in zip(candidates, pairwise(starts), strict=True):
        text = np.sort(ordered[start:end])
        rare = text[: _prefix(len(text))]
        rare_runs = rare[rare >= alone].tolist()
        shared = Counter(number for run in rare_runs for number in groups_with.get(run, ()))
        met = sorted(
            number
            for number, count in shared.items()
            if count >= min(_fewest(len(text)), _fewest(len(firsts[number])))
        )
        held = frozenset(text.tolist())
        near = (n for n in met if likeness(held, frozenset(firsts[n].tolist())) >= NEAR)
        number = next(near, None)
        if number is not None:
            groups[number].append(row)
            continue
        for run in rare_runs:
            groups_with[run].append(len(groups))
        groups.append([row])
        firsts.append(text)
    return [tuple(group) for group in groups if len(group) > 1]


def _repeated(values: npt.NDArray[np.uint32], pointer: npt.NDArray[np.int64]) -> list[int]:
    """The rows that share as much with all others as they would have to share with one."""
    ordered = np.sort(values)
    twice = ordered[1:][ordered[1:] == ordered[:-1]]
    # Told apart by their upper bits alone: some rows too many are looked at, never one too few.
    known = np.zeros(1 << _TOLD_APART, dtype=bool)
    known[twice >> np.uint32(32 - _TOLD_APART)] = True
    shared = np.cumsum(known[values >> np.uint32(32 - _TOLD_APART)])
    shared = np.concatenate([[0], shared])[pointer]
    enough = np.diff(shared) >= NEAR * np.diff(pointer)
    rows: list[int] = np.flatnonzero(enough & (np.diff(pointer) > 0)).tolist()
    return rows


def _prefix(runs: int) -> int:
    """Of how many of its rarest runs a text shares several with a near-identical one.

    Such texts share so many runs that they cannot differ in all but a few of these; comparing only
    texts that meet in rare runs keeps ten thousand passages from being compared with each other.
    With t runs to be shared of n, two texts share m of their n - t + m rarest.
    """
    return runs - ceil(NEAR * runs) + _fewest(runs)


def _fewest(runs: int) -> int:
    """How many of these a text of so many runs shares with one that is no shorter."""
    return min(_MEETINGS, ceil(NEAR * runs))
