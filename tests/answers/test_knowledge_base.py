"""One revision of all that is known, and the one that is served."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from bot.answers.knowledge_base import KnowledgeBase
from bot.answers.served import Served
from bot.articles.passage_key import key_of
from bot.articles.store import ArticleStore
from bot.wiring import open_knowledge_base
from tests.support.quarrel import ARTICLES, OFFERED, open_quarrel, small_article, write_quarrel


@pytest.fixture(scope="module")
def quarrel(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeBase:
    return open_quarrel(tmp_path_factory.mktemp("quarrel"))


def test_articles_and_passages_are_all_there(quarrel: KnowledgeBase) -> None:
    assert [one.id for one in quarrel.articles] == ["addio", "bread", "offer"]
    assert sum(len(quarrel.passages_of(one.id)) for one in quarrel.articles) == len(
        quarrel.passages
    )
    assert not quarrel.passages_of("none")
    assert quarrel.article_count == 3


def test_a_passage_is_found_by_its_key_and_stands_between_its_neighbours(
    quarrel: KnowledgeBase,
) -> None:
    first, second = quarrel.passages_of("offer")
    assert quarrel.find(key_of(second)).passage is second
    assert quarrel.around(first) == (None, second)
    assert quarrel.around(second) == (first, None)
    assert quarrel.around(quarrel.passages_of("bread")[0]) == (None, None)


def test_whose_accounts_a_passage_gives_is_told_in_the_order_in_which_they_come(
    quarrel: KnowledgeBase,
) -> None:
    told = {one.id: quarrel.accounts_in(one) for one in quarrel.passages}
    first, second = quarrel.passages_of("offer")
    assert told[first.id] == ("carta", "bello")
    assert told[second.id] == ("bello", "carta")
    assert told[quarrel.passages_of("bread")[0].id] == ("reporter",)


def test_judged_questions_are_offered_before_names_and_names_alone_as_topics(
    quarrel: KnowledgeBase,
) -> None:
    names = ("Anna Bello", "Bruno Carta", "L'addio al consorzio")
    assert quarrel.suggestions("", 5)[0] == "How much did Carta offer for the mill?"
    assert quarrel.topics("", 3) == names


def test_a_timeline_is_in_order_and_about_what_was_asked(quarrel: KnowledgeBase) -> None:
    every = quarrel.timeline(None)
    assert [str(one.statement.when) for one in every.entries] == [
        *("2018-09", "2019-03", "2020-01", "2021-06", "2023-05")
    ]
    assert quarrel.timeline("sourdough").entries == ()


def test_a_revision_without_a_name_is_called_by_what_its_files_hold(tmp_path: Path) -> None:
    one, other = write_quarrel(tmp_path / "one"), write_quarrel(tmp_path / "other")
    same = open_knowledge_base(one).revision
    assert open_knowledge_base(other).revision == same
    ArticleStore(other).write(small_article("more", "More of it.", title="More"))
    assert open_knowledge_base(other).revision != same


def test_verifying_reads_the_file_again(tmp_path: Path) -> None:
    knowledge = open_quarrel(tmp_path)
    passage = knowledge.answer(OFFERED).citations[0].passage
    assert knowledge.verify(passage).stands
    ArticleStore(tmp_path).write(replace(ARTICLES[0], text="Nothing of it."))
    assert not knowledge.verify(passage).stands


def test_from_many_threads_everything_is_as_from_one(tmp_path: Path) -> None:
    # Opened anew, so that what is made when it is first asked for is made by all at once.
    knowledge = open_quarrel(tmp_path)
    start = threading.Barrier(8)

    def ask(_: int) -> tuple[object, ...]:
        start.wait(10)
        return (
            knowledge.timeline(None),
            knowledge.sides("the lawsuit").sides,
            knowledge.suggestions("mill", 5),
            knowledge.accounts_in(knowledge.passages[0]),
            knowledge.find(key_of(knowledge.passages[0])),
        )

    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(ask, range(8)))
    assert all(one == found[0] for one in found)


def test_what_is_served_is_replaced_whole(tmp_path: Path, quarrel: KnowledgeBase) -> None:
    served = Served(quarrel)
    taken = served.current
    other = open_quarrel(tmp_path, ARTICLES[1:])
    served.swap(other)
    assert served.current is other
    assert taken.answer(OFFERED).answered
