"""The index of a knowledge folder: the saved one if it is right, else made and saved.

Articles whose files are as they were are not read, cut or analysed again. It must not know who asks
nor what an index is good for.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.articles.store import FOLDER, ArticleStore
from bot.revisions.disk import file_digest
from bot.search.analyzer import Analyzer, stem
from bot.search.cache import Cache, code_digest, files_digest
from bot.search.forward import Analysis, ForwardIndex
from bot.search.lexicon import Lexicon, Row
from bot.search.merging import joined
from bot.search.postings import Postings
from bot.search.ragged import Ragged
from bot.search.saved_file import Saved
from bot.search.shelf import Columns, Shelf
from bot.search.similar import SimilarWords, similar_words

Watch = Callable[[str, int], AbstractContextManager[Callable[[], None]]]
"""(what is done, how many steps) to what is called after each step."""

_INDEX, _LEXICON = "index", "lexicon"


@dataclass(frozen=True, slots=True)
class Opened:
    """An index and what belongs to it.

    Attributes:
        languages: of the passages, most frequent first.
        similar: for each language of the passages its words, found by their letters.
        twins: the numbers of passages that are nearly identical, group by group.
    """

    passages: Shelf
    languages: tuple[str, ...]
    forward: ForwardIndex
    postings: Postings
    similar: dict[str, SimilarWords]
    twins: Ragged


def open_lexicon(
    files: Sequence[Path], rows: Callable[[], Iterable[Row]], cache: Cache
) -> tuple[Lexicon, str]:
    """The lexicon of some files, and the key that it was saved under.

    Args:
        files: all that the rows are read from; equal ones, wherever they lie, are saved once.
        rows: reads them.

    Raises:
        OSError: a file cannot be read.
    """
    key = _key(files)
    saved = cache.read(_LEXICON, key, key)
    if saved is not None:
        prepared = {code: found.data for code, found in saved.arrays.items()}
        return Lexicon((), stem, prepared), key
    lexicon = Lexicon(rows(), stem)
    arrays = {
        code: np.frombuffer(words.encode(), dtype=np.uint8)
        for code, words in lexicon.languages().items()
    }
    # What was read while a file changed is not what the key says.
    if _key(files) == key:
        cache.write(_LEXICON, key, key, {}, arrays)
    return lexicon, key


def open_plain(kind: str, file: Path, read: Callable[[], Any], cache: Cache) -> Any:
    """What a file says, as JSON holds it: kept until the file or the code changes.

    Args:
        kind: what it is, such as `contrasts`.
        read: reads it.
    """
    try:
        key = _key([file])
        saved = cache.read(kind, key, key)
        if saved is not None:
            return saved.head["plain"]
        plain = read()
        if _key([file]) == key:
            cache.write(kind, key, key, {"plain": plain}, {})
    except OSError:
        # Its reader finds the same, and says it better.
        return read()
    return plain


def _key(files: Iterable[Path]) -> str:
    """The digest of files and of the code that reads them.

    Raises:
        OSError: a file cannot be read.
    """
    return f"{code_digest()} {files_digest(files)}"


def open_index(
    store: ArticleStore,
    analyzer: Analyzer,
    key: str,
    cache: Cache,
    watch: Watch | None = None,
    succeeds: str | None = None,
    files: Mapping[str, str] | None = None,
) -> Opened:
    """The index of all articles of a store.

    Args:
        key: of the analyzer's lexicon and code.
        watch: shows how far the analysis is.
        succeeds: a name that this folder shares with those whose articles it takes over, as
            revisions do, so that only what is new among them is analysed; else its own.
        files: path to sha256 of all files of the folder, where somebody has just read them.

    Raises:
        KnowledgeError: there are no articles, or some have faults; it carries all of them.
    """
    place = succeeds or str(store.folder.resolve())
    saved = cache.read(_INDEX, place, key)
    digests = _digests(store) if files is None else _told(files)
    if saved is not None and digests and saved.head["articles"] == digests:
        return _opened(saved)
    # What only making needs is imported only then.
    from bot.search.making import make

    head, arrays = make(store, digests, saved, analyzer, watch)
    written = cache.write(_INDEX, place, key, head, arrays)
    return _opened(
        written or Saved(head, {name: joined(values) for name, values in arrays.items()})
    )


def _digests(store: ArticleStore) -> list[list[str]]:
    """The name and digest of every article's file, in order; none where one cannot be read."""
    try:
        folder = str(store.articles)
        names = sorted(name for name in os.listdir(folder) if name.endswith(".md"))
        return [[name, file_digest(os.path.join(folder, name))] for name in names]
    except OSError:
        # The store finds the same, and says it better.
        return []


def _told(files: Mapping[str, str]) -> list[list[str]]:
    """The same, of files by their paths in the folder."""
    paths = sorted(path for path in files if path.startswith(f"{FOLDER}/") and path.endswith(".md"))
    names = [(path.removeprefix(f"{FOLDER}/"), files[path]) for path in paths]
    return [[name, sha256] for name, sha256 in names if "/" not in name]


def _opened(saved: Saved) -> Opened:
    arrays, languages = saved.arrays, tuple(saved.head["languages"])
    analysis = Analysis.of(arrays)
    passages = Shelf(Columns.restored(arrays), analysis.spans)
    forward = ForwardIndex(passages, analysis, sorted(languages))
    return Opened(
        passages=passages,
        languages=languages,
        forward=forward,
        postings=Postings.restored(arrays, len(passages)),
        similar={code: similar_words(arrays, code) for code in languages},
        twins=Ragged(arrays["twins"], arrays["twin_pointer"]),
    )
