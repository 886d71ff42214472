"""What a question asks: of whom, about what, and for which kinds of value.

Kept apart from finding disagreements so that one can read what counts as the same matter. It must
not know passages.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answers.claims import Content
from bot.answers.phrasebook import Phrasebook
from bot.answers.ranking import Ranking
from bot.answers.values import COUNT, DATE, MONEY, PERCENT
from bot.search.cues import Cue
from bot.search.tokens import kept_tokens

_STANDS_FOR = 0.5
_VERY = 0.6
_KIND_WORDS: Mapping[Cue, frozenset[str]] = {
    Cue.DATE: frozenset({"=day", "=month", "=year", "=date"}),
    Cue.MONEY: frozenset(
        {
            *("=money", "=amount", "=sum", "=number", "=quantity"),
            *("=dollar", "=euro", "=million", "=billion"),
        }
    ),
}
"""Concepts by which a question asks for a kind of value; they are not what it is about."""


@dataclass(frozen=True, slots=True)
class Thing:
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
        labels: of the phrases of contrasts.yaml that it asks by.
    """

    def __init__(self, ranking: Ranking, phrasebook: Phrasebook) -> None:
        query = ranking.query
        self.things: list[Thing] = []
        self._named: list[tuple[str, int]] = []
        words = zip(query.terms, query.units, ranking.hits.idf, strict=True)
        for number, (term, unit, idf) in enumerate(words):
            names = [name for name, _ in term.alternatives if _is_name(name)]
            if names:
                self._named.append((names[0], number))
            elif not unit.is_number:
                stands = (name for name, weight in term.alternatives if weight >= _STANDS_FOR)
                self.things.append(Thing(idf * term.weight, frozenset(stands), number))
        self.names = [name for name, _ in self._named]
        kind = _KIND_WORDS[Cue.DATE] if query.cues & Cue.DATE else frozenset[str]()
        kind |= _KIND_WORDS[Cue.MONEY] if query.cues & (Cue.MONEY | Cue.NUMBER) else frozenset()
        self.things = [one for one in self.things if not one.stands & kind] or self.things
        self._total = sum(one.worth for one in self.things) or 1.0
        named = [unit.start for unit in query.units if any(map(_is_name, unit.concepts))]
        found = phrasebook.find(kept_tokens(query.text), query.language)
        # "Why did she leave the mill?" does not name who left.
        self.labels = frozenset(
            label for label, span in found if len(named) > 1 or (named and named[0] < span[1])
        )
        self._cues = query.cues

    def wants(self, unit: str) -> bool:
        """Whether values of a unit may be what the question asks for."""
        if self._cues == Cue.NONE:
            return True
        if unit == DATE:
            return bool(self._cues & Cue.DATE)
        if unit in {MONEY, PERCENT, COUNT}:
            return bool(self._cues & (Cue.MONEY | Cue.NUMBER))
        return bool(self._cues & (Cue.REASON | Cue.NAME))

    def share(self, content: Content) -> float:
        """The share of what the question is about that some words have, 0 to 1."""
        terms = frozenset[str]().union(*content)
        return sum(one.worth for one in self.things if one.stands & terms) / self._total

    def most(self, matched: Sequence[float]) -> float:
        """The most that `share` can be of words of a passage.

        Args:
            matched: as in `Evidence`.
        """
        met = (one.worth for one in self.things if matched[one.number] >= _STANDS_FOR)
        return sum(met) / self._total

    def names_met(self, matched: Sequence[float], title: frozenset[str]) -> bool:
        """Whether a passage has all names, or its title those that it lacks.

        Args:
            matched: as in `Evidence`.
            title: concept terms of the names in the title.
        """
        return all(matched[number] or name in title for name, number in self._named)

    def leads(self, content: Content) -> bool:
        """Whether some words speak of the very event: the first of them, or most, are asked for.

        A question when somebody sued shares "lawsuit" with the day on which it was withdrawn.
        """
        met = [any(one.stands & terms for one in self.things) for terms in content]
        return bool(met) and (met[0] or sum(met) / len(met) >= _VERY)


def _is_name(term: str) -> bool:
    return term.startswith("=@")
