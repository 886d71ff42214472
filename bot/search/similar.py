"""Words of the index that look like a word it lacks: misspellings, cognates, compounds.

Candidates share letter trigrams. How alike they are is the greater of Dice's coefficient over
those trigrams (compounds, cognates) and one minus the normalised edit distance with transpositions
(misspellings). It must not know passages or scores.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from bot.search.merging import Merge
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
        grams = _trigrams_of(word)
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
        nearest = zip(met[best].tolist(), likeness[best].tolist(), strict=True)
        candidates = [(self._words.text(number), like) for number, like in nearest]
        scored = [(max(like, _spelling(word, other)), other) for other, like in candidates]
        ordered = sorted((-score, found) for score, found in scored if score >= at_least)[:most]
        return [(found, -score) for score, found in ordered]


def similar_arrays(terms: Iterable[str], languages: Sequence[str]) -> dict[str, Numbers]:
    """The words of some languages among the terms of an index, as arrays to be saved."""
    words = _words(terms, languages)
    return {
        f"{name} {language}": values
        for language in languages
        for name, values in SimilarWords(words[language]).arrays.items()
    }


def similar_arrays_again(
    terms: Iterable[str],
    languages: Sequence[str],
    new: Iterable[str],
    gone: Iterable[str],
    arrays: Mapping[str, Numbers],
) -> dict[str, Numbers]:
    """The same where most words were there before.

    Args:
        new, gone: the terms that were not there, and that are not there any more.
        arrays: what was told before.
    """
    kept = [language for language in languages if f"words {language}" in arrays]
    rest = [language for language in languages if language not in kept]
    found = similar_arrays(terms, rest) if rest else {}
    new_words, gone_words = _words(new, kept), _words(gone, kept)
    for language in kept:
        before = {name: arrays[f"{name} {language}"] for name in _ARRAYS}
        if new_words[language] or gone_words[language]:
            before = _changed(before, sorted(new_words[language]), gone_words[language])
        found.update({f"{name} {language}": values for name, values in before.items()})
    return found


def similar_words(arrays: Mapping[str, Numbers], language: str) -> SimilarWords:
    """The words of a language from such arrays."""
    return SimilarWords(arrays={name: arrays[f"{name} {language}"] for name in _ARRAYS})


def _spelling(word: str, other: str) -> float:
    if word[0] != other[0] or min(len(word), len(other)) < _SHORTEST_MISSPELT:
        return 0.0
    # Half of this module's time to start, and only misspelt words need it.
    from rapidfuzz.distance import OSA

    return OSA.normalized_similarity(word, other)


def _words(terms: Iterable[str], languages: Sequence[str]) -> dict[str, list[str]]:
    """The words of each language among terms."""
    words: dict[str, list[str]] = {language: [] for language in languages}
    for term in terms:
        language, mark, word = term.partition(":")
        if mark and language in words:
            words[language].append(word)
    return words


def _arrays(words: Sequence[str]) -> dict[str, Numbers]:
    """What is known of words, which ascend."""
    return _arranged(Ragged.of_texts(words), *_trigrams(words))


def _changed(
    arrays: Mapping[str, Numbers], new: Sequence[str], gone: Sequence[str]
) -> dict[str, Numbers]:
    """The same of words that are in part those of the arrays; the new ones ascend."""
    words = Ragged(arrays["words"], arrays["word_pointer"])
    size, every = len(words), range(len(words))
    kept = np.arange(size)
    kept[[bisect_left(every, word, key=words.text) for word in gone]] = -1
    at = [bisect_left(every, word, key=words.text) for word in new]
    places = np.insert(kept, at, size + np.arange(len(new)))
    places = places[places >= 0]
    now = np.full(size + len(new), -1)
    now[places] = np.arange(len(places))
    codes, owners = _trigrams(new)
    codes = np.concatenate([np.repeat(arrays["grams"], np.diff(arrays["gram_pointer"])), codes])
    owners = now[np.concatenate([arrays["gram_words"], size + owners])]
    left = owners >= 0
    rows = Merge.of(places, size).ragged(words, Ragged.of_texts(new))
    return _arranged(rows, codes[left], owners[left])


def _arranged(
    words: Ragged, codes: npt.NDArray[np.int64], owners: npt.NDArray[np.int64]
) -> dict[str, Numbers]:
    """The arrays of words, from trigrams and whose each is, in whatever order."""
    order = np.lexsort((owners, codes))
    codes = codes[order]
    starts = np.flatnonzero(np.diff(codes, prepend=-1))
    return {
        "words": words.values,
        "word_pointer": words.pointer,
        "grams": codes[starts],
        "gram_words": owners[order].astype(np.int32),
        "gram_pointer": np.append(starts, len(codes)),
        "gram_counts": np.bincount(owners, minlength=len(words)).astype(np.float32),
    }


def _trigrams_of(word: str) -> npt.NDArray[np.int64]:
    """The same as `_trigrams` of one word, in a sixth of the time."""
    letters = [ord(letter) for letter in f"^{word}$"]
    threes = zip(letters, letters[1:], letters[2:], strict=False)
    codes = sorted({a << 2 * _LETTER | b << _LETTER | c for a, b, c in threes})
    return np.array(codes, dtype=np.int64)


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
