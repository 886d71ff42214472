"""Dated statements about a topic, in the order of time; every sentence is a slice of its passage.

It must not know why a statement belongs to a topic, nor how a timeline is shown.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.answers.answerer import Answerer
from bot.answers.topic import BELONGS, Topic, parts
from bot.articles.duplicates import normalised
from bot.articles.model import Passage
from bot.articles.moments import When
from bot.articles.occurrences import Statement

MOST = 20
SAME = 90
"""The likeness, of 100, from which two sentences of one date are told once."""

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Entry:
    """A statement of a timeline.

    Attributes:
        also_in: other passages that say nearly the same of the same date.
    """

    statement: Statement
    also_in: tuple[Passage, ...] = ()


@dataclass(frozen=True, slots=True)
class Timeline:
    """Dated statements in the order of time.

    Attributes:
        topic: what they are about, as asked; None is everything.
        left_out: how many more belong to it and are not among the entries.
    """

    topic: str | None
    entries: tuple[Entry, ...]
    left_out: int = 0


def timeline(
    statements: Sequence[Statement],
    topic: str | None,
    answerer: Answerer,
    *,
    most: int = MOST,
    first: When | None = None,
    last: When | None = None,
) -> Timeline:
    """The statements about a topic.

    Args:
        statements: of the answerer's revision, in the order of time.
        topic: a person, a thing or a question, in any language; None for everything.
        most: how many entries; of more, those that meet the topic best and date most exactly.
        first, last: keep what may lie between them; a year holds all its days.

    Raises:
        InputError: the topic is empty, or too long to be one.
    """
    within = [one for one in statements if _between(one, first, last)]
    shares = [1.0] * len(within)
    if topic is not None:
        shares = Topic.of(topic, answerer).shares(within, parts(statements))
    met = [pair for pair in zip(within, shares, strict=True) if pair[1] >= BELONGS]
    groups = _told_once(met)
    entries = tuple(groups[number][0] for number in sorted(_best(groups)[: max(0, most)]))
    return Timeline(topic, entries, len(groups) - len(entries))


def _between(statement: Statement, first: When | None, last: When | None) -> bool:
    end = statement.until or statement.when
    return (first is None or _compared(end, first) >= 0) and (
        last is None or _compared(statement.when, last) <= 0
    )


def _compared(one: When, other: When) -> int:
    """-1, 0 or 1, as far as both dates are known."""
    for mine, theirs in ((one.year, other.year), (one.month, other.month), (one.day, other.day)):
        if mine is None or theirs is None:
            break
        if mine != theirs:
            return -1 if mine < theirs else 1
    return 0


def _best(groups: Sequence[tuple[Entry, float]]) -> list[int]:
    """Numbers of entries, best first: those that meet the topic best, spread over time.

    Among equals a day says more than a year, and what several articles tell more than one's.
    """
    sentences: Counter[tuple[str, int]] = Counter()
    dates: Counter[When] = Counter()
    years: Counter[int] = Counter()
    ranks: dict[int, tuple[float, int, int, int]] = {}
    for number in sorted(range(len(groups)), key=lambda number: _telling(*groups[number])):
        statement = groups[number][0].statement
        sentence, when = (statement.passage.id, statement.start), statement.when
        share = -round(groups[number][1], 1)
        ranks[number] = share, sentences[sentence], dates[when], years[when.year]
        if not sentences[sentence]:
            dates[when] += 1
            years[when.year] += 1
        sentences[sentence] += 1
    return sorted(ranks, key=lambda number: ranks[number])


def _telling(entry: Entry, share: float) -> tuple[float, int, int]:
    when = entry.statement.when
    return -share, -sum(part is not None for part in (when.month, when.day)), -len(entry.also_in)


def _told_once(found: Sequence[tuple[Statement, float]]) -> list[tuple[Entry, float]]:
    """Entries and their shares, in order; a sentence that repeats one of its date joins it."""
    groups: list[tuple[list[Statement], float]] = []
    of_date: dict[When, list[int]] = defaultdict(list)
    for statement, share in found:
        same = next(
            (
                number
                for number in of_date[statement.when]
                if _alike(groups[number][0][0], statement)
            ),
            None,
        )
        if same is None:
            of_date[statement.when].append(len(groups))
            groups.append(([statement], share))
        else:
            told, most = groups[same]
            told.append(statement)
            groups[same] = told, max(most, share)
    return [(_entry(told), share) for told, share in groups]


def _entry(told: Sequence[Statement]) -> Entry:
    shown = told[0]
    others = {one.passage.id: one.passage for one in told[1:] if one.passage != shown.passage}
    return Entry(shown, tuple(others.values()))


def _alike(one: Statement, other: Statement) -> bool:
    """Whether two sentences say the same in nearly the same words, numbers included."""
    if one.until != other.until or _numbers(one.text) != _numbers(other.text):
        return False
    return fuzz.token_sort_ratio(normalised(one.text), normalised(other.text)) >= SAME


def _numbers(text: str) -> set[str]:
    return set(_NUMBER.findall(text))
