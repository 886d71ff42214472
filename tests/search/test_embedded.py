"""The postings give the scores that rank-bm25 defines, in its order, by each way of summing."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.search.analyzer import Analyzer
from bot.search.compiled import CompiledSums, compiled_sums, find
from bot.search.embedded import EmbeddedIndex, LuceneBM25
from bot.search.forward import ForwardIndex
from bot.search.index import Hits, QueryTerm
from bot.search.postings import K1, B, Postings, lucene_idf
from bot.search.summing import PostingSums, RowSums, Sums
from tests.answers.small_knowledge import whole_passages

PROJECT = Path(__file__).resolve().parents[2]
_WORDS = [f"w{number}" for number in range(12)]

words = st.lists(st.sampled_from(_WORDS), max_size=25)
corpora = st.lists(words, min_size=1, max_size=20).filter(any)
queries = st.lists(st.sampled_from([*_WORDS, "unknown", "other"]), max_size=8)


Summing = Callable[[Postings], Sums[Any]]


def index(
    corpus: Sequence[Sequence[str]], title: str = "", summing: Summing = PostingSums
) -> EmbeddedIndex:
    texts = [" ".join(passage) for passage in corpus]
    passages = whole_passages(texts, "und", [title] * len(texts))
    return EmbeddedIndex(ForwardIndex(passages, Analyzer()), summing=summing)


def interpreted(postings: Postings) -> CompiledSums:
    """The compiled sums' own code, not compiled, a few passages at a time."""
    return CompiledSums(postings, find, block=3)


