"""What changed between two states of the articles, as a moderator wants to see it.

Pure. It must not know where articles are kept, or how a difference is shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bot.articles.model import Article, Passage
from bot.articles.split import split

_FIELDS = ("title", "publisher", "author", "url", "published", "retrieved", "language", "sources")


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A piece of metadata that changed; None where it was or is unknown."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ArticleChange:
    """An article that is in both states, and not the same.

    Attributes:
        plus, minus: passages whose words are only in the later, or only in the earlier state, in
            the order of the article. A passage that only moved is in neither.
    """

    before: Article
    after: Article
    fields: tuple[FieldChange, ...]
    plus: tuple[Passage, ...]
    minus: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class RevisionDiff:
    """What changed from an earlier state to a later one, in the order of ids and paths.

    Attributes:
        files: changed files that are not an article that can be read in both states.
    """

    new: tuple[Article, ...] = ()
    gone: tuple[Article, ...] = ()
    changed: tuple[ArticleChange, ...] = ()
    files: tuple[str, ...] = ()


def diff(
    before: Iterable[Article], after: Iterable[Article], files: Iterable[str] = ()
) -> RevisionDiff:
    """Compare two states; articles that are equal need not be handed in.

    Args:
        files: other files that differ.
    """
    old = {article.id: article for article in before}
    new = {article.id: article for article in after}
    return RevisionDiff(
        tuple(new[one] for one in sorted(new.keys() - old.keys())),
        tuple(old[one] for one in sorted(old.keys() - new.keys())),
        tuple(
            _change(old[one], new[one])
            for one in sorted(old.keys() & new.keys())
            if old[one] != new[one]
        ),
        tuple(sorted(files)),
    )


def _change(before: Article, after: Article) -> ArticleChange:
    fields = tuple(
        FieldChange(name, _told(before, name), _told(after, name))
        for name in _FIELDS
        if getattr(before, name) != getattr(after, name)
    )
    # The language decides where sentences end, so texts that are equal may still be cut otherwise.
    old, new = split(before), split(after)
    return ArticleChange(before, after, fields, _only(new, old), _only(old, new))


def _only(passages: tuple[Passage, ...], others: tuple[Passage, ...]) -> tuple[Passage, ...]:
    """Passages that the others lack; one that stands twice is lacking if they hold it once."""
    left = Counter(passage.text for passage in others)
    lacking = []
    for passage in passages:
        if left[passage.text]:
            left[passage.text] -= 1
        else:
            lacking.append(passage)
    return tuple(lacking)


def _told(article: Article, name: str) -> str | None:
    if name == "sources":
        lines = (
            ", ".join(str(part) for part in (one.title, one.publisher, one.published, one.url)
                      if part is not None)
            for one in article.sources
        )  # fmt: skip
        return "; ".join(lines) or None
    value = getattr(article, name)
    return None if value is None else str(value)
