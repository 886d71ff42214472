"""Dates as sentences write them, in five languages: where they stand and what they say.

A date may lack its year ("on 12 May"); who knows the text around it may lend one. Left out are
relative dates ("last week"), numbers that only look like a year ("$2025", "2024 jurors") and dates
that something is before or after. It must not know passages or articles.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache, total_ordering


@total_ordering
@dataclass(frozen=True, slots=True)
class When:
    """A day, a month or a year; what is not known is None. A year sorts before its months."""

    year: int
    month: int | None = None
    day: int | None = None

    def __lt__(self, other: When) -> bool:
        return self._key < other._key

    @property
    def _key(self) -> tuple[int, int, int]:
        return self.year, self.month or 0, self.day or 0

    def __str__(self) -> str:
        """In ISO 8601, as far as it is known: `2025`, `2025-02` or `2025-02-10`."""
        parts = [f"{self.year:04}"]
        parts += [f"{part:02}" for part in (self.month, self.day) if part is not None]
        return "-".join(parts)


@dataclass(frozen=True, slots=True)
class Written:
    """A date as a text writes it.

    Attributes:
        year: None where the text leaves it to be understood.
        last: the last day, month or year of a range that is written as one ("21 or 22 January").
        start, end: where its words stand, prepositions left out.
        of_source: it only says when an article or report appeared, not when something happened.
    """

    year: int | None
    month: int | None
    day: int | None
    last: int | None
    start: int
    end: int
    of_source: bool = False

    def when(self, year: int) -> When | None:
        """The date in a year, or None if that year has no such day."""
        return _valid(year, self.month, self.day)

    def until(self, year: int) -> When | None:
        """The end of a range that is written as one date, in the year of its beginning."""
        if self.last is None:
            return None
        if self.month is None:
            return When(self.last)
        return _valid(year, self.month, self.last)


_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_SHORT = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
    "it": "gen feb mar apr mag giu lug ago set ott nov dic",
}
"""Read only beside a day or a year."""

_BEFORE_YEAR = {
    "en": r"in|since|by|from|until|till|during|around|through|throughout|early|late|mid|as of"
    r"|Q[1-4]|(?:end|start|beginning|close|spring|summer|autumn|fall|winter|half|quarter|year)"
    r"(?: of)?",
    "it": r"nel|dal|del|al|entro il|fino al|anno|inizio|fine|metà|primavera|estate|autunno"
    r"|inverno|trimestre|Q[1-4]",
    "es": r"en|desde|hasta|para|durante|año|(?:principios|mediados|finales|fines) de"
    r"|(?:primavera|verano|otoño|invierno) de",
    "de": r"in|seit|bis|ab|um|Jahr|Jahre|Jahres|Anfang|Mitte|Ende|Frühjahr|Frühling|Sommer|Herbst"
    r"|Winter",
    "fr": r"en|depuis|dès|jusqu['’]en|d['’]ici|courant|année|début|fin|mi"
    r"|(?:printemps|été|automne|hiver)",
}
_BEFORE_MONTH = {
    "en": r"in|since|by|until|till|during|early|late|mid",
    "it": r"in|a|ad|nel|da|dal|entro|fino ad?|inizio|fine|metà|nell['’]|dall['’]",
    "es": r"en|desde|hasta|para|durante|(?:principios|mediados|finales|fines) de",
    "de": r"im|seit|bis|ab|Anfang|Mitte|Ende",
    "fr": r"en|depuis|dès|jusqu['’]en|d['’]ici|courant|début|fin|mi",
}
_NOT_THEN = re.compile(
    r"(?i:\b(?:before|after|prior to|prima d[ei]l?(?:l['’])?|dopo(?: il)?|dopo l['’]|vor|nach"
    r"|antes del?|después del?|avant|après|d['’]avant))\s*(?:(?:the|il|dem|el|le)\s+)?\Z"
)
"""What stands before a date at which something had, or had not, happened."""

_SOURCE = re.compile(
    r"(?i:\b(?:articles?|reports?|papers?|accounts?|articol[oi]|resocont[oi]|carte|document[oi]"
    r"|artículos?|informes?|artikeln?|berichte?n?|rapports?))"
    r"(?:\s+\w+){0,2}?,?(?:\s+(?:(?:dated|of|from|in data|del?|vom|von|du)\s+)+(?:the\s+|il\s+)?"
    r"|\s+d(?:ell)?['’])\Z"
)
_RELATIVE = re.compile(
    r"(?i:,?\s+(?:(?:of|del|de|des|d['’]|dell['’])\s*)?(?:the\s+|il\s+|l['’]\s*)?"
    r"(?:anno\s+|año\s+|année\s+)?(?:following|next|previous|last|scors[oa]|prossim[oa]"
    r"|success?iv[oa]|seguente|precedente|dopo|prima|siguiente|anterior|pasado|folgenden"
    r"|suivante?|dernier|prochain)\b)"
)
_NEAR = 60
"""How many characters before a date are read for what it is a date of."""

_COUNTED = (
    r"(?!\s*(?:%|€|\$|£)|\s+(?i:dollars?|euros?|dollari|dólares|people|persons?|persone|users?"
    r"|utenti|votes?|voti|jurors?|giurati|pages?|pagine|employees|dipendenti|words?|parole|times"
    r"|volte|jobs|shares|azioni|millions?|billions?|milioni|miliardi|mila|million[ei]n|milliarden)"
    r"\b)"
)
_YEAR = rf"(?P<year>(?:19|20)\d\d)(?![\w%]|[.,/]\d|[-–—]\d){_COUNTED}"
_DAY = r"(?P<day>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|[º°ª]|er|\.)?"
_APART = (
    r"(?:\s*[-–—/]\s*|\s+(?:or|and|to|ed?|o|al|y|u|a|oder|und|bis|ou|et|au)\s+"
    r"(?:(?:the|il|el|le)\s+)?)"
)
_FIRST_DAY = rf"(?:(?P<first>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th|[º°]|\.)?{_APART})?"
_LAST_DAY = rf"(?:{_APART}(?P<final>0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?)?"
_FREE = r"(?<![\w$€£#.,/+-])"
_OF = r"(?:\s+(?:of|del?))?"
_TO = r"(?:\s*[-–—]\s*|\s+(?:to|until|al?|bis|hasta|à)\s+(?:il\s+)?)"
_AND = r"\s+(?:and|ed?|y|und|et)\s+(?:il\s+)?"
_YEARS = r"(?P<year>(?:19|20)\d\d)"
_LAST_YEAR = rf"(?P<final>(?:19|20)\d\d)(?![\w%]|[.,/]\d|[-–—]\d){_COUNTED}"
_NEXT_YEAR = re.compile(
    rf"(?:,\s*|\s+(?:and|or|ed?|o|y|und|oder|et|ou)\s+(?:nel\s+|in\s+)?){_YEAR}"
)


def in_words(when: When, language: str, until: When | None = None) -> str:
    """A date or a range as people of a language write it; in an unknown language, as in English."""
    known = language if language in _MONTHS else "en"
    if until is None:
        return " ".join(_words(when, known))
    first, last = _words(when, known), _words(until, known)
    # What both have at the end is written once: "21–22 January 2025".
    while len(first) > 1 and first[-1] == last[-1] and len(first) == len(last):
        first.pop()
        last.pop()
    rest = _words(until, known)[len(last) :]
    dash = "–" if len(first) == len(last) == 1 else " – "
    return " ".join([f"{' '.join(first)}{dash}{' '.join(last)}", *rest])


def _words(when: When, language: str) -> list[str]:
    """Day, month and year, as far as they are known."""
    words = [] if when.day is None else [f"{when.day}{'.' if language == 'de' else ''}"]
    of = ["de"] if language == "es" else []
    if when.month is not None:
        words += of if words else []
        words.append(_MONTHS[language].split()[when.month - 1])
        words += of
    return [*words, f"{when.year}"]


def written_dates(text: str, language: str) -> tuple[Written, ...]:
    """The dates of a sentence, in the order of the text.

    Args:
        language: ISO 639-1; in a language without a table, English is read.
    """
    found: list[Written] = []
    taken: list[tuple[int, int]] = []
    for pattern in _patterns(language if language in _MONTHS else "en"):
        for match in pattern.finditer(text):
            start, end = _span(match)
            if any(start < last and first < end for first, last in taken):
                continue
            taken.append((start, end))
            if written := _read(match, text, language):
                found.append(written)
                if written.month is None and written.last is None:
                    found.extend(_coordinated(text, end, taken))
    return tuple(sorted(found, key=lambda written: written.start))


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], ...]:
    """The forms of a language; a form that says more comes first, and no later one overlaps it."""
    full = _months(language, short=False)
    month = _months(language, short=True)
    forms = [
        rf"{_FREE}{_YEARS}-(?P<monthnumber>\d\d)-(?P<day>\d\d)(?!\d|-)",
        rf"{_FREE}{_FIRST_DAY}{_DAY}{_OF}\s+{month},?{_OF}\s+{_YEAR}",
        rf"\b{month}\s+{_DAY}{_LAST_DAY},?\s+{_YEAR}",
        rf"\b{month},?{_OF}\s+{_YEAR}",
        rf"{_FREE}{_FIRST_DAY}{_DAY}{_OF}\s+{month}(?!\w)",
        rf"\b{month}\s+{_DAY}{_LAST_DAY}(?![\w%]|[.,]\d)",
        rf"\b(?i:between|tra il|fra il|zwischen|entre)\s+{_YEARS}{_AND}{_LAST_YEAR}",
        rf"{_FREE}{_YEARS}{_TO}{_LAST_YEAR}",
        rf"\b(?i:{_BEFORE_MONTH[language]})(?:(?<=['’])|[\s-]+){full}(?!\w)",
        rf"\b(?i:{_BEFORE_YEAR[language]})(?:[\s-]+(?:the year |l['’]anno )?){_YEAR}",
        rf"\({_YEAR}\)",
        rf"\A[*_]*{_YEAR}[*_]*\s*[:–—-]\s",
    ]
    if language == "de":
        forms.append(rf"\A{_YEAR}\s+[a-zäöü]")
    return tuple(map(re.compile, forms))


def _months(language: str, *, short: bool) -> str:
    names = _MONTHS[language].split()
    if short:
        names += _SHORT.get(language, "").split()
    if language not in {"en", "de"}:
        names += [name.capitalize() for name in names]
    letters = "|".join(sorted(set(names), key=len, reverse=True))
    full_stop = r"(?:(?<=\w\w\w)\.(?=\s[\d,]))?" if short else ""
    return rf"(?P<month>{letters}){full_stop}"


@cache
def _numbers(language: str) -> dict[str, int]:
    tables = [_MONTHS[language], _SHORT.get(language, "")]
    return {
        name.lower(): number for table in tables for number, name in enumerate(table.split(), 1)
    }


def _span(match: re.Match[str]) -> tuple[int, int]:
    """Where the date itself stands, without the words before it."""
    named = match.groupdict()
    groups = [name for name, value in named.items() if value is not None]
    start, end = min(map(match.start, groups)), max(map(match.end, groups))
    return start, end


def _read(match: re.Match[str], text: str, language: str) -> Written | None:
    named = match.groupdict()
    start, end = _span(match)
    month: int | None = None
    if named.get("monthnumber"):
        month = int(named["monthnumber"])
    elif named.get("month"):
        month = _numbers(language if language in _MONTHS else "en")[named["month"].lower()]
    year, day = _number(named, "year"), _number(named, "day")
    first, last = _number(named, "first"), _number(named, "final")
    if first is not None:
        first, last = (first, day) if first < (day or 0) else (day, None)
        day = first
    elif last is not None and last <= ((day if month else year) or 0):
        last = None
    if month is not None and _valid(year or 2000, month, last or day) is None:
        return None
    before = text[max(0, start - _NEAR) : start]
    if _NOT_THEN.search(before) or (year is None and _RELATIVE.match(text, end)):
        return None
    return Written(year, month, day, last, start, end, _SOURCE.search(before) is not None)


def _coordinated(text: str, end: int, taken: list[tuple[int, int]]) -> Iterator[Written]:
    """Years that follow one by comma or conjunction: "in 2018, 2019 and 2021"."""
    while following := _NEXT_YEAR.match(text, end):
        end = following.end()
        taken.append(following.span("year"))
        yield Written(int(following["year"]), None, None, None, *following.span("year"))


def _number(named: dict[str, str | None], name: str) -> int | None:
    value = named.get(name)
    return int(value) if value else None


def _valid(year: int, month: int | None, day: int | None) -> When | None:
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return When(year, month, day)
