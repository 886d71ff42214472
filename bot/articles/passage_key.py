"""A passage's key: short enough for a button, and good for as long as the passage's words stand.

A number of a passage changes when its article does; a key holds where the passage stood and what it
said, so that it is found again where it has only moved, and known to be gone where it was changed.
It must not know what keys are used for.
"""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.articles.model import Article, Passage

_KEY = re.compile(r"(?P<article>[\w-]{8})\.(?P<start>[0-9a-f]+)\.(?P<text>[\w-]{8})\Z", re.ASCII)
KEY = r"[\w-]{8}\.[0-9a-f]{1,8}\.[\w-]{8}"
"""The form of a key, as a regular expression; at most 26 characters."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a key leads to in one revision.

    Attributes:
        article: the article, or None if it is gone.
        passage: the passage that says the same words, or None if none of the article does.
        moved: it stands elsewhere in its article than when the key was made.
    """

    article: Article | None
    passage: Passage | None = None
    moved: bool = False


def article_runs(passages: Sequence[Passage]) -> Iterator[range]:
    """Where the passages of each article stand, of all passages, those of one article together.

    Of a large knowledge base few passages are read for it.
    """
    at = 0
    while at < len(passages):
        run = range(at, at + passages[at].of)
        yield run
        at = run.stop


def key_of(passage: Passage) -> str:
    """The passage's key."""
    return f"{_short(passage.article.id)}.{passage.start:x}.{_short(passage.text)}"


class PassageKeys:
    """Finds passages of one revision by their keys.

    Args:
        passages: all of them, those of one article in their order.
    """

    def __init__(self, passages: Sequence[Passage]) -> None:
        self._passages = passages
        self._places = {passages[run.start].article.id: run for run in article_runs(passages)}
        self._ids = {_short(article_id): article_id for article_id in self._places}

    def find(self, key: str) -> Found:
        """What the key leads to; nothing for what is no key."""
        parts = _KEY.match(key)
        here = self.of_article(self._ids.get(parts["article"], "")) if parts else ()
        if parts is None or not here:
            return Found(None)
        same = [passage for passage in here if _short(passage.text) == parts["text"]]
        if not same:
            return Found(here[0].article)
        start = int(parts["start"], 16)
        nearest = min(same, key=lambda passage: abs(passage.start - start))
        return Found(nearest.article, nearest, nearest.start != start)

    def of_article(self, article_id: str) -> Sequence[Passage]:
        """The passages of an article, in their order; none if there is no such article."""
        return [self._passages[number] for number in self._places.get(article_id, ())]


def _short(text: str) -> str:
    """48 bits of the text's sha256: two of a million texts agree with a chance of 1 in 500."""
    return urlsafe_b64encode(hashlib.sha256(text.encode()).digest()[:6]).decode()
