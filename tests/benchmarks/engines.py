"""Engines that search the same words for the same queries, each in its fastest ordinary way.

Peers come with the extra `bench`; who is not installed is left out. All take a query as ids of
words and give the best ten passages, from one thread.
"""

from __future__ import annotations

import importlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from platformdirs import user_cache_path

from bot.search.compiled import compiled_sums
from bot.search.embedded import EmbeddedIndex, LuceneBM25
from bot.search.forward import Analysis, ForwardIndex
from bot.search.index import QueryTerm
from bot.search.postings import K1, B, Postings
from bot.search.ragged import Ragged
from bot.search.summing import Sums, numpy_sums
from bot.search.vocabulary import Vocabulary
from tests.benchmarks.texts import Words

TOP = 10
Search = Callable[[Sequence[int]], object]


def ours(words: Words, summing: Callable[[Postings], Sums[Any]] = numpy_sums) -> Search:
    """The index of this project."""
    size = len(words.passages)
    nothing = Ragged.of(np.zeros(0, dtype=np.int32), np.zeros(size, dtype=np.int64))
    none = nothing.values
    names = Vocabulary.of(words.names)
    analysis = Analysis(names, words.passages, none, none, nothing, nothing, nothing)
    forward = ForwardIndex((), analysis, ())
    index = EmbeddedIndex(forward, Postings.of(words.passages, len(words.names)), summing)
    terms = [QueryTerm(name, ((name, 1.0),)) for name in words.names]

    def search(query: Sequence[int]) -> object:
        return index.search([terms[n] for n in query], TOP)

    return search


def ours_compiled(words: Words) -> Search:
    """The same with the extra `fast`."""
    importlib.import_module("numba")
    return ours(words, compiled_sums(user_cache_path("receipts", appauthor=False)))


def rank_bm25(words: Words) -> Search:
    """The definition of a score."""
    model = LuceneBM25(_lists(words), k1=K1, b=B)

    def search(query: Sequence[int]) -> object:
        scores = model.get_scores(query)
        best = np.argpartition(scores, -TOP)[-TOP:]
        return best[np.argsort(-scores[best])]

    return search


def bm25s(words: Words, backend: str) -> Search:
    """bm25s; its backend `numba` compiles when it is first asked."""
    package = importlib.import_module("bm25s")
    if backend == "numba":
        importlib.import_module("numba")
    model = package.BM25(k1=K1, b=B, method="lucene", backend=backend)
    ids = {number: number for number in range(len(words.names))}
    model.index((_lists(words), ids), show_progress=False)

    def search(query: Sequence[int]) -> object:
        return model.retrieve([list(query)], k=TOP, show_progress=False, n_threads=0)

    return search


def tantivy(words: Words) -> Search:
    """tantivy, in memory, its queries made of terms and not parsed."""
    package = importlib.import_module("tantivy")
    builder = package.SchemaBuilder()
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="freq")
    schema = builder.build()
    index = package.Index(schema)
    writer = index.writer(num_threads=1)
    for text in _texts(words):
        writer.add_document(package.Document(text=text))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()
    query_of = package.Query
    asked = {n for query in words.queries for n in query}
    terms = {n: (package.Occur.Should, query_of.term_query(schema, "text", f"w{n}")) for n in asked}

    def search(query: Sequence[int]) -> object:
        return searcher.search(query_of.boolean_query([terms[n] for n in query]), TOP).hits

    return search


def xapian(words: Words) -> Search:
    """Xapian, in memory; its bindings come with the system (Debian: python3-xapian)."""
    package = importlib.import_module("xapian")
    database = package.WritableDatabase("", package.DB_BACKEND_INMEMORY)
    for one in _lists(words):
        document = package.Document()
        for number in one:
            document.add_term(f"w{number}")
        database.add_document(document)
    enquire = package.Enquire(database)
    # k1, k2, k3, b and the least length that counts, as all the others.
    enquire.set_weighting_scheme(package.BM25Weight(K1, 0, 1, B, 0))

    def search(query: Sequence[int]) -> object:
        enquire.set_query(package.Query(package.Query.OP_OR, [f"w{n}" for n in query]))
        return [(hit.docid, hit.weight) for hit in enquire.get_mset(0, TOP)]

    return search


def fts5(words: Words) -> Search:
    """SQLite's own, in memory."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE passages USING fts5(text, content='', detail=none)")
    rows = enumerate(_texts(words))
    database.executemany("INSERT INTO passages(rowid, text) VALUES (?, ?)", rows)
    database.execute("INSERT INTO passages(passages) VALUES ('optimize')")
    asked = "SELECT rowid, rank FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"

    def search(query: Sequence[int]) -> object:
        return database.execute(asked, (" OR ".join(f"w{n}" for n in query), TOP)).fetchall()

    return search


ENGINES: dict[str, Callable[[Words], Search]] = {
    "ours": ours,
    "ours, fast": ours_compiled,
    "bm25s, numba": lambda words: bm25s(words, "numba"),
    "bm25s, numpy": lambda words: bm25s(words, "numpy"),
    "tantivy": tantivy,
    "Xapian": xapian,
    "SQLite FTS5": fts5,
    "rank_bm25": rank_bm25,
}
LARGEST = {"SQLite FTS5": 100_000, "Xapian": 100_000, "rank_bm25": 100_000}
"""Beyond so many passages an engine is left out: it takes too long or too much memory."""
FEWEST = 100
"""Passages: some engines refuse to look for ten among fewer than that."""
SLOW = {"rank_bm25": 20, "SQLite FTS5": 50}
"""Engines that are asked only so many of the queries."""


def _lists(words: Words) -> list[list[int]]:
    values = words.passages.values.tolist()
    return [values[start:end] for start, end in pairwise(words.passages.pointer.tolist())]


def _texts(words: Words) -> Iterator[str]:
    for one in _lists(words):
        yield " ".join(f"w{n}" for n in one)
