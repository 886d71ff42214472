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
        told: it says that accounts differ, and may say from there on who tells a value.
        listed: it may name two values with nothing but "or" between them, or in a list where it
            says that accounts differ.
    """

    heading: bool
    value: bool
    told: bool = False
    listed: bool = False


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
        # Two threads may both look at a passage; they see the same.
        if (seen := self._seen.get(candidate.number)) is None:
            seen = self._seen[candidate.number] = self._look(candidate.passage)
        if not seen.value:
            return False
        most = asked.most(matched)
        if most < ABOUT and not seen.heading:
            return False
        if asked.names and most >= SAME:
            return True
        return seen.told or (seen.listed and most >= ALIKE)

    def _names_of_title(self, passage: Passage) -> frozenset[str]:
        names: frozenset[str] = self._title(passage.article.title, passage.article.language)
        return names

    def _look(self, passage: Passage) -> Seen:
        text, language, heading = passage.text, passage.article.language, bool(passage.heading)
        if not has_value(text, language):
            return Seen(heading, value=False)
        told, listed = False, has_alternatives(text, language)
        if self._glance.differs(text, language):
            told, differing = self._differing(passage)
            listed = listed or any(has_list(part, language) for part in differing)
        return Seen(heading, value=True, told=told, listed=listed)

    def _differing(self, passage: Passage) -> tuple[bool, list[str]]:
        """Whether a passage may tell values where accounts differ, and the texts that say they do.

        Each of these is a sentence with the one after it, where a value may end.
        """
        text, language = untitled(passage.text), passage.article.language
        labels = list(self._phrasebook.find(text, language))
        starts = [0, *(start for start, _ in spans_of(passage)[1:]), len(text), len(text)]
        marked = sorted(
            {bisect_right(starts, start) - 1 for label, (start, _) in labels if label == DIFFER}
        )
        if not marked:
            return False, []
        first = starts[marked[0]]
        told = any(label == TELL and start >= first for label, (start, _) in labels)
        return (
            told and has_value(text[first:], language),
            [text[starts[number] : starts[number + 2]] for number in marked],
        )


def _names(title: str, language: str, analyzer: Analyzer) -> frozenset[str]:
    """The concept terms of the names in a title."""
    concepts = (concept for unit in analyzer.units(title, language) for concept in unit.concepts)
    return frozenset(filter(is_name, concepts))
