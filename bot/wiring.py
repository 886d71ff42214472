"""The one place that picks the parts and hands them to constructors.

What only some commands need is imported by the function that hands it out. It must not know the
terminal or Discord; they ask it for an `Answerer`.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from platformdirs import user_cache_path

from bot.answers.answerer import Answerer
from bot.answers.disagreement import Disagreements
from bot.answers.ranking import Ranker, Weights
from bot.answers.twins import Twins
from bot.articles.contrasts import FILE as CONTRASTS
from bot.articles.contrasts import Contrasts, contrasts_of, plain_contrasts, read_contrasts
from bot.articles.model import Dispute, Passage
from bot.articles.pins import FILE as PINS
from bot.articles.starter import borrowed, knowledge_folder
from bot.articles.store import ArticleStore
from bot.errors import RecordsError
from bot.search.alternatives import Alternatives, QueryWeights
from bot.search.analyzer import Analyzer
from bot.search.cache import Cache
from bot.search.embedded import EmbeddedIndex
from bot.search.forward import ForwardIndex
from bot.search.lexicon import Row, name_rows
from bot.search.opening import Watch, open_index, open_lexicon, open_plain
from bot.search.postings import Postings
from bot.search.query import QueryBuilder
from bot.search.summing import Sums, numpy_sums

if TYPE_CHECKING:
    from bot.answers.knowledge_base import KnowledgeBase
    from bot.answers.pinning import Pins
    from bot.answers.served import Served
    from bot.records.store import Records
    from bot.search.encoder import Encoder


RECORDS = "records.sqlite3"

log = logging.getLogger(__name__)

_SUGGESTED = ("same", "paraphrase", "cross")
"""The kinds of judged questions that stand by themselves and are spelt as they should be."""


@dataclass(frozen=True, slots=True)
class Extras:
    """Optional parts that are wanted.

    Attributes:
        semantic: whether nearness in meaning counts, too.
        fast: whether postings are summed by compiled code.
    """

    semantic: bool = False
    fast: bool = False


PLAIN = Extras()


@dataclass(frozen=True, slots=True)
class Tuning:
    """Every weight of the search, to be compared with parts switched off."""

    query: QueryWeights = field(default_factory=QueryWeights)
    ranking: Weights = field(default_factory=Weights)


def open_knowledge_base(
    folder: Path | None = None,
    *,
    name: str | None = None,
    extras: Extras = PLAIN,
    succeeds: str | None = None,
    files: Mapping[str, str] | None = None,
) -> KnowledgeBase:
    """The knowledge base in a folder, or the shipped one, ready to be asked.

    Args:
        name: of the revision that the folder holds; without one it is called by its manifest.
        extras: optional parts that are wanted.
        succeeds, files: as in `open_index`.

    Raises:
        KnowledgeError: the folder cannot be read or has faults; it carries all of them.
        SettingsError: an extra is wanted and cannot be used.
    """
    from bot.answers.knowledge_base import KnowledgeBase, Parts
    from bot.revisions.folder import manifest_of_folder

    folder, cache = knowledge_folder(folder), _open_cache()
    answerer = open_answerer(folder, extras=extras, succeeds=succeeds, files=files)
    return KnowledgeBase(
        Parts(
            revision=name or manifest_of_folder(folder)[:7],
            passages=answerer.passages,
            dispute=_open_dispute(borrowed(folder, "dispute.yaml"), cache),
            answerer=answerer,
            analyzer=answerer.analyzer,
            store=ArticleStore(folder),
            questions=_open_suggested(borrowed(folder, "questions.yaml"), cache),
        )
    )


def open_served(folder: Path | None = None, *, extras: Extras = PLAIN) -> Served:
    """What `run` answers from: the knowledge base in a folder, or the shipped one.

    Raises:
        KnowledgeError: the folder cannot be read or has faults; it carries all of them.
        SettingsError: an extra is wanted and cannot be used.
    """
    from bot.answers.served import Served

    return Served(open_knowledge_base(folder, extras=extras))


def open_records(data: Path) -> Records:
    """The records in the data folder; where they cannot be used, ones that last until the end.

    Answering matters more than keeping what was said of answers.
    """
    from bot.records.store import Records

    try:
        return Records.open(data / RECORDS)
    except RecordsError as error:
        log.error("%s Until then nothing is kept.", error)
        return Records.in_memory()


def open_answerer(
    knowledge: Path | None = None,
    *,
    extras: Extras = PLAIN,
    watch: Watch | None = None,
    succeeds: str | None = None,
    files: Mapping[str, str] | None = None,
) -> Answerer:
    """An answerer over the knowledge base in a folder, or over the shipped one.

    Args:
        extras: optional parts that are wanted.
        watch: shows how far the index is where it has to be made.
        succeeds, files: as in `open_index`.

    Raises:
        KnowledgeError: the folder cannot be read or has faults; it carries all of them.
        SettingsError: an extra is wanted and cannot be used.
    """
    encoder, summing = wanted_encoder(extras.semantic), _wanted_sums(extras.fast)
    folder = knowledge_folder(knowledge)
    cache = _open_cache()
    analyzer, key = _open_analyzer(folder, cache)
    found = open_index(ArticleStore(folder), analyzer, key, cache, watch, succeeds, files)
    contrasts = _open_contrasts(borrowed(folder, CONTRASTS), cache)
    pins = _open_pins(folder, found.passages)
    alternatives = Alternatives(
        analyzer, found.forward.vocabulary, found.forward.languages, similar=found.similar
    )
    ranker = Ranker(
        found.forward,
        EmbeddedIndex(found.forward, found.postings, summing),
        QueryBuilder(alternatives),
        encoder=encoder,
    )
    twins, disagreements = Twins(found.twins), Disagreements(analyzer, contrasts)
    return Answerer(found.passages, ranker, analyzer, twins, disagreements, pins, found.languages)


def _open_contrasts(file: Path, cache: Cache) -> Contrasts:
    def read() -> dict[str, Any]:
        return plain_contrasts(read_contrasts(file))

    return contrasts_of(open_plain("contrasts", file, read, cache))


def _open_dispute(file: Path, cache: Cache) -> Dispute:
    from bot.articles.dispute import dispute_of, plain_dispute, read_dispute

    def read() -> dict[str, Any]:
        return plain_dispute(read_dispute(file))

    return dispute_of(open_plain("dispute", file, read, cache))


def _open_suggested(file: Path, cache: Cache) -> tuple[str, ...]:
    """The judged questions that may be suggested."""

    def read() -> list[list[str]]:
        from bot.articles.questions import plain_questions, read_questions

        return plain_questions(read_questions(file))

    # What is kept must not depend on what is wanted here: this file's code is not in its key.
    found = open_plain("judged", file, read, cache)
    return tuple(question for kind, question in found if kind in _SUGGESTED)


def _open_pins(folder: Path, passages: Sequence[Passage]) -> Pins | None:
    file = folder / PINS
    if not file.exists():
        return None
    from bot.answers.pinning import Pins
    from bot.articles.passage_key import PassageKeys
    from bot.articles.pins import read_pins

    pins = read_pins(file)
    return Pins(pins, PassageKeys(passages).of_article) if pins else None


def wanted_encoder(semantic: bool) -> Encoder | None:
    """The encoder, if it is wanted.

    Raises:
        SettingsError: it is wanted and cannot be used.
    """
    from bot.search.encoder import open_encoder

    return open_encoder() if semantic else None


def _wanted_sums(fast: bool) -> Callable[[Postings], Sums[Any]]:
    """What sums postings: compiled code if that is wanted."""
    if not fast:
        return numpy_sums
    from bot.search.compiled import compiled_sums

    return compiled_sums(user_cache_path("receipts", appauthor=False))


def open_analyzer(folder: Path) -> Analyzer:
    """The analyzer with the lexicon and the names of a knowledge base.

    Raises:
        KnowledgeError: lexicon or names have faults.
    """
    return _open_analyzer(folder, _open_cache())[0]


def _open_cache() -> Cache:
    return Cache(user_cache_path("receipts", appauthor=False))


def _open_analyzer(folder: Path, cache: Cache) -> tuple[Analyzer, str]:
    """The analyzer, and what it depends on."""
    from bot.articles.lexicon_files import lexicon_files, read_lexicon

    lexicon, dispute = borrowed(folder, "lexicon"), borrowed(folder, "dispute.yaml")

    def rows() -> Iterator[Row]:
        from bot.articles.dispute import read_dispute

        for concept, words in read_lexicon(lexicon):
            yield Row(concept, words)
        yield from name_rows(read_dispute(dispute))

    found, key = open_lexicon([*lexicon_files(lexicon), dispute], rows, cache)
    return Analyzer(found), key


def build_ranker(
    passages: Sequence[Passage],
    analyzer: Analyzer,
    tuning: Tuning | None = None,
    encoder: Encoder | None = None,
) -> Ranker:
    """A ranker over passages, all in memory."""
    tuning = tuning or Tuning()
    forward = ForwardIndex(passages, analyzer)
    alternatives = Alternatives(analyzer, forward.vocabulary, forward.languages, tuning.query)
    builder = QueryBuilder(alternatives)
    return Ranker(forward, EmbeddedIndex(forward), builder, tuning.ranking, encoder)


def build_answerer(
    passages: Sequence[Passage],
    analyzer: Analyzer,
    encoder: Encoder | None = None,
    contrasts: Contrasts | None = None,
    pins: Pins | None = None,
) -> Answerer:
    """An answerer over passages, all in memory.

    Args:
        contrasts: by which words sources disagree; without them none is told to.
        pins: passages that moderators chose as answers.
    """
    from bot.articles.duplicates import near_duplicates

    numbers = {passage.id: number for number, passage in enumerate(passages)}
    groups = [[numbers[one.id] for one in group] for group in near_duplicates(passages)]
    ranker = build_ranker(passages, analyzer, encoder=encoder)
    disagreements = Disagreements(analyzer, contrasts) if contrasts else None
    return Answerer(passages, ranker, analyzer, Twins.of(groups), disagreements, pins)
