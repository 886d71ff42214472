"""Lexical search engines as others use them, over title and text of each passage.

They are told the language of each passage and question where they have a use for it. Packages that
may be missing are imported when they are first used. It must not know our search, but for the stop
words and stems that one of the peers is lent.
"""

from __future__ import annotations

import importlib
import re
import sqlite3
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import Stemmer
from rank_bm25 import BM25Okapi, BM25Plus

from bot.articles.model import Passage
from bot.search.analyzer import stem
from bot.search.languages import STEMMERS, STOP_WORDS
from bot.search.tokens import fold, tokenize
from tests.comparison.columns import Asked, Column

Floats = npt.NDArray[np.float64]


def text_of(passage: Passage) -> str:
    """What a peer reads of a passage: the title of its article, and its text."""
    title = passage.article.title.replace("_", " ")
    return f"{title}. {passage.text}"


def best(scores: npt.NDArray[np.floating], k: int) -> list[int]:
    """The numbers of the best scores, equal ones in order."""
    return [int(number) for number in np.argsort(-scores, kind="stable")[:k]]


def our_words(text: str, language: str) -> list[str]:
    """Words of a text as we stem them, without stop words and without any concept."""
    stop_words = STOP_WORDS.get(language, frozenset())
    words = (token.word for token in tokenize(text))
    return [stem(word, language) for word in words if fold(word) not in stop_words]


class StockBM25:
    """rank-bm25 as its README shows it: `text.lower().split()`."""

    def __init__(self, column: Column) -> None:
        self._model = BM25Okapi([text_of(p).lower().split() for p in column.passages])

    def find(self, asked: Asked, k: int) -> Sequence[int]:
        """The numbers of the best passages."""
        return best(np.asarray(self._model.get_scores(asked.whole.lower().split())), k)


class StemmedBM25:
    """rank-bm25's BM25Plus with our stop words and stems."""

    def __init__(self, column: Column) -> None:
        words = [our_words(text_of(p), p.article.language) for p in column.passages]
        self._model = BM25Plus(words)

    def scores(self, asked: Asked) -> Floats:
        """A score for each passage."""
        words = our_words(asked.whole, asked.language)
        return np.asarray(self._model.get_scores(words), dtype=np.float64)

    def find(self, asked: Asked, k: int) -> Sequence[int]:
        """The numbers of the best passages."""
        return best(self.scores(asked), k)


class BM25S:
    """bm25s with its own stop words and PyStemmer, each text in its language."""

    def __init__(self, column: Column) -> None:
        self._package = importlib.import_module("bm25s")
        self._stemmers = {code: Stemmer.Stemmer(name) for code, name in STEMMERS.items()}
        self._model = self._package.BM25()
        words = [self._words(text_of(p), p.article.language) for p in column.passages]
        self._model.index(words, show_progress=False)

    def find(self, asked: Asked, k: int) -> Sequence[int]:
        """The numbers of the best passages."""
        words = self._words(asked.whole, asked.language)
        return best(self._model.get_scores(words), k) if words else []

    def _words(self, text: str, language: str) -> list[str]:
        found: list[list[str]] = self._package.tokenize(
            [text],
            stopwords=language if language in STEMMERS else [],
            stemmer=self._stemmers.get(language),
            return_ids=False,
            show_progress=False,
        )
        return found[0]


class Tantivy:
    """tantivy with a field for each language, stemmed and without stop words; all are asked."""

    def __init__(self, column: Column) -> None:
        package = importlib.import_module("tantivy")
        self._fields = sorted({passage.article.language for passage in column.passages})
        builder = package.SchemaBuilder()
        builder.add_unsigned_field("number", stored=True)
        for language in self._fields:
            builder.add_text_field(language, tokenizer_name=f"{language}_words")
        self._index = package.Index(builder.build())
        for language in self._fields:
            words = package.TextAnalyzerBuilder(package.Tokenizer.simple())
            words = words.filter(package.Filter.lowercase())
            if name := STEMMERS.get(language):
                words = words.filter(package.Filter.stopword(name))
                words = words.filter(package.Filter.stemmer(name))
            self._index.register_tokenizer(f"{language}_words", words.build())
        writer = self._index.writer(num_threads=1)
        for number, passage in enumerate(column.passages):
            document = package.Document(
                number=number, **{passage.article.language: text_of(passage)}
            )
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def find(self, asked: Asked, k: int) -> Sequence[int]:
        """The numbers of the best passages."""
        words = " ".join(re.findall(r"\w+", asked.whole.lower()))
        query, _ = self._index.parse_query_lenient(words, self._fields)
        hits = self._searcher.search(query, k).hits
        return [int(self._searcher.doc(address)["number"][0]) for _, address in hits]


class FullText5:
    """SQLite's FTS5 with its Porter stemmer, which is English, where a passage is."""

    def __init__(self, column: Column) -> None:
        english = any(passage.article.language == "en" for passage in column.passages)
        words = "porter unicode61" if english else "unicode61"
        self._database = sqlite3.connect(":memory:")
        self._database.execute(
            f"CREATE VIRTUAL TABLE passages USING fts5(text, tokenize='{words}')"
        )
        self._database.executemany(
            "INSERT INTO passages (rowid, text) VALUES (?, ?)",
            ((number, text_of(passage)) for number, passage in enumerate(column.passages)),
        )

    def find(self, asked: Asked, k: int) -> Sequence[int]:
        """The numbers of the best passages."""
        query = " OR ".join(f'"{word}"' for word in re.findall(r"\w+", asked.whole))
        if not query:
            return []
        rows = self._database.execute(
            "SELECT rowid FROM passages WHERE passages MATCH ? ORDER BY bm25(passages) LIMIT ?",
            (query, k),
        )
        return [int(number) for (number,) in rows]


def has_full_text() -> bool:
    """Whether this Python's SQLite was built with FTS5."""
    with sqlite3.connect(":memory:") as database:
        [(used,)] = database.execute("SELECT sqlite_compileoption_used('ENABLE_FTS5')")
    return bool(used)
