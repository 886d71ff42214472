"""Words of the index that look like a word it lacks: misspellings, cognates, compounds.

Candidates share letter trigrams. How alike they are is the greater of Dice's coefficient over
those trigrams (compounds, cognates) and one minus the normalised edit distance with transpositions
(misspellings). It must not know passages or scores.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from bot.search.ragged import Numbers, Ragged

_CANDIDATES = 40
_SHORTEST_MISSPELT = 4
_LETTER = 21
"""Bits of a code point; three of them are a trigram's number."""
_ARRAYS = ("words", "word_pointer", "grams", "gram_pointer", "gram_words", "gram_counts")


class SimilarWords:
    """The words of one language, found by their letters.

    Args:
        words: stems as they stand in terms; their order decides between equals.
        arrays: instead of words, what another one told as its arrays.
    """

    def __init__(
        self, words: Iterable[str] = (), arrays: Mapping[str, Numbers] | None = None
    ) -> None:
        self.arrays = arrays = _arrays(sorted(set(words))) if arrays is None else arrays
        self._words = Ragged(arrays["words"], arrays["word_pointer"])
        self._grams = arrays["grams"]
        self._postings = Ragged(arrays["gram_words"], arrays["gram_pointer"])
        self._sizes = arrays["gram_counts"]

    def find(self, word: str, at_least: float, most: int) -> list[tuple[str, float]]:
        """Words that are alike, most alike first, with their likeness (0 to 1)."""
        grams, _ = _trigrams([word])
        if not len(self._grams):
            return []
        at = np.searchsorted(self._grams, grams)
        known = at[self._grams[np.minimum(at, len(self._grams) - 1)] == grams]
        if not len(known):
            return []
        shared = np.bincount(np.concatenate([self._postings[n] for n in known.tolist()]))
        met = np.flatnonzero(shared)
        likeness = 2 * shared[met] / (self._sizes[met] + len(grams))
        if len(met) > _CANDIDATES:
            least = np.partition(likeness, len(met) - _CANDIDATES)[len(met) - _CANDIDATES]
            met, likeness = met[likeness >= least], likeness[likeness >= least]
        best = np.argsort(-likeness, kind="stable")[:_CANDIDATES]
        candidates = [(self._words.text(met[n]), float(likeness[n])) for n in best.tolist()]
        scored = [(max(like, _spelling(word, other)), other) for other, like in candidates]
        ordered = sorted((-score, found) for score, found in scored if score >= at_least)[:most]
        return [(found, -score) for score, found in ordered]


def similar_arrays(terms: Iterable[str], languages: Sequence[str]) -> dict[str, Numbers]:
    """The words of some languages among the terms of an index, as arrays to be saved."""
    words: dict[str, list[str]] = {language: [] for language in languages}
    for term in terms:
        language, mark, word = term.partition(":")
        if mark and language in words:
            words[language].append(word)
    return {
        f"{name} {language}": values
        for language in languages
        for name, values in SimilarWords(words[language]).arrays.items()
    }


def similar_arrays_again(
    terms: Iterable[str],
    languages: Sequence[str],
    changed: Iterable[str],
    arrays: Mapping[str, Numbers],
) -> dict[str, Numbers]:
    """The same; languages whose words have not changed keep what they had.

    Args:
        changed: the terms that are new or gone.
        arrays: what was told before.
    """
    touched = {term.partition(":")[0] for term in changed}
    kept = [one for one in languages if one not in touched and f"words {one}" in arrays]
    rest = [one for one in languages if one not in kept]
    found = {f"{name} {one}": arrays[f"{name} {one}"] for one in kept for name in _ARRAYS}
    return {**found, **(similar_arrays(terms, rest) if rest else {})}


def similar_words(arrays: Mapping[str, Numbers], language: str) -> SimilarWords:
    """The words of a language from such arrays."""
    return SimilarWords(arrays={name: arrays[f"{name} {language}"] for name in _ARRAYS})


def _spelling(word: str, other: str) -> float:
    if word[0] != other[0] or min(len(word), len(other)) < _SHORTEST_MISSPELT:
        return 0.0
    # Half of this module's time to start, and only misspelt words need it.
    from rapidfuzz.distance import OSA

    return OSA.normalized_similarity(word, other)


def _arrays(words: Sequence[str]) -> dict[str, Numbers]:
    codes, owners = _trigrams(words)
    grams, ranks = np.unique(codes, return_inverse=True)
    # Two numbers in one: each trigram with its words, both ascending.
    pairs = np.sort(ranks * max(len(words), 1) + owners)
    gram, owner = np.divmod(pairs, max(len(words), 1))
    rows = Ragged.of_texts(words)
    return {
        "words": rows.values,
        "word_pointer": rows.pointer,
        "grams": grams,
        "gram_words": owner.astype(np.int32),
        "gram_pointer": np.searchsorted(gram, np.arange(len(grams) + 1)),
        "gram_counts": np.bincount(owners, minlength=len(words)).astype(np.float32),
    }


def _trigrams(words: Sequence[str]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The letter trigrams of words, begin and end marked, each once a word; and whose they are."""
    padded = [f"^{word}$" for word in words]
    letters = np.frombuffer(
        "".join(padded).encode("utf-32-le", "surrogatepass"), dtype=np.uint32
    ).astype(np.int64)
    owner = np.repeat(np.arange(len(words)), [len(word) for word in padded])
    inside = np.flatnonzero(owner[2:] == owner[:-2])
    codes = (
        (letters[inside] << 2 * _LETTER) | (letters[inside + 1] << _LETTER) | letters[inside + 2]
    )
    order = np.lexsort((codes, owner[inside]))
    codes, owners = codes[order], owner[inside][order]
    once = np.ones(len(codes), dtype=bool)
    once[1:] = (codes[1:] != codes[:-1]) | (owners[1:] != owners[:-1])
    return codes[once], owners[once]
