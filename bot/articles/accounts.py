"""Whose account a passage gives, sentence by sentence: a side's, a third party's, the reporter's.

Explicit marks win, in this order: `account:` in the article's front matter, then the heading above
("What OpenAI says"), unless the sentence itself names a side that speaks. Else a sentence is the
account of whom its outermost attribution names: "OpenAI says Musk demanded control" is
OpenAI's. A writing that passes on what somebody else
says ("according to a newspaper, Musk said") does not count as that somebody's rival: Musk speaks.
Hearsay that names nobody ("reportedly", "avrebbe") is the reporter's, and so is a sentence in which
both sides speak one beside the other. It must not know how accounts are shown or scored.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from bot.articles.attribution import Sentence
from bot.articles.attribution_english import ENGLISH
from bot.articles.attribution_italian import ITALIAN
from bot.articles.attribution_words import Words
from bot.articles.markers import Found
from bot.articles.model import REPORTER as REPORTER
from bot.articles.model import UNDETERMINED, Dispute, Passage
from bot.articles.passage_sentences import spans_of
from bot.articles.speakers import THIRD as THIRD
from bot.articles.speakers import Speakers

_WORDS: Mapping[str, Words] = {"en": ENGLISH, "it": ITALIAN}
"""By ISO 639-1 code; a text in any other language is read as English."""

_MARKS = frozenset('"“”„«»')
_QUOTE = re.compile(r"[\"“”„«»]|\n\s*\n")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_ANY = "any"
_MOSTLY = 0.5
_HEADINGS = 2000
"""So many are remembered, as each stands above several passages."""


@dataclass(frozen=True, slots=True)
class Attribution:
    """Whose account one sentence gives, and what shows it.

    Attributes:
        account: a side's id, `THIRD` or `REPORTER`.
        start, end: the sentence, as offsets of the passage's text.
        speaker: an entity's id or the words that name who says it; None for the reporter.
        mark: the offsets of the words that show it, also in a sentence beside this one; None for
            a heading, the front matter, or nothing.
        rule: `front matter`, `heading`, `says`, `said by`, `according to`, `quotation` (it stands
            next to its speaker), `goes on` (it began in another sentence) or `nobody named`.
    """

    account: str
    start: int
    end: int
    speaker: str | None
    mark: tuple[int, int] | None
    rule: str


def known_accounts(dispute: Dispute) -> frozenset[str]:
    """Every account that there can be: the sides' ids, `THIRD` and `REPORTER`."""
    return frozenset({*(side.id for side in dispute.sides), THIRD, REPORTER})


class _Read(NamedTuple):
    """A sentence with what was found in it; a heading is not read."""

    start: int
    end: int
    given: Attribution | None = None
    sentence: Sentence | None = None

    def subject(self) -> Attribution | None:
        """Whose account it would be if who it is about spoke."""
        if self.sentence is None:
            return None
        found = self.sentence.about()
        return _attribution(found, self.sentence, self.start, self.end)


