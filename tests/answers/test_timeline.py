"""A timeline holds what was asked for, in order, word for word, and tells what it leaves out."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answers.answerer import Answerer
from bot.answers.timeline import Timeline, timeline
from bot.articles.moments import When
from bot.articles.occurrences import Statement, statements
from bot.errors import InputError
from tests.answers.small_knowledge import answerer_of, shipped_answerer, small_answerer


@pytest.fixture(scope="module")
def mill(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return small_answerer(tmp_path_factory.mktemp("mill"))


def about(answerer: Answerer, topic: str | None, most: int = 20) -> Timeline:
    return timeline(statements(answerer.passages), topic, answerer, most=most)


def shown(found: Timeline) -> list[str]:
    return [f"{one.statement.when} {one.statement.passage.article.id}" for one in found.entries]


@cache
def shipped_statements() -> tuple[Statement, ...]:
    return statements(shipped_answerer().passages)


def test_without_a_topic_everything_is_told_in_order(mill: Answerer) -> None:
    found = about(mill, None)
    assert [one.statement for one in found.entries] == list(statements(mill.passages))
    assert found.left_out == 0


@pytest.mark.parametrize(
    ("topic", "expected"),
    [
        ("the offer", ["2025-02 mill-quarrel"]),
        ("l'offerta", ["2025-02 mill-quarrel"]),
        ("Anna", ["2018 il-mulino", "2018 mill-quarrel"]),
        ("Bello lascia", ["2018 il-mulino", "2018 mill-quarrel"]),
        ("lawsuit", ["2025-03 mill-in-court", "2026-06 mill-in-court"]),
        ("Zaphod", []),
        ("Anna's lawsuit", []),
    ],
)
def test_a_topic_is_met_in_both_languages(mill: Answerer, topic: str, expected: list[str]) -> None:
    assert shown(about(mill, topic)) == expected


def test_an_empty_topic_is_told(mill: Answerer) -> None:
    with pytest.raises(InputError, match="question"):
        about(mill, "  ")


def test_what_is_left_out_is_counted_and_the_rest_stays_in_order(mill: Answerer) -> None:
    found = about(mill, None, most=3)
    dates = [one.statement.when for one in found.entries]
    assert dates == sorted(dates)
    assert (len(dates), found.left_out) == (3, 2)
    assert len({when.year for when in dates}) == 3


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (None, When(2018), ["2018", "2018"]),
        (When(2025), None, ["2025-02", "2025-03", "2026-06"]),
        (When(2025, 2, 10), When(2025, 2, 28), ["2025-02"]),
        (When(2025, 3), When(2026), ["2025-03", "2026-06"]),
    ],
)
def test_a_year_holds_all_its_days(
    mill: Answerer, first: When | None, last: When | None, expected: list[str]
) -> None:
    found = timeline(statements(mill.passages), None, mill, first=first, last=last)
    assert [str(one.statement.when) for one in found.entries] == expected


def test_nearly_the_same_of_one_date_is_told_once_and_other_numbers_are_not_the_same() -> None:
    answerer = answerer_of(
        [
            "In 2018 the miller left the mill by the river.",
            "The miller left the mill by the river in 2018.",
            "In 2019 the miller left the mill by the river.",
            "In 2018 the 3 millers left the mill by the river.",
        ]
    )
    found = about(answerer, None)
    assert shown(found) == ["2018 a0", "2018 a3", "2019 a2"]
    assert [one.also_in for one in found.entries] == [(answerer.passages[1],), (), ()]


@pytest.mark.parametrize(
    ("topic", "dates"),
    [
        ("announcement", ["2025-01"]),
        ("lawsuit", ["2025-02"]),
        ("dismissal", ["2023"]),
        ("owner", []),
    ],
)
def test_of_a_sentence_with_several_dates_the_part_around_each_counts(
    topic: str, dates: list[str]
) -> None:
    answerer = answerer_of(
        [
            "His dismissal came in 2023, the announcement in January 2025, and the lawsuit in "
            "February 2025.",
            "The owner of the mill, which she left in 2018, is rich.",
        ]
    )
    assert [str(one.statement.when) for one in about(answerer, topic).entries] == dates


@pytest.mark.parametrize(
    ("topic", "wanted", "unwanted"),
    [
        ("the bid", "musk-bid#1", "musk-departure-2018#1"),
        ("l'offerta", "musk-bid#1", "musk-departure-2018#1"),
        ("Zuckerberg", "zuckerberg-e-meta#5", "musk-bid#1"),
        ("Musk lascia", "musk-departure-2018#1", "musk-bid#1"),
        ("Stargate", "stargate#1", "musk-departure-2018#1"),
        ("il processo", "trial-and-verdict-2026#5", "musk-bid#1"),
    ],
)
def test_topics_on_the_shipped_knowledge_base(topic: str, wanted: str, unwanted: str) -> None:
    found = timeline(shipped_statements(), topic, shipped_answerer(), most=100)
    passages = {one.statement.passage.id for one in found.entries}
    assert wanted in passages
    assert unwanted not in passages


def test_a_statement_belongs_to_the_date_that_it_is_told_of() -> None:
    found = timeline(shipped_statements(), "Stargate", shipped_answerer(), most=100)
    chronology = [
        str(one.statement.when)
        for one in found.entries
        if one.statement.passage.article.id == "chronology"
    ]
    assert chronology == ["2025-01-21"]


@settings(deadline=None, max_examples=30)
@given(st.text(max_size=60), st.integers(0, 30))
def test_any_topic_gives_slices_in_order(topic: str, most: int) -> None:
    # Begun with a word, because nothing but white space is no topic.
    found = timeline(shipped_statements(), f"Musk {topic}", shipped_answerer(), most=most)
    dates = [one.statement.when for one in found.entries]
    assert dates == sorted(dates)
    assert len(dates) <= most
    for one in found.entries:
        assert one.statement.text in one.statement.passage.article.text


def test_a_knowledge_base_without_dates_has_an_empty_timeline() -> None:
    found = about(answerer_of(["Nothing ever happened here."]), None)
    assert found == Timeline(None, ())
