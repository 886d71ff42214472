"""Words of the index that look like a word it lacks: misspellings, cognates, compounds.

Candidates share letter trigrams. How alike they are is the greater of Dice's coefficient over
those trigrams (compounds, cognates) and one minus the normalised edit distance with transpositions
(misspellings). It must not know passages or scores.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA

_CANDIDATES = 40
_SHORTEST_MISSPELT = 4


class SimilarWords:
    """The words of one language, found by their letters.

    Args:
        words: stems as they stand in terms; their order decides between equals.
    """

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))
        postings: dict[str, array[int]] = defaultdict(lambda: array("i"))
        for number, word in enumerate(self._words):
            for gram in trigrams(word):
                postings[gram].append(number)
        self._postings: Mapping[str, npt.NDArray[np.int32]] = {
            gram: np.frombuffer(numbers, dtype=np.int32) for gram, numbers in postings.items()
        }
        self._sizes = np.array([len(trigrams(word)) for word in self._words], dtype=np.float32)

    def find(self, word: str, at_least: float, most: int) -> list[tuple[str, float]]:
        """Words that are alike, most alike first, with their likeness (0 to 1)."""
        grams = trigrams(word)
        lists = [self._postings[gram] for gram in grams if gram in self._postings]
        if not lists:
            return []
        shared = np.bincount(np.concatenate(lists), minlength=len(self._words))
        likeness = 2 * shared / (self._sizes + len(grams))
        candidates = np.argsort(-likeness, kind="stable")[:_CANDIDATES]
        scored = [
            (max(float(likeness[n]), self._spelling(word, self._words[n])), self._words[n])
            for n in candidates.tolist()
            if shared[n]
        ]
        best = sorted((-score, found) for score, found in scored if score >= at_least)[:most]
        return [(found, -score) for score, found in best]

    @staticmethod
    def _spelling(word: str, other: str) -> float:
        if word[0] != other[0] or min(len(word), len(other)) < _SHORTEST_MISSPELT:
            return 0.0
        return OSA.normalized_similarity(word, other)


def trigrams(word: str) -> frozenset[str]:
    """The letter trigrams of a word, its beginning and end marked."""
    padded = f"^{word}$"
    return frozenset(padded[i : i + 3] for i in range(max(1, len(padded) - 2)))
