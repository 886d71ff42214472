"""A number has one value, however it is written and in whatever language."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.analyzer import Analyzer
from bot.search.numbers import number_value, scaled

_BID = "97400000000"


def values(text: str, language: str) -> list[str]:
    """The values of the numbers in a text."""
    return [unit.terms[0][1:] for unit in Analyzer().units(text, language) if unit.is_number]


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("$97.4 billion", "en", _BID),
        ("$97.4bn", "en", _BID),
        ("97.4B", "en", _BID),
        ("97.4 BILLION", "en", _BID),
        ("$97,400 million", "en", _BID),
        ("97400000000 dollars", "en", _BID),
        ("97,4 miliardi", "it", _BID),
        ("97,4 mld", "it", _BID),
        ("97.400 milioni", "it", _BID),
        ("97.4 miliardi", "it", _BID),
        ("97.400 millones", "es", _BID),
        ("97,4 mil millones", "es", _BID),
        ("97,4 Milliarden", "de", _BID),
        ("97,4 Mrd", "de", _BID),
        ("97,4 milliards", "fr", _BID),
        ("9,740 million dollars", "en", "9740000000"),
        ("9.740 millones", "es", "9740000000"),
        ("500 mil millones", "es", "500000000000"),
        ("500 miliardi", "it", "500000000000"),
        ("500  miliardi", "it", "500000000000"),
        ("$500-billion", "en", "500000000000"),
        ("half of 3 thousand", "en", "3000"),
        ("1.092", "en", "1.092"),
        ("1.092", "it", "1092"),
        ("1.092", "es", "1092"),
        ("1.092", "de", "1092"),
        ("1,092", "en", "1092"),
        ("1,000.50", "en", "1000.5"),
        ("97.40", "en", "97.4"),
        ("1.000,50", "it", "1000.5"),
        ("1.000.000", "en", "1000000"),
        ("2018", "en", "2018"),
        ("２０１８", "en", "2018"),
        ("27%", "it", "27"),
    ],
)
def test_amounts_of_one_value_meet(text: str, language: str, value: str) -> None:
    assert values(text, language) == [value]


@pytest.mark.parametrize("text", ["the 5th", "a 3rd", "in the 1990s", "4chan"])
def test_digits_with_letters_after_them_are_not_the_bare_number(text: str) -> None:
    assert not {"5", "3", "1990", "4"}.intersection(values(text, "en"))


@pytest.mark.parametrize("word", ["", "abc", "twelve", "½", "٣٤", "v2"])
def test_what_does_not_begin_with_a_plain_digit_is_no_number(word: str) -> None:
    assert number_value(word, "en") is None


@given(st.integers(min_value=1000))
def test_thousands_are_separated_as_the_language_does(number: int) -> None:
    assert number_value(f"{number:,}", "en") == str(number)
    for language in ("it", "es", "de"):
        assert number_value(f"{number:,}".replace(",", "."), language) == str(number)


@given(st.decimals(0, 10**9, places=3), st.sampled_from([3, 6, 9, 12]))
def test_scaling_is_multiplying_by_a_power_of_ten(number: Decimal, power: int) -> None:
    found = scaled(f"{number:f}", power)
    assert Decimal(found) == number.scaleb(power)
    assert found == "0" or not found.startswith("0")
