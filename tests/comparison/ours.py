"""Our own search as a system, with any lexicon and any weights.

It must not know which of them are tried.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.answers.answerer import Answerer
from bot.search.analyzer import Analyzer
from bot.search.lexicon import Row
from bot.wiring import Tuning, build_ranker
from tests.comparison.columns import Asked, Column


class Ours:
    """Our search over a column's passages."""

    def __init__(self, column: Column, analyzer: Analyzer, tuning: Tuning) -> None:
        ranker = build_ranker(column.passages, analyzer, tuning)
        self._answerer = Answerer(column.passages, ranker, analyzer, {})

    def find(self, asked: Asked, k: int) -> Sequence[int]:
        """The numbers of the best passages."""
        considered = self._answerer.consider(asked.question, previous=asked.after)
        return [one.number for one in considered.ranking.candidates[:k]]


@dataclass(frozen=True, slots=True)
class Variant:
    """Our search with some rows and weights; call it with a column.

    Args:
        rows: the lexicon's and the names'.
    """

    rows: tuple[Row, ...]
    tuning: Tuning = field(default_factory=Tuning)

    def __call__(self, column: Column) -> Ours:
        """Build it over a column's passages."""
        return Ours(column, Analyzer(self.rows), self.tuning)


class UnreadTopics:
    """Our search as if the lexicon's writer had not read the topic that is asked about.

    For each topic the index is built anew without the rows that only its passages and questions
    use. Harder than life: a writer who has not read about steam engines still knows "steam".
    """

    def __init__(self, column: Column, rows: Sequence[Row]) -> None:
        self._column = column
        self._rows = rows
        self._users = _users(column, Analyzer(rows))
        self._found: dict[Asked, Sequence[int]] = {}

    def find(self, asked: Asked, k: int) -> Sequence[int]:
        """The numbers of the best passages."""
        if asked not in self._found:
            kept = [row for row in self._rows if self._users.get(row.concept) != {asked.topic}]
            ours = Ours(self._column, Analyzer(kept), Tuning())
            same = (one for one in self._column.asked if one.topic == asked.topic)
            self._found.update((one, ours.find(one, k)) for one in same)
        return self._found[asked]


def _users(column: Column, analyzer: Analyzer) -> dict[str, set[str]]:
    """The topics whose passages and questions use a concept."""
    users: dict[str, set[str]] = {}
    texts = [(p.text, p.article.language, p.article.title, False) for p in column.passages]
    texts += [(one.question, one.language, one.topic or "", True) for one in column.asked]
    for text, language, topic, asked in texts:
        for unit in analyzer.units(text, language, asked=asked):
            for term in (*unit.concepts, *unit.parts):
                users.setdefault(term.removeprefix("="), set()).add(topic)
    return users
