"""Our default, and our default with one part switched off: by weights and rows, never by patching.

It must not know peers or how figures are shown.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from bot.answers.ranking import Weights
from bot.articles.dispute import read_dispute
from bot.articles.lexicon_files import lexicon_files, read_lexicon_files
from bot.articles.starter import borrowed
from bot.search.alternatives import QueryWeights
from bot.search.lexicon import Row, name_rows
from bot.search.tokens import tokenize
from bot.wiring import Tuning
from tests.comparison.columns import Column
from tests.comparison.ours import UnreadTopics, Variant
from tests.comparison.scoring import Maker, System

DISPUTE_FILE = "dispute.yaml"
SEEDS = (1, 2)
DEFAULT = "default"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The rows of a knowledge base by where they come from.

    Attributes:
        whole: all rows of the lexicon, a concept once.
        general: those of every file but the dispute's own.
        dispute: those of the dispute's own file.
        names: people, companies and things of the dispute.
    """

    whole: tuple[Row, ...]
    general: tuple[Row, ...]
    dispute: tuple[Row, ...]
    names: tuple[Row, ...]


def read_rows(knowledge: Path) -> Lexicon:
    """Read the lexicon and the names of a knowledge base, or those it borrows.

    Raises:
        KnowledgeError: they have faults.
    """
    files = lexicon_files(borrowed(knowledge, "lexicon"))
    dispute = read_dispute(borrowed(knowledge, "dispute.yaml"))
    return Lexicon(
        whole=_rows(files),
        general=_rows(path for path in files if path.name != DISPUTE_FILE),
        dispute=_rows(path for path in files if path.name == DISPUTE_FILE),
        names=tuple(name_rows(dispute)),
    )


def _rows(files: Iterable[Path]) -> tuple[Row, ...]:
    return tuple(Row(concept, words) for concept, words in read_lexicon_files(files))


def variants(lexicon: Lexicon) -> Iterator[tuple[str, Maker]]:
    """Our rows of the table, the default first, each with what builds it."""
    default = (*lexicon.whole, *lexicon.names)
    yield DEFAULT, Variant(default)
    for name, tuning in _tunings():
        yield f"without {name}", Variant(default, tuning)
    yield "without phrases", Variant((*map(_words_only, lexicon.whole), *lexicon.names))
    yield "without names of the dispute", Variant(lexicon.whole)
    yield "without lexicon, with names", Variant(lexicon.names)
    yield "without lexicon and names", Variant(())
    bare = Tuning(QueryWeights(most_similar=0), Weights(sentence=0, title=0, pairs=0, cue=0))
    yield "BM25 alone, nothing else", Variant((), bare)
    yield "lexicon: general rows only", Variant(lexicon.general)
    yield "lexicon: dispute rows only", Variant((*lexicon.dispute, *lexicon.names))
    for seed in SEEDS:
        half = random.Random(seed).sample(lexicon.whole, len(lexicon.whole) // 2)
        yield f"lexicon: random half {seed}", Variant((*half, *lexicon.names))

    def unread(column: Column) -> System:
        return UnreadTopics(column, default) if column.topics else Variant(lexicon.general)(column)

    yield "lexicon: topic unread", unread


def _tunings() -> Iterator[tuple[str, Tuning]]:
    """What is switched off by weights alone."""
    query, ranking = QueryWeights(), Weights()
    yield "concepts of single words", Tuning(replace(query, concept=0.0), ranking)
    yield "spelling and similar words", Tuning(replace(query, most_similar=0), ranking)
    other = replace(query, other_language=0.0, known_in_other_language=0.0)
    yield "forms of other languages", Tuning(other, ranking)
    yield "best sentence", Tuning(query, replace(ranking, sentence=0.0))
    yield "title", Tuning(query, replace(ranking, title=0.0))
    yield "neighbours", Tuning(query, replace(ranking, pairs=0.0))
    yield "cue", Tuning(query, replace(ranking, cue=0.0))


def _words_only(row: Row) -> Row:
    """A row without its phrases."""
    words = {
        language: tuple(word for word in words if len(tuple(tokenize(word))) == 1)
        for language, words in row.words.items()
    }
    return Row(row.concept, words)
