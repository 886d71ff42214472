"""A publication date is read only where the text gives it, in a form that has one meaning."""

from __future__ import annotations

from datetime import date

import pytest

from bot.articles.dates import date_line, leading_date


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("2025-02-26", date(2025, 2, 26)),
        ("Published: February 26, 2025", date(2025, 2, 26)),
        ("26 febbraio 2025", date(2025, 2, 26)),
        ("Pubblicato il 1º marzo 2024", date(2024, 3, 1)),
        ("Wednesday, 26th of February 2025 at 10:30", date(2025, 2, 26)),
        ("mercoledì 26 febbraio 2025, ore 9:15", date(2025, 2, 26)),
        ("2025-02-11T10:00:00Z", date(2025, 2, 11)),
    ],
)
def test_a_line_that_is_a_date(line: str, day: date) -> None:
    assert date_line(line) == day


@pytest.mark.parametrize(
    "line",
    [
        "",
        "03/04/2025",
        "2025-02-30",
        "February 2025",
        "In 2018 he left",
        "On 26 February 2025 he spoke",
        "Updated: 2025-02-26",
    ],
)
def test_what_is_no_clear_publication_date_stays_unknown(line: str) -> None:
    assert date_line(line) is None
    assert leading_date(line) == (None, 0)


def test_a_labelled_date_is_cut_from_the_sentence_behind_it() -> None:
    line = " date 2025-02-26 Can it be?"
    day, end = leading_date(line)
    assert (day, line[end:]) == (date(2025, 2, 26), "Can it be?")


def test_a_date_that_begins_a_sentence_is_the_sentence() -> None:
    assert leading_date("26 February 2025 was a cold day.") == (None, 0)