@pytest.fixture(scope="session", params=["rows", "postings", "interpreted", "compiled"])
def summing(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Summing:
    if request.param == "compiled":
        return compiled_sums(tmp_path_factory.mktemp("compiled"))
    made: dict[str, Summing] = {
        "rows": RowSums,
        "postings": PostingSums,
        "interpreted": interpreted,
    }
    return made[request.param]


def term(*alternatives: tuple[str, float], weight: float = 1.0) -> QueryTerm:
    named = tuple((f"und:{word}", worth) for word, worth in alternatives)
    return QueryTerm("word", named, weight)


def scores(hits: Hits) -> dict[int, float]:
    return dict(zip(hits.passages, hits.scores, strict=True))


@given(corpora, queries)
def test_every_score_is_that_of_rank_bm25(
    summing: Summing, corpus: list[list[str]], query: list[str]
) -> None:
    defined = LuceneBM25(corpus, k1=K1, b=B).get_scores(query)
    found = scores(
        index(corpus, summing=summing).search([term((word, 1.0)) for word in query], len(corpus))
    )
    for number, score in enumerate(defined):
        assert found.get(number, 0.0) == pytest.approx(score, rel=1e-5, abs=1e-5)


@given(corpora, queries, st.integers(1, 30))
def test_the_best_k_are_those_of_rank_bm25_up_to_ties(
    summing: Summing, corpus: list[list[str]], query: list[str], k: int
) -> None:
    defined = LuceneBM25(corpus, k1=K1, b=B).get_scores(query)
    hits = index(corpus, summing=summing).search([term((word, 1.0)) for word in query], k)
    best = sorted((score for score in defined if score > 0), reverse=True)[:k]
    assert hits.scores == pytest.approx(best, rel=1e-5, abs=1e-5)
    assert len(set(hits.passages)) == len(hits.passages)
    for passage, score in scores(hits).items():
        assert defined[passage] == pytest.approx(score, rel=1e-5, abs=1e-5)


@given(corpora, queries)
def test_what_is_found_is_above_zero_best_first_and_equals_stand_in_order(
    summing: Summing, corpus: list[list[str]], query: list[str]
) -> None:
    hits = index(corpus, summing=summing).search([term((word, 1.0)) for word in query], len(corpus))
    assert all(score > 0 for score in hits.scores)
    found = list(zip(hits.passages, hits.scores, strict=True))
    assert found == sorted(found, key=lambda one: (-one[1], one[0]))


def alternatives(*worth: float) -> st.SearchStrategy[list[tuple[str, float]]]:
    one = st.tuples(st.sampled_from([*_WORDS, "unknown"]), st.sampled_from(worth))
    return st.lists(one, min_size=1, max_size=4, unique_by=lambda pair: pair[0])


def best_alternative(
    corpus: list[list[str]], group: list[tuple[str, float]], idf: float
) -> list[float]:
    """For each passage the score of the best alternative there, under the idf of all."""
    model = LuceneBM25(corpus, k1=K1, b=B)
    known = [(word, worth) for word, worth in group if word in model.idf]
    weights = [worth * model.get_scores([word]) / model.idf[word] for word, worth in known]
    return [max((one[n] for one in weights), default=0.0) * idf for n in range(len(corpus))]


@given(corpora, alternatives(0.0, 0.25, 0.5, 0.75))
def test_a_word_scores_the_best_of_its_alternatives_under_one_idf(
    summing: Summing, corpus: list[list[str]], group: list[tuple[str, float]]
) -> None:
    together = index(corpus, summing=summing).search([term(*group)], len(corpus))
    found = scores(together)
    for number, expected in enumerate(best_alternative(corpus, group, together.idf[0])):
        assert found.get(number, 0.0) == pytest.approx(expected, rel=1e-4, abs=1e-5)


@given(corpora, alternatives(0.25, 0.5, 1.0))
def test_the_very_word_never_scores_less_than_one_that_stands_for_it(
    summing: Summing, corpus: list[list[str]], group: list[tuple[str, float]]
) -> None:
    together = index(corpus, summing=summing).search([term(*group)], len(corpus))
    found = scores(together)
    for number, expected in enumerate(best_alternative(corpus, group, together.idf[0])):
        assert found.get(number, 0.0) >= expected - 1e-4


@given(corpora, st.sets(st.sampled_from(_WORDS), min_size=1))
def test_alternatives_count_each_passage_once(corpus: list[list[str]], group: set[str]) -> None:
    hits = index(corpus).search([term(*((word, 1.0) for word in sorted(group)))], len(corpus))
    passages = sum(not group.isdisjoint(passage) for passage in corpus)
    assert hits.df == (passages,)
    assert hits.idf[0] == pytest.approx(lucene_idf(len(corpus), passages))


@given(corpora, queries, st.sampled_from([0.0, 0.5, 2.0]))
def test_a_words_weight_multiplies_its_score(
    summing: Summing, corpus: list[list[str]], query: list[str], weight: float
) -> None:
    built = index(corpus, summing=summing)
    plain = scores(built.search([term((word, 1.0)) for word in query], len(corpus)))
    heavy = built.search([term((word, 1.0), weight=weight) for word in query], len(corpus))
    expected = {number: pytest.approx(score * weight) for number, score in plain.items() if weight}
    assert scores(heavy) == expected


def test_more_hits_than_passages_are_all_that_match() -> None:
    hits = index([["w1"], ["w2"], ["w1", "w2"]]).search([term(("w1", 1.0))], 1000)
    assert sorted(scores(hits)) == [0, 2]


def test_one_passage_scores_above_zero_for_its_own_word() -> None:
    (score,) = index([["w1"]]).search([term(("w1", 1.0))], 3).scores
    assert score > 0


def test_a_word_in_every_passage_still_counts() -> None:
    assert len(index([["w1"]] * 4).search([term(("w1", 1.0))], 10).passages) == 4


@pytest.mark.parametrize("corpus", [[], [[]], [[], [], []]], ids=["none", "one empty", "empty"])
def test_an_index_of_nothing_finds_nothing(corpus: list[list[str]]) -> None:
    hits = index(corpus).search([term(("w1", 1.0))], 5)
    assert not hits.passages
    assert hits.df == (0,)


def test_a_word_that_no_passage_has_gets_the_highest_idf() -> None:
    hits = index([["w1"], ["w2"], []]).search([term(("unknown", 1.0)), term(("w1", 1.0))], 5)
    assert hits.df == (0, 1)
    assert hits.idf[0] == lucene_idf(3, 0) > hits.idf[1]


def test_words_of_the_title_alone_are_in_no_posting() -> None:
    hits = index([["w1"], ["w2"]], title="w3").search([term(("w3", 1.0))], 5)
    assert not hits.passages
    assert hits.df == (0,)


@given(st.integers(1, 1000), st.data())
def test_the_idf_is_never_negative_and_falls_with_frequency(size: int, data: st.DataObject) -> None:
    often = data.draw(st.integers(1, size))
    seldom = data.draw(st.integers(0, often - 1))
    assert lucene_idf(size, seldom) > lucene_idf(size, often) > 0


def test_searches_at_the_same_time_do_not_meet(summing: Summing) -> None:
    corpus = [[f"w{number % 7}", f"w{number % 12}"] for number in range(400)]
    built = index(corpus, summing=summing)
    query = [[term((f"w{number}", 1.0), ("w3", 0.5))] for number in range(7)]
    alone = [built.search(one, 50) for one in query]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda one: built.search(one, 50), query * 20))
    assert together == alone * 20


