"""Sources disagree: different values for one and the same thing, among the passages of an answer.

A wrong "disagree" is worse than a missed one. Values are compared only if the text says itself
that they are alternatives ("nine or twelve", "accounts differ: …"), or if two articles say
what was asked for, of the same names, in one clause each. Nothing is resolved, and no word is
generated. It must not know how an answer is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import TYPE_CHECKING

from bot.answers.claims import Content, Reading, Statement, read_passage
from bot.answers.matter import ABOUT, ALIKE, SAME, Asked
from bot.answers.model import Claim, Disagreement
from bot.answers.phrasebook import Phrasebook, about, way_unit
from bot.answers.promise import Promises
from bot.answers.ranking import Ranking
from bot.answers.values import COUNT, DATE, LISTING, MONEY, OR, PERCENT, Value, agree
from bot.search.analyzer import Analyzer

if TYPE_CHECKING:
    from bot.articles.contrasts import Contrasts

LOOKED_AT = 8
_KEPT = 512
"""Passages that stay read; reading one takes a millisecond, and some 20 kB."""
_NEAR_FIRST = 0.45
"""A passage is looked at if its score is at least this share of the first one's."""
_WIDEST = 3
"""Amounts that no text calls alternatives are of one thing only up to this many times apart."""

_VALUES = (MONEY, PERCENT, COUNT, DATE)

