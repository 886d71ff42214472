"""One system asked one column's questions: how often a right passage comes first, or in the top 3.

It must not know how a system finds what it finds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from tests.comparison.columns import Asked, Column

DEEP = 3


class System(Protocol):
    """Finds passages for questions."""

    def find(self, asked: Asked, k: int) -> Sequence[int]:
        """The numbers of the best `k` passages, best first; fewer if it finds fewer."""
        ...


Maker = Callable[[Column], System]
"""Builds a system over a column's passages."""


@dataclass(frozen=True, slots=True)
class Score:
    """Percentages over questions.

    Attributes:
        firsts: for each question, whether a right passage came first.
        tops: for each question, whether a right passage was among the first three.
    """

    firsts: tuple[bool, ...]
    tops: tuple[bool, ...]

    @property
    def hit1(self) -> float:
        """The share of questions with a right passage first."""
        return percent(self.firsts)

    @property
    def hit3(self) -> float:
        """The share of questions with a right passage among the first three."""
        return percent(self.tops)


def percent(hits: Sequence[bool]) -> float:
    """The share of hits in percent; 0 of nothing."""
    return 100 * sum(hits) / len(hits) if hits else 0.0


def score(column: Column, make: Maker, on_progress: Callable[[], None] = lambda: None) -> Score:
    """Build a system over a column's passages and ask it all questions."""
    system = make(column)
    firsts, tops = [], []
    for asked in column.asked:
        found = list(system.find(asked, DEEP))[:DEEP]
        firsts.append(bool(asked.right.intersection(found[:1])))
        tops.append(bool(asked.right.intersection(found)))
        on_progress()
    return Score(tuple(firsts), tuple(tops))
