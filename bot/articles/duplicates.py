"""Texts that say nearly the same in the same words.

Two texts are compared by their shingles, runs of words without case and punctuation. It must not
know where a text stands or how it is shown.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from math import ceil

from bot.articles.model import Passage

SHINGLE = 3
NEAR = 0.7
"""The likeness from which two texts are near-identical: two words of fifty may differ."""

_WORD = re.compile(r"\w+")


def normalised(text: str) -> str:
    """The words of a text, without case, accents, punctuation and Markdown."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(character for character in plain if not unicodedata.combining(character))
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
    texts = [shingles(passage.text) for passage in passages]
    frequency = Counter(run for text in texts for run in text)
    groups: list[list[Passage]] = []
    firsts: list[frozenset[str]] = []
    groups_with: dict[str, list[int]] = defaultdict(list)
    for passage, text in zip(passages, texts, strict=True):
        rare = _rarest(text, frequency)
        candidates = sorted({number for run in rare for number in groups_with[run]})
        near = (number for number in candidates if likeness(text, firsts[number]) >= NEAR)
        number = next(near, None)
        if number is not None:
            groups[number].append(passage)
            continue
        for run in rare:
            groups_with[run].append(len(groups))
        groups.append([passage])
        firsts.append(text)
    return tuple(map(tuple, groups))


def _rarest(text: frozenset[str], frequency: Mapping[str, int]) -> list[str]:
    """The runs of which two near-identical texts share at least one.

    Such texts share so many runs that they cannot differ in all of these; comparing only texts that
    meet in a rare run keeps ten thousand passages from being compared with each other.
    """
    ordered = sorted(text, key=lambda run: (frequency[run], run))
    return ordered[: len(ordered) - ceil(NEAR * len(ordered)) + 1]
