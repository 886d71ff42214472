"""All systems asked all columns: the figures of the table. It must not know how they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.printing import progress
from tests.comparison.ablation import DEFAULT
from tests.comparison.columns import Column
from tests.comparison.scoring import Maker, Score, score
from tests.comparison.topics import ByTopic, by_topic


@dataclass(slots=True)
class Comparison:
    """The figures of one run.

    Attributes:
        scores: by row, then by column.
        topics: the default's hit@1 by topic, for columns that have topics.
        left_out: a line for each peer that is not installed.
    """

    columns: dict[str, int]
    scores: dict[str, dict[str, Score]] = field(default_factory=dict)
    topics: dict[str, ByTopic] = field(default_factory=dict)
    left_out: Sequence[str] = ()

    def figures(self) -> dict[str, object]:
        """Everything by name, ready for JSON."""
        return {
            "questions": self.columns,
            "rows": {
                row: {
                    name: {"hit@1": round(one.hit1, 2), "hit@3": round(one.hit3, 2)}
                    for name, one in scores.items()
                }
                for row, scores in self.scores.items()
            },
            "topics": {
                name: {
                    "hit@1": {topic: round(value, 2) for topic, value in found.topics},
                    "median": round(found.median, 2),
                    "without_one": [round(value, 2) for value in found.without],
                }
                for name, found in self.topics.items()
            },
            "left_out": list(self.left_out),
        }


def compare(columns: Sequence[Column], rows: Sequence[tuple[str, Maker]]) -> Comparison:
    """Ask every system every question; a progress bar for each column, on a terminal."""
    result = Comparison({column.name: len(column.asked) for column in columns})
    for column in columns:
        with progress(column.name, len(rows) * len(column.asked)) as step:
            for name, make in rows:
                result.scores.setdefault(name, {})[column.name] = score(column, make, step)
        default = result.scores.get(DEFAULT)
        found = by_topic(column, default[column.name]) if default else None
        if found is not None:
            result.topics[column.name] = found
    return result
