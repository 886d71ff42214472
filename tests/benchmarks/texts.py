"""Real text of the wanted size, from what is at hand: sentences of collections, put together anew.

Without collections the sentences are those of the shipped articles, and its judged questions are
asked.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.answers.collection import read_collection
from bot.articles.model import Article, Passage
from bot.articles.questions import read_questions
from bot.articles.sentences import sentence_spans
from bot.articles.split import split
from bot.articles.starter import starter_folder
from bot.articles.store import ArticleStore
from bot.search.analyzer import Analyzer
from bot.search.question_language import question_language
from bot.search.ragged import Ragged

SENTENCES = 5
_PASSAGES_OF_AN_ARTICLE = 30
_FEWEST, _MOST = 4, 9
"""Terms of a query."""


@dataclass(frozen=True, slots=True)
class Material:
    """What texts and queries are made of.

    Attributes:
        sentences: by language.
        questions: as people ask.
    """

    sentences: dict[str, list[str]]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """Passages as the ids of their words, and queries as ids.

    Attributes:
        names: the word of each id.
    """

    passages: Ragged
    queries: tuple[tuple[int, ...], ...]
    names: tuple[str, ...]


def read_material(folders: Sequence[Path]) -> Material:
    """The sentences and questions of collections, or of the shipped knowledge base."""
    if folders:
        collections = [read_collection(folder) for folder in folders]
        passages = [passage for one in collections for passage in one.passages]
        questions = [one.question for collection in collections for one in collection.questions]
    else:
        folder = starter_folder()
        passages = [p for article in ArticleStore(folder).read() for p in split(article)]
        questions = [one.question for one in read_questions(folder / "questions.yaml")]
    sentences: dict[str, list[str]] = {}
    for passage in passages:
        here = sentences.setdefault(passage.article.language, [])
        spans = sentence_spans(passage.text, passage.article.language)
        here.extend(passage.text[start:end] for start, end in spans)
    random.Random(0).shuffle(questions)
    return Material(sentences, tuple(questions))


def make_passages(material: Material, wanted: int) -> tuple[Passage, ...]:
    """So many passages, each of sentences drawn from one language."""
    drawn = random.Random(0)
    languages = sorted(material.sentences)
    made = []
    for number in range(wanted):
        language = languages[number % len(languages)]
        text = " ".join(drawn.choices(material.sentences[language], k=SENTENCES))
        title = f"Article {number // _PASSAGES_OF_AN_ARTICLE}"
        article = Article(f"passage-{number}", title, text, language)
        made.append(Passage(article, 0, len(text), 1, 1))
    return tuple(made)


def make_words(material: Material, wanted: int, analyzer: Analyzer) -> Words:
    """The same for engines that take words: stems, without stop words or concepts."""
    ids: dict[str, int] = {}

    def of(text: str, language: str) -> list[int]:
        units = analyzer.units(text, language)
        return [ids.setdefault(term, len(ids)) for unit in units for term in unit.terms]

    sentences = [
        of(one, code) for code in sorted(material.sentences) for one in material.sentences[code]
    ]
    known = len(ids)
    counts = [len(material.sentences[code]) for code in sorted(material.sentences)]
    first = np.cumsum([0, *counts])[:-1]
    language = np.arange(wanted) % len(counts)
    random_ = np.random.default_rng(0)
    chosen = random_.random((wanted, SENTENCES)) * np.array(counts)[language, None]
    chosen = chosen.astype(np.int64) + first[language, None]
    flat = Ragged.of(
        np.array([n for one in sentences for n in one], dtype=np.int32),
        [len(one) for one in sentences],
    ).take(chosen.ravel())
    passages = Ragged(flat.values, flat.pointer[::SENTENCES].copy())
    asked = (of(q, question_language(q, analyzer.lexicon)) for q in material.questions)
    there = (tuple(n for n in one if n < known) for one in asked)
    queries = tuple(one for one in there if _FEWEST <= len(one) <= _MOST)
    return Words(passages, queries, tuple(ids))
