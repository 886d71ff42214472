"""Small stores of articles, and whether an index that was opened is what one made anew is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.articles.duplicates import near_duplicates
from bot.articles.model import Article
from bot.articles.sentences import sentence_spans
from bot.articles.split import split
from bot.articles.store import ArticleStore
from bot.search.analyzer import Analyzer
from bot.search.cache import Cache
from bot.search.embedded import EmbeddedIndex
from bot.search.forward import ForwardIndex
from bot.search.index import QueryTerm
from bot.search.lexicon import Row
from bot.search.opening import Opened, open_index
from bot.search.postings import Postings
from bot.search.similar import SimilarWords
from bot.search.vocabulary import Vocabulary

ROWS = (Row("leave", {"en": ("leave", "left", "walk away"), "it": ("lasciare",)}),)
ANALYZER = Analyzer(ROWS)
WORDS = (
    "mill",
    "river",
    "Anna",
    "leaves",
    "walked",
    "away",
    "left",
    "97.4 million",
    "flour",
    "a",
    "cold. It",
)

Contents = tuple[str, str, str]
"""Of an article its text, language and title."""


class Watched:
    """Counts the passages that were analysed."""

    def __init__(self) -> None:
        self.steps = 0

    @contextmanager
    def __call__(self, name: str, total: int) -> Iterator[Callable[[], None]]:
        before = self.steps
        yield self._step
        assert self.steps - before == total

    def _step(self) -> None:
        self.steps += 1


def write(store: ArticleStore, state: dict[str, Contents]) -> None:
    shutil.rmtree(store.articles, ignore_errors=True)
    for name, (text, language, title) in state.items():
        store.write(Article(name, title, text, language))


def same(opened: Opened, store: ArticleStore) -> None:
    """Whether it is what an index made in memory is."""
    passages = tuple(passage for article in store.read() for passage in split(article))
    assert tuple(opened.passages) == passages
    spans = [tuple(sentence_spans(one.text, one.article.language)) for one in passages]
    assert [one.sentences for one in opened.passages] == spans
    forward = ForwardIndex(passages, ANALYZER)
    assert opened.forward.languages == forward.languages
    assert set(opened.forward.vocabulary) == set(forward.vocabulary)
    mine, other = (texts_by_id(index.vocabulary) for index in (opened.forward, forward))
    one, two = opened.forward.analysis, forward.analysis
    assert one.sentences.tolist() == two.sentences.tolist()
    assert one.positions.tolist() == two.positions.tolist()
    for number in range(len(passages)):
        assert [mine[n] for n in one.terms[number]] == [other[n] for n in two.terms[number]]
        assert one.cues[number].tolist() == two.cues[number].tolist()
        assert {mine[n] for n in one.titles[number]} == {other[n] for n in two.titles[number]}
    anew = Postings.of(two.terms, len(two.vocabulary))
    for number, term in enumerate(other):
        here, there = (
            slice(*found.place(at))
            for found, at in ((opened.postings, one.vocabulary[term]), (anew, number))
        )
        for name, values in anew.arrays().items():
            if name != "posting_pointer":
                assert opened.postings.arrays()[name][here].tolist() == values[there].tolist()
    saved, made = EmbeddedIndex(opened.forward, opened.postings), EmbeddedIndex(forward)
    for term in forward.vocabulary:
        query = [QueryTerm(term, ((term, 1.0),))]
        assert saved.search(query, 10) == made.search(query, 10)
    groups = [[passages[n] for n in opened.twins[row]] for row in range(len(opened.twins))]
    assert groups == [list(group) for group in near_duplicates(passages) if len(group) > 1]
    for language in forward.languages:
        (words,) = [opened.similar[language]]
        stems = {t.partition(":")[2] for t in forward.vocabulary if t.startswith(f"{language}:")}
        for name, values in SimilarWords(stems).arrays.items():
            assert words.arrays[name].tolist() == values.tolist()


def texts_by_id(vocabulary: Vocabulary) -> list[str]:
    return [vocabulary.terms.text(number) for number in range(vocabulary.size)]


def small(tmp_path: Path) -> tuple[ArticleStore, Cache, dict[str, Contents]]:
    state = {
        "one": ("Anna left the mill. It was cold.", "en", "Mill"),
        "two": ("The river was high.", "en", "River"),
        "three": ("Anna lasciò il mulino.", "it", "Mulino"),
    }
    store = ArticleStore(tmp_path / "knowledge")
    write(store, state)
    return store, Cache(tmp_path / "cache"), state


def analysed(store: ArticleStore, cache: Cache, key: str = "key") -> int:
    """How many passages had to be analysed."""
    watched = Watched()
    same(open_index(store, ANALYZER, key, cache, watched), store)
    return watched.steps
