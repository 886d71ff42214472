"""The seam between asking and finding: what a query is, what an index promises.

An index is built once from analysed passages and then only read, from any thread. It must not
know how a question became a query, nor what is done with the hits.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol


class QueryTerm(NamedTuple):
    """One word of a question and the terms that may stand for it in a passage.

    They count as one term with one document frequency: a passage scores for the best of them.

    Attributes:
        word: as the asker wrote it.
        alternatives: index terms and how well each stands for the word, 0 to 1.
        weight: how much the word counts in the question, 1 for an ordinary one.
    """

    word: str
    alternatives: tuple[tuple[str, float], ...]
    weight: float = 1.0


class Hits(NamedTuple):
    """What a search found, in columns: making objects of fifty hits takes longer than finding them.

    Attributes:
        passages: numbers, best first; equal scores in the order of the passages.
        scores: of each of them.
        idf: inverse document frequency of each query term, in the order of the query; a term
            that no passage has gets the highest there is.
        df: in how many passages each query term occurs.
    """

    passages: Sequence[int]
    scores: Sequence[float]
    idf: tuple[float, ...]
    df: tuple[float, ...]


class Index(Protocol):
    """Finds passages for a query."""

    def search(self, query: Sequence[QueryTerm], k: int, withheld: Sequence[int] = ()) -> Hits:
        """The best `k` passages that have at least one term of the query.

        Args:
            withheld: numbers of passages that are treated as if they were not there, in document
                frequencies too; so is tested what happens without them.
        """
        ...
