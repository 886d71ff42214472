"""Judged questions, scored: how often the right passage comes first, and who is refused.

Hits and reciprocal rank as in Manning, Raghavan, Schütze, "Introduction to Information Retrieval",
chapter 8; nDCG with binary gains as Järvelin and Kekäläinen (2002). It must not know files.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from bot.answers.answerer import Answerer
from bot.answers.collection import CollectionQuestion
from bot.articles.questions import UNANSWERABLE as UNANSWERABLE
from bot.articles.questions import JudgedQuestion

DEEPEST = 10


@dataclass(slots=True)
class Tally:
    """Counts over questions; figures are shares of 1."""

    questions: int = 0
    first: int = 0
    top3: int = 0
    reciprocal: float = 0.0
    gain: float = 0.0
    answered: int = 0
    answered_first: int = 0
    answered_top3: int = 0

    def add(self, ranks: Sequence[int], relevant: int, *, answered: bool) -> None:
        """Count a question.

        Args:
            ranks: of the right passages among the first ten, from 1.
            relevant: how many right passages there are.
        """
        self.questions += 1
        best = min(ranks, default=DEEPEST + 1)
        self.first += best == 1
        self.top3 += best <= 3
        self.reciprocal += 1 / best if best <= DEEPEST else 0.0
        ideal = sum(1 / math.log2(n + 1) for n in range(1, min(relevant, DEEPEST) + 1))
        self.gain += sum(1 / math.log2(n + 1) for n in ranks) / ideal if ideal else 0.0
        self.answered += answered
        self.answered_first += answered and best == 1
        self.answered_top3 += answered and best <= 3

    def figures(self) -> dict[str, float]:
        """The figures by name, rounded for people."""
        count = self.questions or 1
        return {
            "questions": self.questions,
            "hit@1": round(self.first / count, 4),
            "hit@3": round(self.top3 / count, 4),
            "mrr@10": round(self.reciprocal / count, 4),
            "ndcg@10": round(self.gain / count, 4),
            "answered": round(self.answered / count, 4),
            "answered_hit@1": round(self.answered_first / count, 4),
            "answered_hit@3": round(self.answered_top3 / count, 4),
        }


@dataclass(slots=True)
class Report:
    """Tallies of one evaluation.

    Attributes:
        groups: what is tallied apart, such as `kind typo` or `language it`.
        asked, refused: of the unanswerable questions.
        missed: answerable questions whose right passage did not come first, with its rank.
        taken_in: unanswerable questions that were answered.
    """

    total: Tally = field(default_factory=Tally)
    groups: defaultdict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    asked: int = 0
    refused: int = 0
    missed: list[tuple[str, int | None]] = field(default_factory=list)
    taken_in: list[str] = field(default_factory=list)

    def figures(self) -> dict[str, object]:
        """Everything by name, ready for JSON."""
        groups = {name: tally.figures() for name, tally in sorted(self.groups.items())}
        return {
            **self.total.figures(),
            "unanswerable": self.asked,
            "refused": self.refused,
            "groups": groups,
            "missed": [{"question": words, "rank": rank} for words, rank in self.missed],
            "taken_in": self.taken_in,
        }


def evaluate_questions(
    questions: Iterable[JudgedQuestion],
    answerer: Answerer,
    on_progress: Callable[[], None] = lambda: None,
) -> Report:
    """Ask judged questions of an answerer; the right passages are found by their words."""
    report = Report()
    for judged in questions:
        answer = answerer.answer(judged.question, top=DEEPEST, previous=judged.after)
        if judged.kind == UNANSWERABLE:
            report.asked += 1
            report.refused += not answer.answered
            if answer.answered:
                report.taken_in.append(judged.question)
        else:
            right = sum(judged.is_answered_by(passage.text) for passage in answerer.passages)
            ranks = [
                citation.rank
                for citation in answer.citations
                if judged.is_answered_by(citation.passage.text)
            ]
            groups = (f"kind {judged.kind}", f"language {judged.language}")
            for tally in (report.total, *(report.groups[name] for name in groups)):
                tally.add(ranks, right, answered=answer.answered)
            if 1 not in ranks:
                report.missed.append((judged.question, min(ranks, default=None)))
        on_progress()
    return report


def evaluate_collection(
    questions: Iterable[CollectionQuestion],
    answerer: Answerer,
    on_progress: Callable[[], None] = lambda: None,
) -> Report:
    """Ask the questions of a collection; the right passages are known by their articles' ids."""
    report = Report()
    for asked in questions:
        considered = answerer.consider(asked.question)
        found = [one.passage.article.id for one in considered.ranking.candidates[:DEEPEST]]
        ranks = [rank for rank, name in enumerate(found, 1) if name in asked.relevant]
        for tally in (report.total, report.groups[f"language {asked.language}"]):
            tally.add(ranks, len(asked.relevant), answered=considered.answered)
        if 1 not in ranks:
            report.missed.append((asked.question, min(ranks, default=None)))
        on_progress()
    return report
