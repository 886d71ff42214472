"""Amounts and dates in a text, each with where it stands and a value that can be compared.

It must not know questions, nor which values speak of the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import MappingProxyType

from bot.search.analyzer import Unit
from bot.search.numbers import number_value
from bot.search.tokens import fold, normalize

MONEY, PERCENT, COUNT, DATE = "money", "percent", "count", "date"
_UNITS = frozenset({MONEY, PERCENT, COUNT, DATE})
_MILLION = Decimal(10) ** 6
_NEAR = Decimal("0.05")
"""How far a number that is called a rough one may lie from another, as a share of it."""


@dataclass(frozen=True, slots=True)
class Value:
    """An amount or a date.

    Attributes:
        start, end: where it stands, in offsets of the text.
        unit: `MONEY`, `PERCENT`, `COUNT` or `DATE`; anything else is compared as a word.
        text: the value as plain text: "45000000 USD", "<45000000", "27 %", "9", "2024-06",
            "--06" for a month of an unknown year.
        number: of an amount.
        bound: `<` under, `>` over, `~` about, or empty.
        noun: the terms of what is counted; empty where the text leaves it out.
    """

    start: int
    end: int
    unit: str
    text: str
    number: Decimal = Decimal(0)
    bound: str = ""
    noun: frozenset[str] = frozenset()


def agree(one: Value, other: Value) -> bool:
    """Whether two values of one unit may both be true of one thing."""
    if one.unit not in _UNITS:
        return one.text == other.text
    if one.unit == DATE:
        pairs = zip(_date_parts(one.text), _date_parts(other.text), strict=True)
        return all(a == b or not a or not b for a, b in pairs)
    if {one.bound, other.bound} & {"~", ">"}:
        most = max(one.number, other.number)
        near = abs(one.number - other.number) <= most * _NEAR
        return near or any(
            rough.bound == ">" and rough.number < exact.number and exact.bound != "<"
            for rough, exact in ((one, other), (other, one))
        )
    if one.bound == other.bound:
        return one.number == other.number
    under, exact = (one, other) if one.bound == "<" else (other, one)
    return exact.number < under.number


def _date_parts(text: str) -> tuple[str, str, str]:
    year, month, day = (*text.replace("--", "-").split("-"), "", "")[:3]
    return year, month, day


_CURRENCIES: Mapping[str, str] = MappingProxyType(
    {
        word: code
        for code, words in {
            "USD": "$ dollar dollars dollari dollaro dolar dolares usd us$",
            "EUR": "€ euro euros eur",
            "GBP": "£ pound pounds sterling sterline libras pfund livres gbp",
            "JPY": "¥ yen jpy",
        }.items()
        for word in words.split()
    }
)
_SYMBOL = re.compile(r"(?:US)?([$€£¥])\s?\Z")
_AFTER = re.compile(r"\s*([$€£¥])|\s+(?:d[ei]\s+|d['’]\s?)?(?:US\s)?([^\W\d_]+)")
_PERCENT = re.compile(
    r"\s?%|\s(?:per ?cent|percento|per cento|por ciento|prozent|pour cent)\b", re.I
)
BOUNDS: Mapping[str, str] = MappingProxyType(
    {
        "<": r"(?:well )?under|(?:well )?below|less than|meno di|sotto (?:i|gli)|al di sotto dei|"
        r"menos de|weniger als|unter|moins de",
        ">": r"over|more than|above|at least|oltre|pi[uù] di|almeno|sopra (?:i|gli)|m[aá]s de|"
        r"al menos|[uü]ber|mehr als|mindestens|plus de|au moins",
        "~": r"about|nearly|almost|around|roughly|approximately|circa|quasi|verso i|intorno ai|"
        r"casi|unos|cerca de|aproximadamente|etwa|rund|fast|ungef[aä]hr|environ|presque|pr[eè]s de",
    }
)
"""The words before a number that make it a bound, as patterns."""
_BEFORE: Mapping[str, re.Pattern[str]] = {
    bound: re.compile(rf"\b(?:{words})\s+\Z", re.IGNORECASE) for bound, words in BOUNDS.items()
}
OR = "or|o|oder|ou|oppure"
"""The words between two values that are alternatives, as a pattern."""
LISTING = "and|e|ed|y|und|et|or|o|oder|ou"
"""The words between two values of a list, as a pattern."""
_STEP = re.compile(
    r"\s+(?:above|below|more than|less than|higher|lower|in pi[uù]|in meno|m[aá]s que|menos que|"
    r"mehr als|weniger als|de plus|de moins)\b",
    re.IGNORECASE,
)
_OR = re.compile(r"\s(?:or|o|oder|ou)\s[$€£¥]?", re.IGNORECASE)
_RANGE = re.compile(
    r"\b(?:between|from|tra|fra|da|dai|entre|de|desde|von|zwischen)\s+\S*\s?[\d.,]+(?:\s\S+)?"
    r"\s+(?:and|to|e|ed|a|ai|y|und|bis|et|à)\s+[$€£]?[\d.,]+",
    re.IGNORECASE,
)
NUMBER_WORDS: Mapping[str, Mapping[str, int]] = {
    language: {word: number for number, word in enumerate(words.split(), 2)}
    for language, words in {
        "en": "two three four five six seven eight nine ten eleven twelve",
        "it": "due tre quattro cinque sei sette otto nove dieci undici dodici",
        "es": "dos tres cuatro cinco seis siete ocho nueve diez once doce",
        "de": "zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
        "fr": "deux trois quatre cinq six sept huit neuf dix onze douze",
    }.items()
}


def amounts(text: str, units: Sequence[Unit], language: str) -> Iterator[Value]:
    """Yield the money, shares and counts of a text; ranges and steps ("30 more") are left out.

    Args:
        units: the analyzer's units of the text.
    """
    ranges = [found.span() for found in _RANGE.finditer(text)]
    words = NUMBER_WORDS.get(language, {})
    for at, unit in enumerate(units):
        if ranges and any(start <= unit.start < end for start, end in ranges):
            continue
        follower = units[at + 1] if at + 1 < len(units) else None
        if unit.is_number:
            value = _amount(text, unit, follower, language)
        elif (number := words.get(unit.tokens[0].word)) and len(unit.tokens) == 1:
            value = Value(
                unit.start, unit.end, COUNT, str(number), Decimal(number),
                noun=_noun(text, unit.end, follower),
            )  # fmt: skip
        else:
            continue
        if value is not None and not _STEP.match(text, value.end):
            yield value


def _amount(text: str, unit: Unit, follower: Unit | None, language: str) -> Value:
    number = Decimal(unit.terms[0][1:])
    if follower and len(unit.tokens) == 1 and _OR.fullmatch(text, unit.end, follower.start):
        number *= _scale(follower, language)
    start, end = unit.start, unit.end
    currency: str | None = None
    if symbol := _SYMBOL.search(text, max(0, start - 4), start):
        currency, start = _CURRENCIES[symbol.group(1)], symbol.start()
    elif (after := _AFTER.match(text, end)) and (
        named := _CURRENCIES.get(fold(normalize(after.group(1) or after.group(2))))
    ):
        currency, end = named, after.end()
    noun: frozenset[str] = frozenset()
    if currency is not None:
        kind, shown = MONEY, f"{_plain(number)} {currency}"
    elif percent := _PERCENT.match(text, end):
        kind, end, shown = PERCENT, percent.end(), f"{_plain(number)} %"
    elif noun := _noun(text, end, follower):
        kind, shown = COUNT, _plain(number)
    elif number >= _MILLION:
        kind, shown = MONEY, _plain(number)
    else:
        kind, shown = COUNT, _plain(number)
    bound = ""
    for mark, pattern in _BEFORE.items():
        if before := pattern.search(text, max(0, start - 24), start):
            bound, start = mark, before.start()
    return Value(start, end, kind, bound.replace("~", "") + shown, number, bound, noun)


def _scale(unit: Unit, language: str) -> Decimal:
    """What "150 billion" multiplies its 150 by, so that "135 or 150 billion" has two amounts."""
    written = number_value(unit.tokens[0].word, language) if len(unit.tokens) > 1 else None
    return Decimal(unit.terms[0][1:]) / Decimal(written) if written else Decimal(1)


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def _noun(text: str, end: int, follower: Unit | None) -> frozenset[str]:
    """What is counted: the word right after a number."""
    if follower is None or follower.is_number or text[end : follower.start].strip(" \xa0-"):
        return frozenset()
    return frozenset((*follower.terms, *follower.concepts))


MONTHS: Mapping[str, str] = {
    "en": "January February March April May June July August September October November December",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre"
    " dicembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre"
    " diciembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
}
_NUMBER_OF: Mapping[str, Mapping[str, int]] = {
    language: {fold(normalize(name)): number for number, name in enumerate(names.split(), 1)}
    for language, names in MONTHS.items()
}
_YEAR = r"(?:19|20)\d\d"
_DAY = r"[0-3]?\d(?:st|nd|rd|th|er|º|°)?\.?"


@cache
def _date_pattern(language: str) -> re.Pattern[str] | None:
    """How dates are written; compiled for the languages that are read."""
    names = MONTHS.get(language)
    if names is None:
        return None
    month = "|".join({name for one in names.split() for name in (one, fold(one), one.capitalize())})
    return re.compile(
        rf"(?<![\w$€£.,-])(?:"
        rf"(?P<iso>{_YEAR}-[01]\d-[0-3]\d)"
        rf"|(?:(?P<first>{_DAY})\s+(?:or|o|oder|ou)\s+(?:the\s+|il\s+|el\s+|le\s+|am\s+)?)?"
        rf"(?:(?P<day>{_DAY})\s+(?:of\s+|de\s+)?)?(?P<month>{month})\b"
        rf"(?:\s+(?P<after>[0-3]?\d)(?:st|nd|rd|th)?(?!\d)(?:,|\b))?"
        rf"(?:\s+(?:de\s+|del\s+)?(?P<year>{_YEAR}))?"
        rf"|(?P<alone>{_YEAR}))(?![\w%]|[.,]\d)"
    )


_DIGITS = re.compile(r"\d+")


def dates(text: str, language: str) -> Iterator[Value]:
    """Yield the days, months and years of a text; a month without a year has the last one named."""
    pattern = _date_pattern(language)
    if pattern is None:
        return
    known = ""
    for found in pattern.finditer(text):
        if found["iso"]:
            known = found["iso"][:4]
            yield Value(*found.span(), DATE, found["iso"])
            continue
        known = found["year"] or found["alone"] or known
        if found["alone"]:
            yield Value(*found.span(), DATE, known)
            continue
        month = f"{known or '-'}-{_NUMBER_OF[language][fold(normalize(found['month']))]:02}"
        day = found["day"] or found["after"]
        start = found.start()
        if found["first"]:
            yield Value(*found.span("first"), DATE, month + _two(found["first"]))
            start = found.start("day") if found["day"] else found.start("month")
        yield Value(start, found.end(), DATE, month + (_two(day) if day else ""))


def _two(day: str) -> str:
    digits = _DIGITS.match(day)
    return f"-{int(digits.group()):02}" if digits else ""
