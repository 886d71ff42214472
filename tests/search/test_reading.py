"""Texts read together hold the same as each one read by itself."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.articles.sentences import sentence_spans
from bot.articles.starter import starter_folder
from bot.articles.store import ArticleStore
from bot.search.analyzer import Analyzer
from bot.search.held_cues import sentence_cues
from bot.search.languages import STEMMERS
from bot.search.lexicon import Row
from bot.search.reading import Reader, Text
from tests.answers.small_knowledge import shipped_analyzer

ROWS = (
    Row("leave", {"en": ("leave", "left", "walk away"), "it": ("lasciare", "andarsene")}),
    Row("step down", {"en": ("step down", "step down from the board"), "it": ("in a",)}),
    Row("stop words", {"en": ("to be", "a to be of")}),
    Row("sale", {"en": ("sale", "not for sale")}),
    Row("@moscow", {"it": ("Mosca",), "en": ("Moscow",)}),
    Row("fly", {"it": ("mosca",), "en": ("fly",)}),
)
WORDS = """
    step stepped down from the board left Walk away to be a of not for sale mosca Mosca
    97.4 billion 5 mila 2,018 3bn 12b2 1.5x ² ﺍ ﷺ perché perche\u0301 l’offerta ŒUVRE
    due to As a result in order so that led causa dopo il 19th century 1999 marzo Anna
    € $5 sterline _ . , ; ! ? … 。 ' ’ \u0301 ´ -
"""
PIECES = (*WORDS.split(), " ", "  ", "\n", "\n\n", "\xa0", ". ", "? ", "! ", "\t", "\x1c", "\u2028")

texts = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
spaced = st.lists(st.sampled_from(PIECES), max_size=25).map(" ".join)
languages = st.sampled_from([*STEMMERS, "und"])


def as_text(text: str, language: str) -> Text:
    return Text(text, language, list(sentence_spans(text, language)) or [(0, len(text))])


def assert_read(analyzer: Analyzer, reader: Reader, found: list[Text]) -> None:
    read = reader.read(found)
    told = read.terms.pointer.tolist()
    for number, text in enumerate(found):
        here = slice(told[number], told[number + 1])
        mine = zip(
            [reader.terms[term] for term in read.terms.values[here].tolist()],
            read.sentences[here].tolist(),
            read.positions[here].tolist(),
            strict=True,
        )
        assert list(mine) == by_itself(analyzer, text)
        assert read.cues[number].tolist() == list(sentence_cues(text.text, text.spans))


def by_itself(analyzer: Analyzer, text: Text) -> list[tuple[str, int, int]]:
    """What `Analyzer.units` tells: each term, its sentence and its position."""
    starts = [start for start, _ in text.spans[1:]]
    return [
        (term, sum(start <= unit.start for start in starts), unit.position)
        for unit in analyzer.units(text.text, text.language)
        for term in (*unit.terms, *unit.concepts)
    ]


@given(st.lists(st.tuples(st.one_of(texts, spaced), languages), max_size=4))
def test_texts_hold_what_each_holds_by_itself(found: list[tuple[str, str]]) -> None:
    analyzer = Analyzer(ROWS)
    reader = Reader(analyzer)
    assert_read(analyzer, reader, [as_text(*one) for one in found])
    # What is known by then tells the same.
    assert_read(analyzer, reader, [as_text(*one) for one in reversed(found)])


@given(spaced, st.lists(st.integers(0, 200), max_size=6), languages)
def test_sentences_may_end_anywhere(text: str, cuts: list[int], language: str) -> None:
    ends = sorted({0, len(text), *(cut for cut in cuts if cut < len(text))})
    spans = list(pairwise(ends)) or [(0, len(text))]
    analyzer = Analyzer(ROWS)
    assert_read(analyzer, Reader(analyzer), [Text(text, language, spans)])


def test_a_text_of_many_amounts_is_taken_apart_once() -> None:
    taken = 0

    class Counting(Analyzer):
        def amounts(self, text: str, language: str) -> Callable[[int], tuple[int, str]]:
            nonlocal taken
            taken += 1
            return super().amounts(text, language)

    analyzer = Counting(ROWS)
    found = [as_text("5 million or 2,5 billion, " * 50, "en"), as_text("7 mila e 3 mila", "it")]
    assert_read(analyzer, Reader(analyzer), found)
    assert taken == len(found)


def test_articles_are_read_as_passages_are_asked() -> None:
    analyzer = shipped_analyzer()
    drawn = random.Random(0)
    found = [as_text(one.text, one.language) for one in ArticleStore(starter_folder()).read()]
    drawn.shuffle(found)
    assert_read(analyzer, Reader(analyzer), found)
