"""Whether a figure rests on one subject: hit@1 by topic, and of all topics but one.

It must not know how figures are shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median

from tests.comparison.columns import Column
from tests.comparison.scoring import Score, percent

FEWEST = 5
"""A topic of fewer questions is no subject of its own."""


@dataclass(frozen=True, slots=True)
class ByTopic:
    """Percentages of hit@1 in one column.

    Attributes:
        topics: hit@1 by topic, the worst first.
        without: the least and the most that hit@1 becomes when one topic is left out.
    """

    topics: tuple[tuple[str, float], ...]
    without: tuple[float, float]

    @property
    def median(self) -> float:
        """The topic in the middle."""
        return median(value for _, value in self.topics)


def by_topic(column: Column, score: Score) -> ByTopic | None:
    """The figures of a column by topic, or None if it has not two topics."""
    pairs = list(zip(column.asked, score.firsts, strict=True))
    here = {t: [hit for asked, hit in pairs if asked.topic == t] for t in column.topics}
    large = {topic: hits for topic, hits in here.items() if len(hits) >= FEWEST}
    if len(large) < 2:
        return None
    others = [percent([hit for asked, hit in pairs if asked.topic != topic]) for topic in large]
    figures = sorted(((topic, percent(hits)) for topic, hits in large.items()), key=lambda t: t[1])
    return ByTopic(tuple(figures), (min(others), max(others)))
