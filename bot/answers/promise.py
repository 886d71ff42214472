"""Which passages promise a disagreement about what is asked, so that they are worth reading.

What a passage shows whatever is asked is kept, for all that are looked at. It must not know how
disagreements are found.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from bot.answers.claims import DIFFER, TELL, untitled
from bot.answers.glance import Glance, has_alternatives, has_list, has_value
from bot.answers.matter import ABOUT, ALIKE, SAME, Asked, is_name
from bot.answers.phrasebook import Phrasebook
from bot.answers.ranking import Candidate
from bot.articles.model import Passage
from bot.articles.passage_sentences import spans_of
from bot.search.analyzer import Analyzer

if TYPE_CHECKING:
    from bot.articles.contrasts import Contrasts

_KEPT = 512
"""Titles whose names are kept."""


class Seen(NamedTuple):
    """What a passage shows at a glance.

    Attributes:
        heading: it stands under a heading.
        value: it may state an amount or a date; nothing else is looked for where it does not.
        differs: it says itself that accounts differ.
        contested: it also may tell or list values there.
        alternatives: it may name two values with nothing but "or" between them.
    """

    heading: bool
    value: bool
    differs: bool = False
    contested: bool = False
    alternatives: bool = False


class Promises:
    """Tells which passages of one revision are worth reading. Safe to use from any thread.

    Args:
        analyzer: the one the index was built with.
        contrasts: the words by which texts tell one thing in different ways.
        phrasebook: of these.
    """

    def __init__(self, analyzer: Analyzer, contrasts: Contrasts, phrasebook: Phrasebook) -> None:
        self._phrasebook = phrasebook
        self._glance = Glance(contrasts.roles.get("differ", {}))
        self._title = lru_cache(_KEPT)(lambda title, language: _names(title, language, analyzer))
        self._seen: dict[int, Seen] = {}
        self._alike: dict[Seen, Seen] = {}

    def is_worth_reading(self, candidate: Candidate, asked: Asked, ways: bool) -> bool:
        """Whether any of the ways to find a disagreement may find something in a passage.

        Args:
            ways: the question asks how somebody did something that is told in different ways.
        """
        matched = candidate.evidence.matched
        lacking = asked.lacking(matched)
        if lacking and not lacking <= self._names_of_title(candidate.passage):
            return False
        if ways:
            return True
        seen = self._seen.get(candidate.number) or self._look(candidate)
        if not seen.value:
            return False
        most = asked.most(matched)
        if most < ABOUT and not seen.heading:
            return False
        if asked.names and most >= SAME:
            return True
        # Where somebody is named, a value counts beside that of another article, too.
        differs = seen.differs if asked.names else seen.contested
        return differs or (seen.alternatives and most >= ALIKE)

    def _look(self, candidate: Candidate) -> Seen:
        # Two threads may both look at a passage; they see the same.
        seen = look(candidate.passage, self._glance, self._phrasebook)
        # One object for all passages that show the same, so that thousands take little room.
        seen = self._seen[candidate.number] = self._alike.setdefault(seen, seen)
        return seen

    def _names_of_title(self, passage: Passage) -> frozenset[str]:
        names: frozenset[str] = self._title(passage.article.title, passage.article.language)
        return names


def look(passage: Passage, glance: Glance, phrasebook: Phrasebook) -> Seen:
    """Look at a passage; what may be there is taken for being there.

    Args:
        glance, phrasebook: of the same phrases.
    """
    text, language, heading = passage.text, passage.article.language, bool(passage.heading)
    if not has_value(text, language):
        return Seen(heading, value=False)
    alternatives = has_alternatives(text, language)
    if not glance.differs(text, language):
        return Seen(heading, value=True, alternatives=alternatives)
    text = untitled(text)
    labels = list(phrasebook.find(text, language))
    starts = [0, *(start for start, _ in spans_of(passage)[1:]), len(text), len(text)]
    marked = {bisect_right(starts, at) - 1 for label, (at, _) in labels if label == DIFFER}
    if not marked:
        return Seen(heading, value=True, alternatives=alternatives)
    first = starts[min(marked)]
    told = any(label == TELL and at >= first for label, (at, _) in labels)
    contested = (
        alternatives
        or (told and has_value(text[first:], language))
        # A value that begins in a sentence may end in the one after it.
        or any(has_list(text[starts[one] : starts[one + 2]], language) for one in marked)
    )
    return Seen(heading, True, True, contested, alternatives)


def _names(title: str, language: str, analyzer: Analyzer) -> frozenset[str]:
    """The concept terms of the names in a title."""
    concepts = (concept for unit in analyzer.units(title, language) for concept in unit.concepts)
    return frozenset(filter(is_name, concepts))