class Accounts:
    """Finds whose account passages give. Built once from the dispute; safe to share by threads."""

    def __init__(self, dispute: Dispute) -> None:
        spoken = {code for entity in dispute.entities for code in entity.names} - {_ANY}
        languages = {UNDETERMINED, *_WORDS, *spoken}
        self._known = known_accounts(dispute)
        self._order = {side.id: place for place, side in enumerate(dispute.sides)}
        self._speakers: Mapping[str, Speakers] = {
            language: Speakers(dispute, language, _WORDS.get(language, ENGLISH))
            for language in languages
        }
        self._headings: dict[tuple[str, str], tuple[Attribution | None]] = {}

    def attributions(self, passage: Passage) -> tuple[Attribution, ...]:
        """The account of each sentence of a passage, headings included, in their order."""
        text, language = passage.text, passage.article.language
        spans = spans_of(passage)
        account = passage.article.account
        if account is not None and account in self._known:
            named = None if account == REPORTER else account
            return tuple(Attribution(account, *span, named, None, "front matter") for span in spans)
        return tuple(self._read(text, spans, language, passage.heading))

    def account(self, passage: Passage) -> str:
        """The account that most of a passage's text gives, headings not counted.

        Where two give equally much, a side comes before others, in the order of the dispute.
        """
        text = passage.text
        length: Counter[str] = Counter()
        for one in self.attributions(passage):
            heading = _HEADING.match(text, one.start) is not None
            length[one.account] += 0 if heading else one.end - one.start
        if not length:
            return REPORTER
        return max(length, key=lambda who: (length[who], -self._order.get(who, len(self._order))))

    def _read(
        self, text: str, spans: Sequence[tuple[int, int]], language: str, heading: str | None
    ) -> Iterator[Attribution]:
        quotes = list(_quotes(text))
        speakers = self._of(language)
        before: Sentence | None = None
        above = self._of_heading(heading, language) if heading else None
        read: list[_Read] = []
        marked: dict[int, Attribution] = {}
        for number, (start, end) in enumerate(spans):
            title = _HEADING.match(text, start, end)
            if title is not None:
                above = self._of_heading(text[title.end() : end], language)
            if above is not None:
                marked[number] = replace(above, start=start, end=end)
            if title is not None:
                read.append(_Read(start, end))
            else:
                inside = [(a - start, b - start) for a, b in quotes if a < end and b > start]
                before = Sentence(text[start:end], inside, speakers, before)
                read.append(_Read(start, end, _given(before, start, end), before))
        for number, one in enumerate(read):
            given, own = marked.get(number), one.given
            if given is not None and (own is None or own.account not in self._order):
                yield given
            else:
                yield own or _quoted(text, read, number, quotes)

    def _of_heading(self, heading: str, language: str) -> Attribution | None:
        """What a heading says of all below it: "What OpenAI says", "La versione di Musk"."""
        key = heading, language
        found = self._headings.get(key)
        if found is None:
            if len(self._headings) >= _HEADINGS:
                self._headings.clear()
            found = self._headings[key] = (self._read_heading(heading, language),)
        return found[0]

    def _read_heading(self, heading: str, language: str) -> Attribution | None:
        sentence = Sentence(heading, (), self._of(language))
        found = sentence.titled()
        if found is None or found.speaker.passes_on:
            return None
        return Attribution(found.speaker.account, 0, 0, found.speaker.name, None, "heading")

    def _of(self, language: str) -> Speakers:
        return self._speakers.get(language) or self._speakers[UNDETERMINED]


def _given(sentence: Sentence, start: int, end: int) -> Attribution | None:
    """What a sentence itself says of whose account it is."""
    found = sentence.said()
    if found is not None:
        # Before the sentences after it ask whom it spoke of.
        sentence.teller = found.speaker
    return _attribution(found, sentence, start, end)


def _attribution(
    found: Found | None, sentence: Sentence, start: int, end: int
) -> Attribution | None:
    if found is None:
        return None
    first, past = sentence.words.span(found.start, found.end)
    mark = start + first, start + past
    return Attribution(found.speaker.account, start, end, found.speaker.name, mark, found.rule)


def _quotes(text: str) -> Iterator[tuple[int, int]]:
    """Where quotations stand, their marks included; one that its paragraph leaves open does not.

    Some articles close “like this“, so that any mark closes what is open.
    """
    # Most texts quote nothing, and looking for each mark in turn is far quicker than the pattern.
    if not any(mark in text for mark in _MARKS):
        return
    begun: int | None = None
    for mark in _QUOTE.finditer(text):
        if mark.group()[0] == "\n":
            begun = None
        elif begun is None:
            begun = mark.start() if mark.group() not in "”»" else None
        else:
            yield begun, mark.end()
            begun = None


def _quoted(
    text: str, read: Sequence[_Read], number: int, quotes: Sequence[tuple[int, int]]
) -> Attribution:
    """The account of a sentence that names nobody: its quotation's speaker, if it has one."""
    one = read[number]
    nobody = Attribution(REPORTER, one.start, one.end, None, None, "nobody named")
    held = [(a, b) for a, b in quotes if a < one.end and b > one.start]
    if not held:
        return nobody
    for other in read:
        shared = any(a < other.end and b > other.start for a, b in held)
        if other is not one and shared and other.given is not None:
            return replace(other.given, start=one.start, end=one.end, rule="goes on")
    inside = sum(min(b, one.end) - max(a, one.start) for a, b in held)
    before = read[number - 1] if number else None
    mostly = inside >= _MOSTLY * (one.end - one.start)
    if mostly and before is not None:
        told = before.given
        leads_in = text[before.end - 1] == ":" or any(a < before.end for a, _ in held)
        if told is None and leads_in:
            told = before.subject()
        if told is not None:
            return replace(told, start=one.start, end=one.end, rule="quotation")
    after = read[number + 1] if number + 1 < len(read) else None
    if mostly and after is not None and after.given is not None and text[after.start] in _MARKS:
        return replace(after.given, start=one.start, end=one.end, rule="quotation")
    colon = text.rfind(":", one.start, held[0][0] + 1)
    if colon >= 0 and not text[colon + 1 : held[0][0]].strip():
        subject = one.subject()
        return nobody if subject is None else replace(subject, rule="quotation")
    return nobody
