"""The benchmark's engines find the same, so that their times can be compared."""

from __future__ import annotations

from inspect import signature
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from bot.articles.split import split
from bot.articles.store import ArticleStore
from bot.search.analyzer import Analyzer
from bot.search.index import Hits
from tests.benchmarks.__main__ import main as search
from tests.benchmarks.answering import main as answering
from tests.benchmarks.bases import write_base
from tests.benchmarks.building import CHANGES, opened, refreshed, stages
from tests.benchmarks.building import main as building
from tests.benchmarks.chatting import main as chatting
from tests.benchmarks.engines import TOP, ours, rank_bm25
from tests.benchmarks.plot import plot
from tests.benchmarks.starting import main as starting
from tests.benchmarks.texts import SENTENCES, Words, make_passages, make_words, read_material
from tests.refresh_benchmark import main as refreshing


@pytest.fixture(scope="module")
def words() -> Words:
    return make_words(read_material([]), 200, Analyzer())


def test_texts_are_made_of_what_is_at_hand(words: Words) -> None:
    material = read_material([])
    passages = make_passages(material, 20)
    assert {passage.article.language for passage in passages} == set(material.sentences)
    for passage in passages:
        known = material.sentences[passage.article.language]
        assert sum(sentence in passage.text for sentence in set(known)) >= 1
    assert len(words.passages) == 200
    assert int(words.passages.lengths.min()) >= SENTENCES
    assert all(4 <= len(query) <= 9 for query in words.queries)


def test_ours_and_the_definition_agree(words: Words) -> None:
    mine, defined = ours(words), rank_bm25(words)
    for query in words.queries[:30]:
        found, expected = mine(query), defined(query)
        assert isinstance(found, Hits)
        assert isinstance(expected, np.ndarray)
        assert len(found.passages) <= TOP
        # Whoever is above the last one is no tie, and so among the best of both.
        last = found.scores[-1]
        ranked = zip(found.passages, found.scores, strict=True)
        assert {passage for passage, score in ranked if score > last + 1e-4} <= set(
            expected.tolist()
        )


def test_the_picture_is_written(tmp_path: Path) -> None:
    plot({"ours": {1000: 40.0, 10_000: 60.0}, "other": {1000: 400.0}}, tmp_path / "p.png")
    with Image.open(tmp_path / "p.png") as picture:
        assert picture.format == "PNG"
        assert len(picture.convert("RGB").getcolors(1 << 16) or ()) > 3


def test_every_benchmark_can_do_without_collections() -> None:
    for main in (search, answering, building, chatting, starting, refreshing):
        assert signature(main).parameters["folders"].default is None


def test_a_base_is_of_the_wanted_size_and_built_stage_by_stage(tmp_path: Path) -> None:
    base, cache = tmp_path / "base", tmp_path / "cache"
    material = read_material([])
    write_base(base, material, 100)
    count = sum(len(split(article)) for article in ArticleStore(base).read())
    assert 100 <= count < 200
    assert opened(base, cache)[0] == count
    names = [name for name, _ in stages(base, tmp_path)]
    assert (names[0], names[-1]) == ("read", "save")
    texts = [ArticleStore(base).get("article-0").text]
    for change in CHANGES.values():
        assert all(seconds > 0 for seconds in refreshed(base, cache, material, change, rounds=1))
        texts.append(ArticleStore(base).get("article-0").text)
    assert len(set(texts)) == 1 + len(CHANGES)
