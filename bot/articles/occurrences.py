"""When things happened: the dated sentences of passages, in the order of time.

A date without its year gets it from the same sentence, from one of the two sentences before, or
from the heading; where none names exactly one year, the sentence is left out. It must not know
topics, questions or how a timeline looks.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.articles.model import Passage
from bot.articles.moments import When, Written, written_dates
from bot.articles.passage_sentences import spans_of

_SENTENCES_BEFORE = 2
"""How far back a year is still understood; further on the text may be in another one."""

_HEADING = re.compile(r"^#{1,6}[ \t]+(\S.*?)[ \t]*#*[ \t]*$", re.MULTILINE)
_MARK = re.compile(r"(?:[-*•·–>]|\d{1,3}[.)])\s+")
_ANY_YEAR = re.compile(r"(?<![\w$€£#.,/])(?:19|20)\d\d(?![\w%]|[.,]\d)")
_RANGE = re.compile(
    r"\s*(?:[-–—]|,?\s*(?:to|until|till|al|all['’]|ad?|fino al|bis(?: zum)?|hasta|au|à))"
    r"\s*(?:(?:the|il|el|le|zum)\s+)?"
)
_LIST = re.compile(
    r"\s*(?:,\s*(?:and|or)?|and|or|ed?|o|y|u|und|oder|et|ou)\s*"
    r"(?:(?:on|in|the|il|el|le|am|im|en|nel)\s+)?(?:l['’]|nell['’])?"
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence that says when something happened, or is meant to.

    A sentence with several dates is a statement for each of them.

    Attributes:
        until: the end, where a range is given.
        start, end: the sentence, in offsets of `passage.text`.
        dated: where the date stands, or None if the heading above is the date.
    """

    when: When
    until: When | None
    passage: Passage
    start: int
    end: int
    dated: tuple[int, int] | None

    @property
    def text(self) -> str:
        """The sentence, word for word as stored."""
        return self.passage.text[self.start : self.end]


def statements(passages: Sequence[Passage]) -> tuple[Statement, ...]:
    """All dated sentences, in the order of time; those of one date in the order of the passages."""
    found = [statement for passage in passages for statement in _of_passage(passage)]
    return tuple(sorted(found, key=lambda statement: statement.when))


def _of_passage(passage: Passage) -> Iterator[Statement]:
    heading = passage.heading or ""
    first = False
    before: deque[set[int]] = deque(maxlen=_SENTENCES_BEFORE)
    for start, end, is_heading in _pieces(passage):
        text = passage.text[start:end]
        if is_heading:
            heading, first = text, True
            before.clear()
            continue
        dates = written_dates(text, passage.article.language)
        lent = next((years for years in reversed(before) if years), None) or _years(heading)
        resolved = list(_resolved(text, dates, lent))
        for when, until, written in resolved:
            where = (start + written.start, start + written.end)
            yield Statement(when, until, passage, start, end, where)
        if first and not dates and (named := _date_of(heading, passage.article.language)):
            yield Statement(named, None, passage, start, end, None)
        first = False
        before.append({when.year for when, _, _ in resolved})


def _pieces(passage: Passage) -> Iterator[tuple[int, int, bool]]:
    """Sentences and the words of headings, without the marks of lists: start, end, heading."""
    text = passage.text
    headings = list(_HEADING.finditer(text))
    for start, end in spans_of(passage):
        for found in headings:
            if start <= found.start() < end:
                yield from _sentence(text, start, found.start())
                yield (*found.span(1), True)
                start = max(start, min(end, found.end()))
            elif found.start() < start < found.end():
                start = min(end, found.end())
        yield from _sentence(text, start, end)


def _sentence(text: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    end -= len(piece) - len(piece.rstrip())
    if mark := _MARK.match(text, start, end):
        start = mark.end()
    if start < end:
        yield start, end, False


def _resolved(
    text: str, dates: Sequence[Written], lent: set[int]
) -> Iterator[tuple[When, When | None, Written]]:
    """The dates of a sentence with their years, each once, ranges joined.

    Args:
        lent: the years that the text before names; one is understood, several are none.
    """
    year = next(iter(lent)) if len(lent) == 1 else None
    told: set[When] = set()
    joined = False
    for here, after in zip(dates, [*dates, None][1:], strict=True):
        if joined:
            joined = False
            continue
        year = here.year or _year_ahead(text, here, after) or year
        when = here.when(year) if year is not None else None
        if when is None or year is None:
            continue
        until = here.until(year)
        if after is not None and until is None and _RANGE.fullmatch(text[here.end : after.start]):
            end = after.when(after.year or year)
            joined = end is not None and end > when
            until = end if joined else None
        if not here.of_source and when not in told:
            told.add(when)
            yield when, until, here


def _year_ahead(text: str, here: Written, after: Written | None) -> int | None:
    """The year of the next date, where one year stands for both: "on 5 March and 13 June 2024"."""
    if after is None or after.year is None or here.month is None or after.month is None:
        return None
    between = text[here.end : after.start]
    if not (_RANGE.fullmatch(between) or _LIST.fullmatch(between)):
        return None
    in_order = (here.month, here.day or 0) <= (after.month, after.day or 0)
    return after.year if in_order else None


def _years(heading: str) -> set[int]:
    return {int(found.group()) for found in _ANY_YEAR.finditer(heading)}


def _date_of(heading: str, language: str) -> When | None:
    """The date of a heading that is nothing else."""
    bare = heading.strip("*_ :")
    if _ANY_YEAR.fullmatch(bare):
        return When(int(bare))
    dates = written_dates(bare, language)
    if len(dates) != 1 or (dates[0].start, dates[0].end) != (0, len(bare)):
        return None
    only = dates[0]
    return only.when(only.year) if only.year is not None and only.last is None else None