def test_a_search_leaves_nothing_behind_for_the_next(summing: Summing) -> None:
    built = index([["w1", "w2"], ["w2"], ["w3"]], summing=summing)
    first = built.search([term(("w2", 1.0), ("w1", 0.5))], 1)
    assert scores(built.search([term(("w3", 1.0))], 10)).keys() == {2}
    assert built.search([term(("w2", 1.0), ("w1", 0.5))], 1) == first


@given(corpora, queries, st.sets(st.integers(0, 19)), st.integers(0, 30))
def test_passages_that_are_withheld_are_as_if_they_were_not_there(
    summing: Summing, corpus: list[list[str]], query: list[str], withheld: set[int], k: int
) -> None:
    hidden = sorted(number for number in withheld if number < len(corpus))
    left = [number for number in range(len(corpus)) if number not in hidden]
    hits = index(corpus, summing=summing).search([term((w, 1.0)) for w in query], k, hidden)
    frequencies = [sum(word in corpus[number] for number in left) for word in query]
    assert list(hits.df) == frequencies
    assert list(hits.idf) == [lucene_idf(len(left), frequency) for frequency in frequencies]
    assert not set(hits.passages) & set(hidden)
    found = sum(any(word in corpus[number] for word in query) for number in left)
    assert len(hits.passages) == min(k, found)


def test_what_was_compiled_and_is_damaged_is_compiled_anew(tmp_path: Path) -> None:
    compiled_sums(tmp_path)
    kept = {path: path.read_bytes() for path in tmp_path.rglob("*.nb?")}
    assert kept
    for path, content in kept.items():
        path.write_bytes(content[: len(content) // 2])
    found = index([["a"], ["b"]], summing=compiled_sums(tmp_path)).search([term(("b", 1.0))], 2)
    assert list(found.passages) == [1]
    assert all(len(path.read_bytes()) > len(content) / 2 for path, content in kept.items())


def test_what_is_compiled_need_not_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    summing = compiled_sums(tmp_path / "file")
    found = index([["a"], ["b"]], summing=summing).search([term(("b", 1.0))], 2)
    assert list(found.passages) == [1]


def test_where_the_compiler_is_missing_the_advice_is_to_install_it(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; sys.modules['numba'] = None\n"
        "from bot.errors import SettingsError; from bot.search.compiled import compiled_sums\n"
        "try: compiled_sums(Path())\n"
        "except SettingsError as error: print(error)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True
    )
    assert 'pip install ".[fast]"' in done.stdout
