"""What a question asks: of whom, about what, and for which kinds of value.

Kept apart from finding disagreements so that one can read what counts as the same matter. It must
not know passages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from bot.answers.claims import Content
from bot.answers.phrasebook import Phrasebook
from bot.answers.ranking import Ranking
from bot.answers.values import COUNT, DATE, MONEY, PERCENT
from bot.search.cues import Cue
from bot.search.query import Query

ABOUT = 0.35
"""The share of the question that the words have under which accounts are said to differ; names
are counted apart."""
ALIKE = 0.5
"""The same, for the words around alternatives."""
SAME = 0.75
"""The same, for values that no text calls alternatives."""
_STANDS_FOR = 0.5
_VERY = 0.6
_DATE_WORDS = frozenset({"=day", "=month", "=year", "=date"})
_AMOUNT_WORDS = frozenset(
    {
        *("=money", "=amount", "=sum", "=number", "=quantity"),
        *("=dollar", "=euro", "=million", "=billion"),
    }
)
"""Concepts by which a question asks for a kind of value; they are not what it is about."""


class Thing(NamedTuple):
    """A word of the question: its idf, the terms that stand for it, its number in the query."""

    worth: float
    stands: frozenset[str]
    number: int


class Asked:
    """What a question asks.

    Args:
        ranking: of the question.
        phrasebook: tells which contrasts it asks for.

    Attributes:
        names: concept terms of the names in it, in order.
        things: what it is about, without names and values.
        labels: of the phrases of contrasts.yaml that it asks by; none where it names nobody.
    """

    def __init__(self, ranking: Ranking, phrasebook: Phrasebook) -> None:
        query = ranking.query
        cues = query.cues
        self._any = not cues
        self._dates = Cue.DATE in cues
        self._amounts = Cue.MONEY in cues or Cue.NUMBER in cues
        self._ways = Cue.REASON in cues or Cue.NAME in cues
        self.things: list[Thing] = []
        self._named: list[tuple[str, int]] = []
        words = zip(query.terms, query.units, ranking.hits.idf, strict=True)
        for number, (term, unit, idf) in enumerate(words):
            names = [name for name, _ in term.alternatives if is_name(name)]
            if names:
                self._named.append((names[0], number))
            elif not unit.is_number:
                stands = [name for name, weight in term.alternatives if weight >= _STANDS_FOR]
                self.things.append(Thing(idf * term.weight, frozenset(stands), number))
        self.names = [name for name, _ in self._named]
        kind = _DATE_WORDS if self._dates else frozenset[str]()
        kind |= _AMOUNT_WORDS if self._amounts else frozenset()
        self.things = [one for one in self.things if not one.stands & kind] or self.things
        self._total = sum([one.worth for one in self.things]) or 1.0
        self.labels = _labels(query, phrasebook) if self.names else frozenset[str]()

    def wants(self, unit: str) -> bool:
        """Whether values of a unit may be what the question asks for."""
        if self._any:
            return True
        if unit == DATE:
            return self._dates
        if unit in {MONEY, PERCENT, COUNT}:
            return self._amounts
        return self._ways

    def share(self, content: Content) -> float:
        """The share of what the question is about that some words have, 0 to 1."""
        terms = frozenset[str]().union(*content)
        return sum(one.worth for one in self.things if one.stands & terms) / self._total

    def most(self, matched: Sequence[float]) -> float:
        """The most that `share` can be of words of a passage.

        Args:
            matched: as in `Evidence`.
        """
        met = [one.worth for one in self.things if matched[one.number] >= _STANDS_FOR]
        return sum(met) / self._total

    def lacking(self, matched: Sequence[float]) -> frozenset[str]:
        """The names that a passage does not have.

        Args:
            matched: as in `Evidence`.
        """
        return frozenset([name for name, number in self._named if not matched[number]])

    def leads(self, content: Content) -> bool:
        """Whether some words speak of the very event: the first of them, or most, are asked for.

        A question when somebody sued shares "lawsuit" with the day on which it was withdrawn.
        """
        met = [any(one.stands & terms for one in self.things) for terms in content]
        return bool(met) and (met[0] or sum(met) / len(met) >= _VERY)


def _labels(query: Query, phrasebook: Phrasebook) -> frozenset[str]:
    named = [unit.start for unit in query.units if any(map(is_name, unit.concepts))]
    found = phrasebook.find(query.text, query.language)
    # "Why did she leave the mill?" does not name who left.
    return frozenset(
        label for label, span in found if len(named) > 1 or (named and named[0] < span[1])
    )


def is_name(term: str) -> bool:
    """Whether a term is the concept of a name."""
    return term.startswith("=@")
