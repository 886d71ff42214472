"""Dates are read as sentences write them, in five languages; a number is not taken for a year."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.moments import When, in_words, written_dates

LANGUAGES = ("en", "it", "es", "de", "fr")


def read(text: str, language: str) -> list[tuple[int | None, ...]]:
    """Year, month and day of each date that is read, shortened to what is there."""
    found = []
    for one in written_dates(text, language):
        parts: list[int | None] = [one.year, one.month, one.day]
        while parts and parts[-1] is None:
            parts.pop()
        found.append(tuple(parts))
    return found


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("en", "On 10 February 2025 he bid.", [(2025, 2, 10)]),
        ("en", "On February 10, 2025, he bid.", [(2025, 2, 10)]),
        ("en", "It was filed on Sept. 5, 2025, late.", [(2025, 9, 5)]),
        ("en", "The 1st of March 2024 was cold.", [(2024, 3, 1)]),
        ("en", "In late 2023 he went.", [(2023,)]),
        ("en", "By the end of 2022 it was out.", [(2022,)]),
        ("en", "In mid-2024 they met.", [(2024,)]),
        ("en", "It will be built by 2029.", [(2029,)]),
        ("en", "He left in 2018.", [(2018,)]),
        ("en", "He left (2018) and came back (2020).", [(2018,), (2020,)]),
        ("en", "In 2018 and 2019 they were silent.", [(2018,), (2019,)]),
        ("en", "May 2026 was the month.", [(2026, 5)]),
        ("en", "The hearing is on 12 May.", [(None, 5, 12)]),
        ("en", "In April he answered.", [(None, 4)]),
        ("en", "Logged on 2025-02-10 at noon.", [(2025, 2, 10)]),
        ("en", "2018: Musk leaves.", [(2018,)]),
        ("it", "Il 10 febbraio 2025 offrì.", [(2025, 2, 10)]),
        ("it", "Il 1º marzo 2024 fu presentata.", [(2024, 3, 1)]),
        ("it", "Nel febbraio 2025 rispose.", [(2025, 2)]),
        ("it", "A maggio 2026 perse.", [(2026, 5)]),
        ("it", "Nell’agosto del 2024 tornò.", [(2024, 8)]),
        ("it", "Depose il 12 maggio.", [(None, 5, 12)]),
        ("it", "Già in marzo era tardi.", [(None, 3)]),
        ("it", "Nel 2018 lasciò.", [(2018,)]),
        ("it", "Verso la fine del 2023 cadde.", [(2023,)]),
        ("it", "A inizio 2025 offrì.", [(2025,)]),
        ("it", "Sarà pronto entro il 2030.", [(2030,)]),
        ("it", "Dal 2015 c'era anche lui.", [(2015,)]),
        ("es", "El 10 de febrero de 2025 ofreció.", [(2025, 2, 10)]),
        ("es", "En febrero de 2025 respondió.", [(2025, 2)]),
        ("es", "Se fue en 2018.", [(2018,)]),
        ("es", "A finales de 2023 cayó.", [(2023,)]),
        ("es", "El 12 de mayo declaró.", [(None, 5, 12)]),
        ("de", "Am 10. Februar 2025 bot er.", [(2025, 2, 10)]),
        ("de", "Im Februar 2025 lehnte er ab.", [(2025, 2)]),
        ("de", "Ende 2023 ging er.", [(2023,)]),
        ("de", "2018 verließ er die Firma.", [(2018,)]),
        ("de", "Im Jahr 2018 ging er.", [(2018,)]),
        ("de", "Am 12. Mai sagte er aus.", [(None, 5, 12)]),
        ("fr", "Le 10 février 2025, il offrit.", [(2025, 2, 10)]),
        ("fr", "Le 1er mars 2024.", [(2024, 3, 1)]),
        ("fr", "En août 2024, il revint.", [(2024, 8)]),
        ("fr", "Fin 2023, il partit.", [(2023,)]),
        ("fr", "Il partit en 2018.", [(2018,)]),
        ("und", "He left in 2018.", [(2018,)]),
    ],
)
def test_dates_as_they_are_written(
    language: str, text: str, dates: list[tuple[int | None, ...]]
) -> None:
    assert read(text, language) == dates


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Model 2018 is old."),
        ("en", "Stargate 500 and Stargate 2025."),
        ("en", "It cost $2025 and €1999."),
        ("en", "They asked 2024 jurors."),
        ("en", "It came in 2024 pages and by 1999 votes."),
        ("en", "ChatGPT 5.2 and version 2.2025 came."),
        ("en", "She was 35, see page 2018."),
        ("en", "Last week, the following year, a decade later."),
        ("en", "In March of the following year he left."),
        ("en", "The 2025 bid failed."),
        ("en", "Before 2018 nobody spoke; after May 2026 nobody did."),
        ("en", "They may 12 times over march on."),
        ("en", "On 31 February 2025 nothing can happen."),
        ("en", "Call 1-2025-2026 or 2025/3."),
        ("en", "In the 2010s and in 2018%."),
        ("it", "Il modello 2018 costa 2025 euro."),
        ("it", "Nel marzo dell'anno successivo tornò."),
        ("it", "Lo scorso anno, la settimana scorsa."),
        ("it", "Prima del 2018 e dopo il 2020 niente."),
        ("it", "Il disgelo di marzo non è mai 2018."),
        ("it", "Costò 2,5 miliardi nel progetto da 500."),
        ("es", "Antes de 2018 no había nada."),
        ("de", "Vor 2018 war nichts."),
        ("fr", "Avant 2018, rien."),
    ],
)
def test_what_is_no_date(language: str, text: str) -> None:
    assert read(text, language) == []


@pytest.mark.parametrize(
    ("language", "text", "begin", "last"),
    [
        ("en", "From 2015 to 2018 he stayed.", 2015, 2018),
        ("en", "He stayed 2015–2018.", 2015, 2018),
        ("en", "Between 2015 and 2018 he stayed.", 2015, 2018),
        ("it", "Dal 2015 al 2018 rimase.", 2015, 2018),
        ("it", "Tra il 2015 e il 2018 rimase.", 2015, 2018),
        ("es", "De 2015 a 2018 estuvo.", 2015, 2018),
        ("de", "Von 2015 bis 2018 blieb er.", 2015, 2018),
        ("fr", "De 2015 à 2018, il resta.", 2015, 2018),
    ],
)
def test_a_range_of_years_keeps_its_end(language: str, text: str, begin: int, last: int) -> None:
    (only,) = written_dates(text, language)
    assert (only.year, only.last) == (begin, last)
    assert only.until(begin) == When(last)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "On 21 or 22 January 2025, depending on the report."),
        ("en", "On January 21–22, 2025."),
        ("it", "Il 21 o il 22 gennaio 2025, a seconda della fonte."),
        ("de", "Am 21. oder 22. Januar 2025."),
    ],
)
def test_two_days_of_a_month_are_a_range(language: str, text: str) -> None:
    (only,) = written_dates(text, language)
    assert (only.when(2025), only.until(2025)) == (When(2025, 1, 21), When(2025, 1, 22))


@pytest.mark.parametrize(
    ("language", "text", "of_source"),
    [
        ("en", "An English article dated 26 February 2025 says so.", True),
        ("en", "Reports from January 2026 quote it.", True),
        ("it", "Lo dice un articolo inglese del 26 febbraio 2025.", True),
        ("it", "Secondo carte processuali dell'agosto 2025.", True),
        ("en", "OpenAI answered on 5 March 2024.", False),
        ("it", "Lo afferma un post del 5 marzo 2024.", False),
    ],
)
def test_the_date_of_a_report_is_told_from_the_date_of_an_event(
    language: str, text: str, of_source: bool
) -> None:
    (only,) = written_dates(text, language)
    assert only.of_source is of_source


def test_a_year_sorts_before_its_months_and_a_month_before_its_days() -> None:
    dates = [When(2025, 2, 10), When(2025, 2), When(2026), When(2025), When(2024, 12, 31)]
    assert [str(date) for date in sorted(dates)] == [
        "2024-12-31",
        "2025",
        "2025-02",
        "2025-02-10",
        "2026",
    ]


@pytest.mark.parametrize(
    ("language", "when", "until", "words"),
    [
        ("en", When(2025, 2, 10), None, "10 February 2025"),
        ("it", When(2026, 5), None, "maggio 2026"),
        ("es", When(2025, 2, 10), None, "10 de febrero de 2025"),
        ("de", When(2025, 2, 10), None, "10. Februar 2025"),
        ("und", When(2018), None, "2018"),
        ("en", When(2015), When(2018), "2015–2018"),
        ("it", When(2025, 1, 21), When(2025, 1, 22), "21–22 gennaio 2025"),
        ("en", When(2026, 4, 27), When(2026, 5, 18), "27 April – 18 May 2026"),
        ("fr", When(2024, 3), When(2025, 5), "mars 2024 – mai 2025"),
        ("en", When(2024), When(2025, 5), "2024 – May 2025"),
    ],
)
def test_dates_in_words(language: str, when: When, until: When | None, words: str) -> None:
    assert in_words(when, language, until) == words


@given(
    st.dates(date(1900, 1, 1), date(2099, 1, 1)),
    st.integers(1, 300),
    st.sampled_from(LANGUAGES),
)
def test_a_date_in_words_is_read_again(day: date, later: int, language: str) -> None:
    when = When(day.year, day.month, day.day)
    text = f"– {in_words(when, language)} –"
    assert read(text, language) == [(day.year, day.month, day.day)]
    end = day + timedelta(days=later)
    both = in_words(when, language, When(end.year, end.month, end.day))
    assert str(end.year) in both
    assert both.startswith(str(day.day))


@given(st.text(), st.sampled_from((*LANGUAGES, "und", "xx")))
def test_any_text_has_ordered_disjoint_dates_of_its_own(text: str, language: str) -> None:
    end = 0
    for one in written_dates(text, language):
        assert end <= one.start < one.end <= len(text)
        end = one.end