_ALTERNATIVE = re.compile(
    rf"\s*(?:\w+\s)?,?\s*\b(?:{OR})\b\s*"
    r"(?:the |an? |il |lo |la |l['’]|el |le |im )?\s*",
    re.IGNORECASE,
)
_LISTED = re.compile(rf"\s*(?:,|,?\s*\b(?:{LISTING})\b)\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Found:
    rank: int
    reading: Reading
    statement: Statement

    @property
    def value(self) -> Value:
        return self.statement.value


_Group = list[_Found]


class Disagreements:
    """Finds what sources tell differently. Built once for a revision; safe from any thread.

    Args:
        analyzer: the one the index was built with.
        contrasts: the words by which texts tell one thing in different ways.
    """

    def __init__(self, analyzer: Analyzer, contrasts: Contrasts) -> None:
        self._phrasebook = phrasebook = Phrasebook(contrasts, analyzer)
        self._read = lru_cache(_KEPT)(lambda passage: read_passage(passage, analyzer, phrasebook))
        self._promises = Promises(analyzer, contrasts, phrasebook)
        numbers = range(len(contrasts.contrasts))
        self._ways = [(about(number), way_unit(number)) for number in numbers]

    def find(self, ranking: Ranking) -> tuple[Disagreement, ...]:
        """What the passages near the first candidate of a ranking tell differently.

        The caller asks only where the first candidate is good enough to be an answer.
        """
        if not ranking.candidates:
            return ()
        asked = Asked(ranking, self._phrasebook)
        units = [unit for unit in _VALUES if asked.wants(unit)]
        ways = [unit for label, unit in self._ways if label in asked.labels]
        if not asked.things or not (units or ways):
            return ()
        least = ranking.candidates[0].score * _NEAR_FIRST
        readings = [
            self._read(candidate.passage)
            for candidate in ranking.candidates[:LOOKED_AT]
            if candidate.score >= least
            and self._promises.is_worth_reading(candidate, asked, bool(ways))
        ]
        if not readings:
            return ()
        names = frozenset(asked.names)
        found = [
            _Found(rank, reading, statement)
            for rank, reading in enumerate(readings)
            if names <= reading.names
            for statement in reading.statements
            if asked.wants(statement.value.unit)
        ]
        groups: list[_Group] = []
        for unit in units:
            of_unit = [one for one in found if one.value.unit == unit]
            groups += _merged([*_marked(of_unit, asked), *_anchored(of_unit, asked)])
        for unit in ways:
            of_unit = [one for one in found if one.value.unit == unit]
            groups.append(list(_of_one_doer(of_unit, asked)))
        results = [
            (min(one.rank for one in group), _disagreement(shown))
            for group in groups
            if (shown := _distinct(group))
        ]
        return tuple(one for _, one in sorted(results, key=lambda result: result[0]))


def _marked(found: Sequence[_Found], asked: Asked) -> Iterator[_Group]:
    """Values that one text calls alternatives, or gives where it says that accounts differ."""
    readings = {one.rank: one.reading for one in found}
    for rank, reading in readings.items():
        here = [one for one in found if one.rank == rank and not one.statement.apart]
        chained: set[int] = set()
        for chain in _chains(here, reading):
            chained.update(id(one) for one in chain)
            if _is_counted(chain, asked) and _is_about(chain, asked):
                yield chain
        first = min(reading.marked, default=None)
        if first is None:
            continue
        told = [
            one
            for one in here
            if one.statement.number >= first and one.statement.told and id(one) not in chained
        ]
        topic = _topic(reading, first, asked)
        if told and _is_counted(told, asked) and _is_event(told, topic, asked):
            clauses = (words for one in told for words in one.statement.clause)
            if asked.share((*topic, *reading.heading, *clauses)) >= ABOUT:
                yield told


def _topic(reading: Reading, sentence: int, asked: Asked) -> Content:
    """What a sentence speaks of; where it only points back ("that sum"), the one before it."""
    topic = reading.sentences[sentence]
    points_back = sentence and sentence not in reading.named and not asked.share(topic)
    return reading.sentences[sentence - 1] if points_back else topic


def _is_event(group: Sequence[_Found], topic: Content, asked: Asked) -> bool:
    return group[0].value.unit != DATE or asked.leads(topic)


def _chains(here: Sequence[_Found], reading: Reading) -> Iterator[_Group]:
    """Runs of values with nothing but "or" between them, or a comma where accounts differ."""
    chain: _Group = []
    for one in here:
        if chain and _joined(chain[-1].statement, one.statement, reading):
            chain.append(one)
            continue
        if len(chain) > 1:
            yield chain
        chain = [one]
    if len(chain) > 1:
        yield chain


def _joined(one: Statement, other: Statement, reading: Reading) -> bool:
    if one.number != other.number:
        return False
    between = reading.passage.text[one.value.end : other.value.start]
    if one.number in reading.marked and _LISTED.fullmatch(between):
        return True
    # "Two or three weeks" is one rough number.
    is_rough = one.value.unit == COUNT and abs(one.value.number - other.value.number) <= 1
    return bool(_ALTERNATIVE.fullmatch(between)) and not is_rough


def _is_counted(group: Sequence[_Found], asked: Asked) -> bool:
    """Whether counts are of what the question names; what is left out once is told by another."""
    if group[0].value.unit != COUNT:
        return True
    return asked.share(tuple(one.value.noun for one in group)) > 0


def _is_about(chain: Sequence[_Found], asked: Asked) -> bool:
    """Whether the clause of a chain is about the question, or what it leaves unsaid is."""
    reading, statement = chain[0].reading, chain[0].statement
    topic = tuple(words for one in chain for words in one.statement.clause)
    if any(one.statement.told for one in chain) and not asked.share(topic):
        topic = _topic(reading, statement.number, asked)
    return asked.share(topic) >= ALIKE and _is_event(chain, topic, asked)


def _anchored(found: Sequence[_Found], asked: Asked) -> Iterator[_Group]:
    """Pairs of values of two articles, each the only one of a clause that says what was asked."""
    if not asked.names:
        return
    only = [one for one in found if _says_it(one, found, asked)]
    for one, other in combinations(only, 2):
        if one.reading.passage.article.id == other.reading.passage.article.id:
            continue
        if one.statement.clause_names[0] != other.statement.clause_names[0]:
            continue
        if one.value.unit == COUNT and not one.value.noun & other.value.noun:
            continue
        numbers = sorted((one.value.number, other.value.number))
        if not agree(one.value, other.value) and numbers[1] <= numbers[0] * _WIDEST:
            yield [one, other]


def _says_it(one: _Found, found: Sequence[_Found], asked: Asked) -> bool:
    statement = one.statement
    if statement.apart or not statement.clause_names:
        return False
    if not frozenset(statement.clause_names) <= frozenset(asked.names):
        return False
    alone = not any(
        other is not one and other.rank == one.rank and other.statement.number == statement.number
        for other in found
    )
    topic = statement.clause
    said = asked.share(topic) >= SAME and _is_event([one], topic, asked)
    return alone and said and _is_counted([one], asked)


def _of_one_doer(found: Sequence[_Found], asked: Asked) -> Iterator[_Found]:
    """The ways that are told of the one whom the question names first.

    Two ways of one article count where it names who says so, or says that accounts differ.
    """
    articles: dict[str, set[str]] = {}
    for one in found:
        articles.setdefault(one.reading.passage.article.id, set()).add(one.value.text)
    for one in found:
        statement, reading = one.statement, one.reading
        several = len(articles[reading.passage.article.id]) > 1
        attributed = statement.number in reading.attributed or bool(reading.marked)
        if _does_it(statement, asked) and (attributed or not several):
            yield one


def _does_it(statement: Statement, asked: Asked) -> bool:
    names = statement.names
    if not names:
        return False
    if names[-1] == asked.names[0]:
        return True
    # "Anna left the mill after a struggle": another name of the question may stand between.
    return names[-1] in asked.names and asked.names[0] in names and not statement.adjacent


def _merged(groups: Sequence[_Group]) -> list[_Group]:
    """Groups that share a value are of one thing."""
    merged: list[_Group] = []
    for group in groups:
        keys = {_key(one.value) for one in group}
        same = [other for other in merged if keys & {_key(one.value) for one in other}]
        merged = [other for other in merged if not any(other is one for one in same)]
        merged.append([*(one for other in same for one in other), *group])
    return merged


def _key(value: Value) -> str:
    """What is equal for equal values, whether or not a currency is told."""
    return f"{value.bound}{value.number:f}" if value.unit == MONEY else value.text


def _distinct(group: Sequence[_Found]) -> _Group:
    """One statement for each value, most relevant first; none if all may be true together."""
    ordered = sorted(group, key=lambda one: (one.rank, one.value.start))
    distinct = {_key(one.value): one for one in reversed(ordered)}
    kept = sorted(distinct.values(), key=lambda one: (one.rank, one.value.start))
    values = [one.value for one in kept]
    pairs = list(combinations(values, 2))
    if not any(not agree(one, other) for one, other in pairs):
        return []
    return [one for one in kept if not _is_vague(one.value, values)]


def _is_vague(value: Value, values: Sequence[Value]) -> bool:
    """Whether a value says less than another one that it agrees with."""
    others = [other for other in values if other is not value and agree(value, other)]
    if value.unit == DATE:
        return any(len(other.text) > len(value.text) for other in others)
    return value.bound in {"~", ">"} and bool(others)


def _disagreement(group: Sequence[_Found]) -> Disagreement:
    unit = group[0].value.unit
    kind = "date" if unit == DATE else "amount" if unit in {MONEY, PERCENT, COUNT} else "manner"
    currencies = {text.partition(" ")[2] for one in group if " " in (text := one.value.text)}
    known = f" {currencies.pop()}" if unit == MONEY and len(currencies) == 1 else ""
    return Disagreement(
        kind,
        tuple(
            Claim(
                one.reading.passage,
                one.value.start,
                one.value.end,
                one.statement.sentence,
                one.value.text + (known if known and " " not in one.value.text else ""),
            )
            for one in group
        ),
    )
