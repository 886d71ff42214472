"""Numbers and amounts made comparable: "$97.4 billion", "97,4 miliardi" and "97.4B" are one value.

It must not know passages or scores: it turns tokens into values.
"""

from __future__ import annotations

import re
from types import MappingProxyType

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")

SCALES = MappingProxyType(
    {
        word: power
        for power, words in {
            3: "thousand thousands mila mille mil tausend k",
            6: "million millions mln mn m milione milioni millon millones mio millionen millions",
            9: "billion billions bn b miliardo miliardi mld mrd milliarde milliarden milliard"
            " milliards",
            12: "trillion trillions tn bilioni billon billones billionen",
        }.items()
        for word in words.split()
    }
)
"""A word after a number, accents folded, to the power of ten it stands for."""


def number_value(text: str, language: str) -> str | None:
    """The value of a number as written, as plain digits, or None if it is none.

    A comma or point before exactly three digits separates thousands where the language writes it
    so; a comma with three digits is never a decimal comma in English, nor a point in the others.
    """
    if not _NUMBER.fullmatch(text):
        return None
    thousands = "," if language == "en" else "."
    if (found := _GROUPED.fullmatch(text)) and (
        found.group(1) == thousands or text.count(found.group(1)) > 1
    ):
        return text.replace(found.group(1), "")
    pieces = re.split(r"[.,]", text)
    if len(pieces) == 1:
        return text
    part = pieces[-1].rstrip("0")
    whole = "".join(pieces[:-1])
    return f"{whole}.{part}" if part else whole


def scaled(value: str, power: int) -> str:
    """A value times ten to a power, written without exponent or trailing zeros."""
    whole, _, part = value.partition(".")
    digits = whole + part.ljust(power, "0")[:power]
    rest = part[power:].rstrip("0")
    digits = digits.lstrip("0") or "0"
    return f"{digits}.{rest}" if rest else digits
