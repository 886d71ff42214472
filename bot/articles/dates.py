"""The day on which a text says that it was published. Unknown stays unknown: nothing is guessed.

It must not know articles. Read are ISO dates and the written forms of English and Italian; a form
that two countries read differently (03/04/2025) is not read at all.
"""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan gennaio gen",
            "february feb febbraio",
            "march mar marzo",
            "april apr aprile",
            "may maggio mag",
            "june jun giugno giu",
            "july jul luglio lug",
            "august aug agosto ago",
            "september sept sep settembre set",
            "october oct ottobre ott",
            "november nov novembre",
            "december dec dicembre dic",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = rf"(?P<month>{'|'.join(sorted(_MONTHS, key=len, reverse=True))})\.?"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th|º|°)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)"
_FORMS = (
    rf"{_YEAR}[-/.](?P<month>\d\d)[-/.](?P<day>\d\d)"
    r"(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)?)?",
    rf"{_DAY}(?:\s+of)?\s+{_MONTH},?\s+{_YEAR}",
    rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
)
_LABEL = (
    r"(?:date|data|dated|published|posted|publication date|data di pubblicazione|pubblicato)"
    r"(?:\s+(?:on|il|in data|at))?\s*:?\s*"
)
_WEEKDAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|luned[ìi]|marted[ìi]|mercoled[ìi]|gioved[ìi]"
    r"|venerd[ìi]|sabato|domenica),?\s+"
)
_TIME = r"(?:[,\s|·-]*(?:at|ore|alle)?\s*\d{1,2}[:.]\d\d(?:\s*[ap]\.?m\.?)?)?"


def leading_date(line: str) -> tuple[date | None, int]:
    """The date that a line begins with under a label like `date` or `Published:`.

    Returns:
        the date and the offset at which the rest of the line begins, or None and 0.
    """
    for form in _FORMS:
        found = re.match(rf"\s*{_LABEL}(?:{_WEEKDAY})?{form}(?!\w)[.,;:|]?\s*", line, re.IGNORECASE)
        if found and (day := _day(found)):
            return day, found.end()
    return None, 0


def date_line(line: str) -> date | None:
    """The date of a line that holds nothing else but a label, a weekday and a time of day."""
    for form in _FORMS:
        whole = rf"[\s*_(]*(?:{_LABEL})?(?:{_WEEKDAY})?{form}{_TIME}[\s*_).]*"
        if found := re.fullmatch(whole, line, re.IGNORECASE):
            return _day(found)
    return None


def _day(found: re.Match[str]) -> date | None:
    month = found["month"].lower()
    try:
        return date(int(found["year"]), _MONTHS.get(month) or int(month), int(found["day"]))
    except ValueError:
        return None
