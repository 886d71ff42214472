"""Amounts and dates are found where they stand, and are comparable across ways of writing."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.values import COUNT, DATE, MONEY, PERCENT, Value, agree, amounts, dates
from bot.search.analyzer import Analyzer

ANALYZER = Analyzer()


def found(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    units = list(ANALYZER.units(text, language))
    return [(v.unit, v.text, text[v.start : v.end]) for v in amounts(text, units, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It cost $45 million.", [(MONEY, "45000000 USD", "$45 million")]),
        ("en", "It cost US$1.5bn.", [(MONEY, "1500000000 USD", "US$1.5bn")]),
        ("en", "It cost 500,000 million dollars.",
         [(MONEY, "500000000000 USD", "500,000 million dollars")]),
        ("en", "She paid under $45M.", [(MONEY, "<45000000 USD", "under $45M")]),
        ("en", "She paid nearly 20 euros.", [(MONEY, "20 EUR", "nearly 20 euros")]),
        ("it", "Parla di 38 milioni di dollari.",
         [(MONEY, "38000000 USD", "38 milioni di dollari")]),
        ("it", "Scrive 45 milioni.", [(MONEY, "45000000", "45 milioni")]),
        ("it", "Si leggono 135 o 150 miliardi.",
         [(MONEY, "135000000000", "135"), (MONEY, "150000000000", "150 miliardi")]),
        ("it", "Ne ha circa il 27%.", [(PERCENT, "27 %", "27%")]),
        ("de", "Er zahlte 3,5 Millionen Euro.", [(MONEY, "3500000 EUR", "3,5 Millionen Euro")]),
        ("en", "There were nine jurors.", [(COUNT, "9", "nine")]),
        ("it", "Erano dodici giurati.", [(COUNT, "12", "dodici")]),
        ("en", "Over 800 million people came.", [(COUNT, ">800000000", "Over 800 million")]),
        ("en", "He asked for between $79 billion and $134 billion.", []),
        ("en", "It rose from $10 million to $20 million.", []),
        ("it", "Chiedeva da 79 a 134 miliardi.", []),
        ("en", "It was $30 billion above the value.", []),
    ],
)  # fmt: skip
def test_amounts_are_found(language: str, text: str, expected: list[tuple[str, str, str]]) -> None:
    assert found(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "On 29 February 2024 she sued.", [("29 February 2024", "2024-02-29")]),
        ("en", "On May 14, 2026 it closed.", [("May 14, 2026", "2026-05-14")]),
        ("en", "It may rain in 2024.", [("2024", "2024")]),
        ("en", "In 2024: withdrawn in March or June.",
         [("2024", "2024"), ("March", "2024-03"), ("June", "2024-06")]),
        ("en", "In June.", [("June", "--06")]),
        ("en", "On 21 or 22 January 2025.",
         [("21", "2025-01-21"), ("22 January 2025", "2025-01-22")]),
        ("it", "Il 21 o il 22 gennaio 2025.",
         [("21", "2025-01-21"), ("22 gennaio 2025", "2025-01-22")]),
        ("it", "L'1º marzo 2024.", [("1º marzo 2024", "2024-03-01")]),
        ("es", "El 3 de mayo de 2024.", [("3 de mayo de 2024", "2024-05-03")]),
        ("de", "Am 3. März 2024.", [("3. März 2024", "2024-03-03")]),
        ("fr", "Le 1er août 2024.", [("1er août 2024", "2024-08-01")]),
        ("en", "On 2024-03-05.", [("2024-03-05", "2024-03-05")]),
        ("en", "It cost $2024 and 2024.5.", []),
        ("und", "29 February 2024", []),
    ],
)  # fmt: skip
def test_dates_are_found(language: str, text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[v.start : v.end], v.text) for v in dates(text, language)] == expected


def date(text: str) -> Value:
    return Value(0, 1, DATE, text)


def money(number: int, bound: str = "") -> Value:
    return Value(0, 1, MONEY, f"{bound}{number}", Decimal(number), bound)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (date("2024"), date("2024-03"), True),
        (date("2024-03"), date("2024-06"), False),
        (date("--03"), date("2024-03-05"), True),
        (date("--03"), date("2024-06"), False),
        (money(45), money(45), True),
        (money(45), money(38), False),
        (money(45, "<"), money(38), True),
        (money(45, "<"), money(45), False),
        (money(45, ">"), money(50), True),
        (money(45, ">"), money(30), False),
        (money(100, "~"), money(97), True),
        (money(100, "~"), money(90), False),
        (Value(0, 1, "way 0", "quit"), Value(0, 1, "way 0", "ousted"), False),
    ],
)
def test_values_agree_if_both_may_be_true(one: Value, other: Value, expected: bool) -> None:
    assert agree(one, other) is expected
    assert agree(other, one) is expected


VALUES = st.builds(money, st.integers(1, 10**12), st.sampled_from(["", "<", ">", "~"]))
DATES = st.builds(
    date,
    st.builds(
        "{}-{:02}-{:02}".format, st.integers(1990, 2030), st.integers(1, 12), st.integers(1, 28)
    )
    | st.builds("{}-{:02}".format, st.integers(1990, 2030), st.integers(1, 12))
    | st.builds("--{:02}".format, st.integers(1, 12))
    | st.integers(1990, 2030).map(str),
)


@given(st.tuples(VALUES, VALUES) | st.tuples(DATES, DATES))
def test_agreeing_is_mutual_and_every_value_agrees_with_itself(pair: tuple[Value, Value]) -> None:
    one, other = pair
    assert agree(one, other) == agree(other, one)
    assert agree(one, one)


@given(st.text(max_size=120), st.sampled_from(["en", "it", "es", "de", "fr", "und"]))
def test_values_are_slices_in_order_of_any_text(text: str, language: str) -> None:
    units = list(ANALYZER.units(text, language))
    for values in (list(amounts(text, units, language)), list(dates(text, language))):
        assert all(0 <= value.start < value.end <= len(text) for value in values)
        assert [v.start for v in values] == sorted(v.start for v in values)
