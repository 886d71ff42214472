"""Sentences are dated by what they say, or by what stands just before them; never by a guess."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.model import Article, Passage
from bot.articles.occurrences import Statement, statements
from bot.articles.split import split
from tests.answers.small_knowledge import articles


def told(text: str, language: str = "en", heading: str | None = None) -> list[str]:
    """The dates of a passage's statements with the words of their sentences' beginning."""
    passage = Passage(Article("a", "", text, language), 0, len(text), 1, 1, heading)
    return [f"{_dates(one)} {one.text.split('.')[0]}" for one in statements([passage])]


def _dates(statement: Statement) -> str:
    return f"{statement.when}/{statement.until}" if statement.until else str(statement.when)


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "He left in 2018. Nobody spoke.", ["2018 He left in 2018"]),
        ("en", "She sued in March 2024. On 12 May she won.", ["2024-03 She", "2024-05-12 On"]),
        (
            "it",
            "Il processo si aprì il 27 aprile 2026. Il 12 maggio depose.",
            ["2026-04", "2026-05"],
        ),
        ("en", "On 5 March and on 13 December 2024 it replied.", ["2024-03-05", "2024-12-13"]),
        ("en", "In March 2025 it failed; in April he filed.", ["2025-03 In", "2025-04 In"]),
        (
            "it",
            "Nel marzo 2024 ritirò; nell'agosto dello stesso anno tornò.",
            ["2024-03", "2024-08"],
        ),
        ("en", "It ran from 27 April to 18 May 2026.", ["2026-04-27/2026-05-18 It"]),
        ("en", "It ran from March 2024 to May 2025.", ["2024-03/2025-05 It"]),
        ("en", "It went from 2015 to 2018.", ["2015/2018 It"]),
        ("en", "He will build it by 2029.", ["2029 He will build it by 2029"]),
        ("en", "An article dated 5 May 2024 says that he left in 2018.", ["2018 An article"]),
        ("en", "In 2018 he left; in 2018 she stayed.", ["2018 In 2018 he left"]),
    ],
)
def test_sentences_and_their_dates(language: str, text: str, found: list[str]) -> None:
    shown = told(text, language)
    assert len(shown) == len(found)
    for statement, beginning in zip(shown, found, strict=True):
        assert statement.startswith(beginning)


@pytest.mark.parametrize(
    ("heading", "text", "found"),
    [
        ("The rulings of 2025", "On 12 May it failed.", ["2025-05-12 On 12 May it failed"]),
        ("2015 to 2018", "On 12 May it failed.", []),
        ("The rulings", "On 12 May it failed.", []),
        ("2025", "In 2024 he came. On 12 May it failed.", ["2024 In", "2024-05-12 On"]),
    ],
)
def test_a_heading_of_one_year_lends_it_where_no_sentence_does(
    heading: str, text: str, found: list[str]
) -> None:
    shown = told(text, heading=heading)
    assert len(shown) == len(found)
    for statement, beginning in zip(shown, found, strict=True):
        assert statement.startswith(beginning)


def test_a_year_is_not_lent_across_many_sentences_nor_where_there_are_two() -> None:
    assert told("In 2018 he left. One. Two. On 12 May it failed.") == ["2018 In 2018 he left"]
    assert len(told("In 2018 or 2019 he left. On 12 May it failed.")) == 2


def test_a_heading_that_is_a_date_dates_the_first_sentence_below_it() -> None:
    text = "## 12 May 2026\n\nThe jury spoke. It was quick.\n\n### 2027\n\nNothing came of it."
    passage = Passage(Article("a", "", text, "en"), 0, len(text), 1, 1)
    found = statements([passage])
    assert [(str(one.when), one.text, one.dated) for one in found] == [
        ("2026-05-12", "The jury spoke.", None),
        ("2027", "Nothing came of it.", None),
    ]


def test_marks_of_lists_and_headings_are_no_part_of_a_sentence() -> None:
    text = "## Dates\n- 2018: Musk leaves.\n- 2019: he says so."
    passage = Passage(Article("a", "", text, "en"), 0, len(text), 1, 1)
    assert [one.text for one in statements([passage])] == [
        "2018: Musk leaves.",
        "2019: he says so.",
    ]


def test_statements_of_several_articles_and_languages_are_in_order_of_time() -> None:
    passages = [passage for article in articles() for passage in split(article)]
    found = statements(passages)
    assert [str(one.when) for one in found] == ["2018", "2018", "2025-02", "2025-03", "2026-06"]
    assert [one.passage.article.language for one in found[:2]] == ["en", "it"]


_WORDS = st.sampled_from(
    [
        "## 2025\n\n", "On 12 May ", "in 2018", "2015 to 2018", "il 3 marzo ", "Nel 2020, ", "- ",
        ". ", "\n\n", "he left", "(1999)", "21 or 22 January 2025", "bis ", "# ", "\n", "2018: ",
    ]
)  # fmt: skip


@given(
    st.one_of(st.text(), st.lists(_WORDS, max_size=12).map("".join)),
    st.sampled_from(["en", "it", "es", "de", "fr", "und"]),
)
def test_every_statement_is_a_slice_with_its_date_inside(text: str, language: str) -> None:
    passage = Passage(Article("a", "", text, language), 0, len(text), 1, 1)
    found = statements([passage])
    assert list(found) == sorted(found, key=lambda one: one.when)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert one.text == one.text.strip()
        assert one.until is None or one.until > one.when
        if one.dated is None:
            assert str(one.when.year) in text[: one.start]
        else:
            assert one.start <= one.dated[0] < one.dated[1] <= one.end
            if one.when.day is not None:
                assert str(one.when.day) in text[slice(*one.dated)]
