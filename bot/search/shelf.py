"""Passages and their articles as flat arrays, each made when it is first asked for.

So a large knowledge base is opened without reading its texts. It must not know terms or scores.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from functools import lru_cache, partial
from typing import Any, overload

import numpy as np

from bot.articles.model import Article, Passage, Reference
from bot.search.growing import Growing, GrowingRows
from bot.search.ragged import Numbers, Positions, Ragged

_KEPT = 4096
"""Articles and passages that stay read."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Articles and passages as arrays.

    Attributes:
        records: for each article what is known of it but the text, JSON.
        languages: for each article its language, which the record says, too: that of all articles
            is asked for, and reading all records takes ten times as long.
        texts: for each article its text, UTF-8.
        counts: for each article how many passages it has.
        starts, ends: for each passage, in code points of the text.
        headings: for each passage, UTF-8; a line break stands for none.
    """

    records: Ragged
    languages: Ragged
    texts: Ragged
    counts: Numbers
    starts: Numbers
    ends: Numbers
    headings: Ragged

    @staticmethod
    def of(articles: Sequence[Article], rows: Sequence[Sequence[Passage]]) -> Columns:
        """The columns of articles and the passages of each."""
        passages = [passage for row in rows for passage in row]
        return Columns(
            records=Ragged.of_texts(map(_record, articles)),
            languages=Ragged.of_texts(article.language for article in articles),
            texts=Ragged.of_texts(article.text for article in articles),
            counts=np.array([len(row) for row in rows], dtype=np.int64),
            starts=np.array([passage.start for passage in passages], dtype=np.int32),
            ends=np.array([passage.end for passage in passages], dtype=np.int32),
            headings=Ragged.of_texts(_NONE if p.heading is None else p.heading for p in passages),
        )

    def arrays(self) -> dict[str, Numbers]:
        """All of it by name."""
        return {
            "records": self.records.values,
            "record_pointer": self.records.pointer,
            "languages": self.languages.values,
            "language_pointer": self.languages.pointer,
            "texts": self.texts.values,
            "text_pointer": self.texts.pointer,
            "counts": self.counts,
            "starts": self.starts,
            "ends": self.ends,
            "headings": self.headings.values,
            "heading_pointer": self.headings.pointer,
        }

    @staticmethod
    def restored(arrays: Mapping[str, Numbers]) -> Columns:
        """What those arrays hold."""
        return Columns(
            records=Ragged(arrays["records"], arrays["record_pointer"]),
            languages=Ragged(arrays["languages"], arrays["language_pointer"]),
            texts=Ragged(arrays["texts"], arrays["text_pointer"]),
            counts=arrays["counts"],
            starts=arrays["starts"],
            ends=arrays["ends"],
            headings=Ragged(arrays["headings"], arrays["heading_pointer"]),
        )

    @property
    def firsts(self) -> Positions:
        """For each article where its passages begin, and where those of the last one end."""
        return Ragged.of(self.starts, self.counts).pointer


class GrowingColumns:
    """Columns that articles are added to, some at a time."""

    def __init__(self) -> None:
        self._records, self._languages = GrowingRows(), GrowingRows()
        self._texts, self._headings = GrowingRows(), GrowingRows()
        self._counts, self._starts, self._ends = Growing(), Growing(), Growing()
        # So that each has its type also where nothing else is added.
        self.add(Columns.of((), ()))

    def add(self, columns: Columns) -> None:
        """Add articles after those that are there."""
        self._records.add(columns.records)
        self._languages.add(columns.languages)
        self._texts.add(columns.texts)
        self._counts.add(columns.counts)
        self._starts.add(columns.starts)
        self._ends.add(columns.ends)
        self._headings.add(columns.headings)

    def whole(self) -> Columns:
        """All of them; nothing can be added any more."""
        return Columns(
            records=self._records.whole(),
            languages=self._languages.whole(),
            texts=self._texts.whole(),
            counts=self._counts.whole(),
            starts=self._starts.whole(),
            ends=self._ends.whole(),
            headings=self._headings.whole(),
        )


class Shelf(Sequence[Passage]):
    """All passages of a knowledge base, in order. Safe to use from any thread.

    Args:
        spans: as in `Analysis`, where that is known.
    """

    def __init__(self, columns: Columns, spans: Ragged | None = None) -> None:
        self._columns = columns
        self._first = columns.firsts
        # Methods would hold the shelf, and only a search for garbage would let go of it.
        self._article = lru_cache(_KEPT)(partial(_read, columns))
        self._passage = lru_cache(_KEPT)(partial(_cut, columns, spans, self._first, self._article))

    def __len__(self) -> int:
        return len(self._columns.starts)

    @overload
    def __getitem__(self, number: int) -> Passage: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Passage]: ...
    def __getitem__(self, number: int | slice) -> Passage | Sequence[Passage]:
        if isinstance(number, slice):
            return [self[one] for one in range(*number.indices(len(self)))]
        return self._passage(range(len(self))[number])

    def __iter__(self) -> Iterator[Passage]:
        for number in range(len(self)):
            yield self[number]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Sequence) or len(other) != len(self):
            return NotImplemented
        return all(one == passage for one, passage in zip(self, other, strict=True))

    __hash__ = None  # type: ignore[assignment]  # as a list, it is compared and not looked up


def languages_of(languages: Ragged, counts: Numbers) -> tuple[str, ...]:
    """The languages of all passages, most frequent first.

    Args:
        languages, counts: as in `Columns`.
    """
    often: Counter[str] = Counter()
    for number, count in enumerate(counts.tolist()):
        often[languages.text(number)] += count
    return tuple(sorted(often, key=lambda language: (-often[language], language)))


_NONE = "\n"


def _read(columns: Columns, number: int) -> Article:
    fields: dict[str, Any] = json.loads(columns.records.text(number))
    return Article(
        **{
            **fields,
            "text": columns.texts.text(number),
            "published": _day(fields["published"]),
            "retrieved": _day(fields["retrieved"]),
            "sources": tuple(
                Reference(**{**one, "published": _day(one["published"])})
                for one in fields["sources"]
            ),
        }
    )


def _cut(
    columns: Columns,
    spans: Ragged | None,
    firsts: Positions,
    article: Callable[[int], Article],
    number: int,
) -> Passage:
    at = int(np.searchsorted(firsts, number, "right")) - 1
    heading = columns.headings.text(number)
    bounds = None if spans is None else spans[number].tolist()
    return Passage(
        article=article(at),
        start=int(columns.starts[number]),
        end=int(columns.ends[number]),
        number=number - int(firsts[at]) + 1,
        of=int(columns.counts[at]),
        heading=None if heading == _NONE else heading,
        sentences=None if bounds is None else tuple(zip(bounds[::2], bounds[1::2], strict=True)),
    )


def _record(article: Article) -> str:
    fields = asdict(replace(article, text=""))
    return json.dumps(fields, default=date.isoformat, ensure_ascii=False)


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
