"""Questions that ask the same stand together, in any language, most frequent first."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.store import ArticleStore
from bot.moderation.gaps import grouped, skeleton
from bot.records.model import Gap
from bot.search.analyzer import Analyzer
from bot.wiring import open_analyzer
from tests.answers.small_knowledge import write_knowledge

DAY = date(2026, 3, 1)


@pytest.fixture(scope="module")
def analyzer(tmp_path_factory: pytest.TempPathFactory) -> Analyzer:
    return open_analyzer(write_knowledge(tmp_path_factory.mktemp("knowledge")))


def gap(number: int, question: str, language: str = "en", count: int = 1) -> Gap:
    return Gap(number, question, language, count, DAY, DAY)


def test_the_same_question_in_other_words_and_languages_is_one_group(analyzer: Analyzer) -> None:
    gaps = [
        gap(1, "who owns the harbour?", count=2),
        gap(2, "why did bello leave the mill?", count=3),
        gap(3, "why did bello quit the mill", count=1),
        gap(4, "perché bello lasciò il mulino?", "it", 2),
    ]
    groups = grouped(gaps, analyzer)
    assert [[one.id for one in group.gaps] for group in groups] == [[2, 4, 3], [1]]
    assert [group.count for group in groups] == [6, 2]
    assert groups[0].question == "why did bello leave the mill?"


@given(
    st.lists(
        st.builds(
            gap,
            st.integers(1, 99),
            st.sampled_from(["who left?", "who left the mill?", "what is rye?", "?", "chi?"]),
            st.sampled_from(["en", "it", "und"]),
            st.integers(1, 9),
        ),
        max_size=8,
    )
)
def test_no_gap_is_lost_and_the_most_frequent_come_first(gaps: list[Gap]) -> None:
    groups = grouped(gaps, Analyzer())
    members = [one for group in groups for one in group.gaps]
    assert sorted(map(repr, members)) == sorted(map(repr, gaps))
    counts = [group.count for group in groups]
    assert counts == sorted(counts, reverse=True)
    for group in groups:
        assert group.gaps[0].count == max(one.count for one in group.gaps)


@pytest.mark.parametrize("question", ["who owns the harbour?", "no", "a: b #c\n---", "¿?", "'\""])
def test_a_skeleton_lacks_only_its_text(tmp_path: Path, question: str) -> None:
    [group] = grouped([gap(1, question), gap(2, question, "it")], Analyzer())[:1]
    content = skeleton(group)
    store = ArticleStore(tmp_path)
    store.articles.mkdir()
    name = content.split("id: ", 1)[1].split("\n", 1)[0].strip("'\"")
    (store.articles / f"{name}.md").write_text(content, encoding="utf-8")
    assert {fault.problem for fault in store.scan()[1]} == {"There is no text."}
    (store.articles / f"{name}.md").write_text(f"{content}It is ours.\n", encoding="utf-8")
    [article] = store.read()
    assert article.title == " ".join(question.split())
