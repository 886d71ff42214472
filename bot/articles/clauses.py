"""A sentence taken apart: which phrase is a verb's subject, and whom "he" and "the company" mean.

Grammar by neighbourhood, not by parsing: a subject stands in front of its verb with nothing but
adverbs, auxiliaries or an inserted clause between them. It must not know verbs of saying.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from bot.articles.speakers import THIRD, Phrase, Speaker, Speakers, Tokens

STOPS = frozenset('.,;:!?()—–-"“”«»')
_NEAR_SUBJECT = 5
_LONGEST_INSERTION = 20


@dataclass(slots=True)
class Spoken:
    """Whom the text spoke of last: what "he", "the company" and "the complaint" stand for."""

    person: Speaker | None = None
    company: Speaker | None = None
    plaintiff: Speaker | None = None
    any: Speaker | None = None


class Clauses:
    """The words and phrases of one sentence, and how they stand to each other.

    What most sentences are never asked for is found only when it is asked for.

    Args:
        text: the sentence; quotes: the offsets of what is quoted in it, which may begin before it.
        speakers: who can be named in its language.
        before: the sentence before.

    Attributes:
        words: its words and marks; low: the same in lower case.
        known: the words of its language.
        teller: who says it, if somebody has found out.
    """

    def __init__(
        self,
        text: str,
        quotes: Sequence[tuple[int, int]],
        speakers: Speakers,
        before: Clauses | None = None,
    ) -> None:
        self._quotes, self._speakers, self._before = quotes, speakers, before
        self.words = Tokens(text)
        self.low, self.known = self.words.low, speakers.words
        self.teller: Speaker | None = None
        self._left: Spoken | None = None

    @cached_property
    def quoted(self) -> list[bool]:
        """For each of them, whether it is quoted."""
        quoted = [False] * len(self.low)
        for opening, past in self._quotes:
            starts = self.words.starts
            first, end = bisect_right(starts, opening), bisect_left(starts, past - 1)
            quoted[first:end] = [True] * (end - first)
        return quoted

    @cached_property
    def phrases(self) -> list[Phrase]:
        """Who is named in it, outside quotations."""
        found = self._speakers.phrases(self.words)
        return [one for one in found if not self.quoted[one.start]]

    @cached_property
    def ending(self) -> dict[int, Phrase]:
        """The phrases by their ends."""
        return {one.end: one for one in self.phrases}

    @cached_property
    def _starting(self) -> dict[int, Phrase]:
        return {one.start: one for one in self.phrases}

    @cached_property
    def spoken(self) -> Spoken:
        """What the sentences before have left; they are read for it only when it is asked for."""
        unread: list[Clauses] = []
        last = self._before
        while last is not None and last._left is None:
            unread.append(last)
            last = last._before
        spoken = Spoken() if last is None or last._left is None else last._left
        for one in reversed(unread):
            spoken = one._left = one._leaves(spoken)
        return spoken

    def subject(self) -> Phrase | None:
        """The first phrase that the sentence is about."""
        return next((one for one in self.phrases if self.is_subject(one)), None)

    def _leaves(self, before: Spoken) -> Spoken:
        """What is left to the next sentence: whom this one spoke of, last of all its teller."""
        spoken = replace(before)
        about = [one for one in self.phrases if one.speaker and not one.speaker.passes_on]
        subjects = [one for one in about if self.is_subject(one) and not one.owned]
        for one in subjects:
            _note(spoken, one)
        if not subjects and about and (spoken.any is None or not about[0].start):
            _note(spoken, about[0])
        named = next((one for one in about if one.speaker == self.teller), None)
        if named is not None:
            _note(spoken, named)
        for at, low in enumerate(self.low):
            if low in self.known.suits:
                owner = next((p for p in self.phrases if p.start <= at < p.end and p.speaker), None)
                first = owner or (subjects[0] if subjects else None)
                if first is not None and first.speaker is not None:
                    spoken.plaintiff = first.speaker
                    break
        return spoken

    def skips(self, word: str) -> bool:
        """Whether a word may stand between a subject and its verb."""
        known = self.known
        return (
            word in known.skipped
            or word in known.be
            or word in known.nots
            or word.endswith("n't")
            or (word.endswith(known.adverb) and len(word) > len(known.adverb) + 2)
        )

    def subject_before(self, back: int) -> Phrase | None:
        """The subject that stands in front of a verb group."""
        low, known = self.low, self.known
        if not back:
            return None
        if (one := self.ending.get(back)) is not None and self.is_free(one):
            return one
        if low[back - 1] in known.relatives:
            return self.ending.get(back - 1) or self.ending.get(back - 2)
        if low[back - 1] == ",":
            for comma in range(back - 2, max(back - _LONGEST_INSERTION, 0), -1):
                if low[comma] == "," and (one := self.ending.get(comma)):
                    return one if self.is_free(one) else None
            return None
        first = self.subject()
        if first is not None and first.speaker and first.speaker.passes_on:
            near = low[first.end : back]
            if len(near) <= _NEAR_SUBJECT and STOPS.isdisjoint(near):
                return first
        for place in range(back - 1, max(back - _NEAR_SUBJECT, 0), -1):
            if low[place] in STOPS or low[place] in known.that:
                return None
            one = self.ending.get(place) or self.ending.get(place - 1)
            if low[place] in known.prepositions and one is not None:
                return one if self.is_free(one) and one.kind != "thing" else None
        return None

    def phrase_at(self, at: int) -> Phrase | None:
        """The phrase that begins at a token, or behind its articles and an adjective or two."""
        for place in range(at, min(at + 4, len(self.low))):
            if (one := self._starting.get(place)) is not None:
                return one
            if self.low[place] in STOPS or self.low[place] in self.known.prepositions:
                return None
            if self.low[place] in self.known.that or self.low[place] in self.known.pointers:
                return None
        return None

    def phrase_behind(self, at: int) -> Phrase | None:
        """The same behind those to whom it is said: "ha detto ai giurati Anna"."""
        if at >= len(self.low) or self.low[at] not in self.known.to:
            return self.phrase_at(at)
        hearer = self.phrase_at(at + 1)
        if hearer is not None and hearer.start > at + 1 and self.words.is_capital(hearer.start):
            return hearer
        return self.phrase_at(hearer.end if hearer is not None else at + 2)

    def word_before(self, one: Phrase) -> str:
        """The word in front of a phrase and its articles; empty at the start."""
        at = one.start
        while at and (self.low[at - 1] in self.known.articles or self.low[at - 1].endswith("'")):
            if self.low[at - 1] in self.known.prepositions:
                break
            at -= 1
        return self.low[at - 1] if at else ""

    def is_free(self, one: Phrase) -> bool:
        """No preposition governs it."""
        other = self.ending.get(one.start - 1)
        if other is not None and self.low[one.start - 1] in self.known.joins:
            return self.is_free(other)
        return self.word_before(one) not in self.known.governors

    def is_subject(self, one: Phrase) -> bool:
        """Whether a phrase begins a clause, and so can be what the clause is about."""
        before, known = self.word_before(one), self.known
        if one.kind == "thing":
            return False
        if before in known.joins and (other := self.ending.get(one.start - 1)) is not None:
            return self.is_subject(other)
        return (
            before in {"", *STOPS}
            or before in known.that
            or before in known.openings
            or self.skips(before)
        )

    def begins_clause(self, at: int) -> bool:
        """Whether a token stands first, or behind a mark or a joining word."""
        return at == 0 or self.low[at - 1] in STOPS or self.low[at - 1] in self.known.joins

    def who(self, one: Phrase) -> Speaker | None:
        """Who would be speaking, pronouns resolved; None for what cannot speak."""
        if one.speaker is not None:
            return None if one.kind == "thing" else one.speaker
        if one.kind == "person":
            here = (other for other in self.phrases if other.end <= one.start and other.speaker)
            named = next(filter(self.is_subject, here), None)
            return (named and named.speaker) or self.spoken.person or self.spoken.any
        if one.kind == "company":
            return self.spoken.company or self.spoken.any
        if one.kind == "plaintiff":
            return self.spoken.plaintiff or Speaker(THIRD, "a paper")
        if one.kind == "claim":
            return self.spoken.any
        return None


def _note(spoken: Spoken, one: Phrase) -> None:
    spoken.any = one.speaker
    if one.person:
        spoken.person = one.speaker
    else:
        spoken.company = one.speaker
