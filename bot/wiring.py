"""The one place that picks the parts and hands them to constructors.

It must not know the terminal or Discord; they ask it for an `Answerer`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bot.answers.answerer import Answerer
from bot.answers.ranking import Ranker, Weights
from bot.articles.dispute import read_dispute
from bot.articles.duplicates import near_duplicates
from bot.articles.lexicon_files import read_lexicon
from bot.articles.model import Passage
from bot.articles.split import split
from bot.articles.starter import borrowed, knowledge_folder
from bot.articles.store import ArticleStore
from bot.search.analyzer import Analyzer
from bot.search.embedded import EmbeddedIndex
from bot.search.encoder import Encoder, open_encoder
from bot.search.forward import ForwardIndex
from bot.search.lexicon import Row, name_rows
from bot.search.query import QueryBuilder, QueryWeights


@dataclass(frozen=True, slots=True)
class Tuning:
    """Every weight of the search, to be compared with parts switched off."""

    query: QueryWeights = field(default_factory=QueryWeights)
    ranking: Weights = field(default_factory=Weights)


def open_answerer(knowledge: Path | None = None, *, semantic: bool = False) -> Answerer:
    """An answerer over the knowledge base in a folder, or over the shipped one.

    Args:
        semantic: whether nearness in meaning counts, too.

    Raises:
        KnowledgeError: the folder cannot be read or has faults; it carries all of them.
        SettingsError: the encoder is wanted and cannot be used.
    """
    encoder = wanted_encoder(semantic)
    folder = knowledge_folder(knowledge)
    articles = ArticleStore(folder).read()
    passages = [passage for article in articles for passage in split(article)]
    return build_answerer(passages, open_analyzer(folder), encoder)


def wanted_encoder(semantic: bool) -> Encoder | None:
    """The encoder, if it is wanted.

    Raises:
        SettingsError: it is wanted and cannot be used.
    """
    return open_encoder() if semantic else None


def open_analyzer(folder: Path) -> Analyzer:
    """The analyzer with the lexicon and the names of a knowledge base.

    Raises:
        KnowledgeError: lexicon or names have faults.
    """
    rows = [Row(concept, words) for concept, words in read_lexicon(borrowed(folder, "lexicon"))]
    dispute = read_dispute(borrowed(folder, "dispute.yaml"))
    return Analyzer([*rows, *name_rows(dispute)])


def build_ranker(
    passages: Sequence[Passage],
    analyzer: Analyzer,
    tuning: Tuning | None = None,
    encoder: Encoder | None = None,
) -> Ranker:
    """A ranker over passages, all in memory."""
    tuning = tuning or Tuning()
    forward = ForwardIndex(passages, analyzer)
    builder = QueryBuilder(analyzer, forward.vocabulary, forward.languages, tuning.query)
    return Ranker(forward, EmbeddedIndex(forward), builder, tuning.ranking, encoder)


def build_answerer(
    passages: Sequence[Passage], analyzer: Analyzer, encoder: Encoder | None = None
) -> Answerer:
    """An answerer over passages, all in memory."""
    twins: dict[str, tuple[Passage, ...]] = {}
    for group in near_duplicates(passages):
        for passage in group:
            twins[passage.id] = tuple(other for other in group if other is not passage)
    ranker = build_ranker(passages, analyzer, encoder=encoder)
    return Answerer(passages, ranker, analyzer, twins)
