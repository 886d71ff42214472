"""The parts are put together over any knowledge folder."""

from __future__ import annotations

import gc
import shutil
from dataclasses import fields
from pathlib import Path
from weakref import ref

import pytest

from bot.answers.ranking import Weights
from bot.articles.model import Article
from bot.articles.questions import read_questions
from bot.articles.split import split
from bot.articles.starter import starter_folder
from bot.articles.store import ArticleStore
from bot.errors import KnowledgeError
from bot.search.analyzer import Analyzer
from bot.search.embedded import EmbeddedIndex
from bot.search.forward import ForwardIndex
from bot.search.index import QueryTerm
from bot.wiring import (
    Extras,
    Tuning,
    build_answerer,
    build_ranker,
    open_analyzer,
    open_answerer,
    open_knowledge_base,
)
from tests.answers.small_knowledge import (
    articles,
    shipped_answerer,
    whole_passages,
    write_knowledge,
)


def test_every_passage_of_every_article_is_in_the_index(tmp_path: Path) -> None:
    answerer = open_answerer(write_knowledge(tmp_path))
    assert list(answerer.passages) == [
        passage
        for article in sorted(articles(), key=lambda one: one.id)
        for passage in split(article)
    ]


def test_which_questions_are_suggested_is_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    before = open_knowledge_base().suggestions("", 5)
    monkeypatch.setattr("bot.wiring._SUGGESTED", ("typo",))
    after = open_knowledge_base().suggestions("", 5)
    judged = read_questions(starter_folder() / "questions.yaml")
    assert {one.kind for one in judged if one.question in after} == {"typo"}
    assert not set(before) & set(after)


def test_a_revision_that_is_replaced_goes_without_a_search_for_garbage() -> None:
    # What is there when the bot starts to serve is never searched.
    knowledge, answerer = open_knowledge_base(), open_answerer()
    for one in (knowledge, answerer):
        assert one.answer("Why did Musk leave OpenAI?").citations
    held: list[ref[object]] = [ref(knowledge), ref(knowledge.passages), ref(answerer)]
    held += [ref(answerer.passages), ref(answerer.citer), ref(answerer.analyzer)]
    gc.disable()
    try:
        del knowledge, answerer, one
        assert [found() for found in held] == [None] * len(held)
    finally:
        gc.enable()


def test_an_index_goes_without_a_search_for_garbage() -> None:
    index = EmbeddedIndex(ForwardIndex((), Analyzer()))
    index.search((QueryTerm("word", (("und:word", 1.0),)),), 1)
    held = ref(index)
    gc.disable()
    try:
        del index
        assert held() is None
    finally:
        gc.enable()


def test_without_a_folder_the_shipped_knowledge_base_answers() -> None:
    shipped = open_answerer(None)
    assert shipped.passages == shipped_answerer().passages
    assert {passage.article for passage in shipped.passages} == set(
        ArticleStore(starter_folder()).read()
    )


def test_a_folder_of_articles_alone_borrows_lexicon_and_names(tmp_path: Path) -> None:
    shutil.copytree(starter_folder() / "articles", tmp_path / "articles")
    analyzer = open_analyzer(tmp_path)
    (unit,) = analyzer.units("lawsuit", "en")
    assert unit.concepts
    (name,) = analyzer.units("Musk", "it")
    assert any(concept.startswith("=@") for concept in name.concepts)


def test_a_folder_with_its_own_lexicon_uses_no_other(tmp_path: Path) -> None:
    analyzer = open_analyzer(write_knowledge(tmp_path))
    (unit,) = analyzer.units("banana", "en")
    assert unit.concepts == ()
    (unit,) = analyzer.units("mills", "en")
    assert unit.concepts == ("=mill",)


def test_faults_of_articles_lexicon_and_names_stop_it(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="There is no folder"):
        open_answerer(tmp_path / "none")
    for name in ("articles/bread.md", "lexicon/words.yaml", "dispute.yaml"):
        folder = write_knowledge(tmp_path / Path(name).stem)
        (folder / name).write_text("[", encoding="utf-8")
        with pytest.raises(KnowledgeError, match=Path(name).name):
            open_answerer(folder)


def test_near_identical_passages_are_known_to_each_other() -> None:
    text = "The old mill by the river was sold to a baker from the valley in the spring."
    passages = whole_passages([text, "Rye grew there.", text.upper()])
    (first,) = build_answerer(passages, Analyzer()).answer("Who sold the mill?").citations
    assert first.passage in (passages[0], passages[2])
    assert len(first.also_in) == 1


def test_a_part_of_the_score_can_be_switched_off() -> None:
    passages = whole_passages(["The mill was sold.", "Rye grew."])
    tuning = Tuning(ranking=Weights(**{field.name: 0.0 for field in fields(Weights)}))
    (found,) = build_ranker(passages, Analyzer(), tuning).rank("mill", "en").candidates
    assert found.score == 0


def test_articles_of_unknown_language_are_found_by_their_words() -> None:
    passages = split(Article("a", "Mlyn", "Starý mlyn pri rieke predali v roku 2018.", "und"))
    answer = build_answerer(passages, Analyzer()).answer("stary mlyn 2018")
    assert [citation.passage for citation in answer.citations] == list(passages)


def test_compiled_sums_give_the_same_answers(tmp_path: Path) -> None:
    folder = write_knowledge(tmp_path)
    plain, fast = open_answerer(folder), open_answerer(folder, extras=Extras(fast=True))
    for question in ("Who sold the mill?", "Why did Anna leave?", "mulino venduto", "zebra"):
        one, other = plain.answer(question), fast.answer(question)
        assert [c.passage for c in one.citations] == [c.passage for c in other.citations]
        assert one.confidence == pytest.approx(other.confidence, rel=1e-5)
