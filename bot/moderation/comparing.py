"""What became of one fetched page, compared with the article that is stored of it.

People may have changed, removed or never published what a page gave before; what they did is
never undone by a page. Pure, but for reading the page's text. It must not know how pages are
fetched, nor publish.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from bot.articles.importing import Shelf
from bot.articles.model import Article
from bot.articles.sources import Source
from bot.articles.store import Stored
from bot.moderation.drafting import Drafted, ReadPage, draft_page
from bot.moderation.source_state import PageState

_SHRINKS_TO = 0.5
"""Of its letters; an article that keeps less may have become a teaser."""

Outcome = Literal["new", "changed", "unchanged", "gone", "failed", "kept"]


@dataclass(frozen=True, slots=True)
class Page:
    """What became of one page.

    Attributes:
        source: the id of its source.
        outcome: `kept` where people changed or removed its article, and that stays.
        article: the id of its article, if it has one.
        detail: a sentence, or an empty string.
        held: why a person must look at it, as a sentence.
    """

    source: str
    url: str
    outcome: Outcome
    article: str | None = None
    detail: str = ""
    held: str | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """What became of a page, what is to be stored of it and what to be remembered."""

    page: Page
    drafted: Drafted | None = None
    state: PageState | None = None


class Comparer:
    """Compares pages with the articles of one revision.

    Args:
        shelf: its articles; those that come are counted among them.
        taken_back: the ids of articles that people removed, or put back to what they were.
    """

    def __init__(
        self, shelf: Shelf, known: Mapping[str, PageState], taken_back: Collection[str]
    ) -> None:
        self._shelf = shelf
        self._known = known
        self._taken_back = taken_back
        self._by_id = {article.id: article for article in shelf.articles}
        self._by_url = {article.url: article for article in shelf.articles if article.url}

    def stored(self, url: str, final_url: str | None = None) -> Article | None:
        """The article that is stored of a page."""
        state = self._known.get(url)
        by_id = self._by_id.get(state.article or "") if state else None
        return by_id or self._by_url.get(url) or self._by_url.get(final_url or url)

    def may_ask_for_changes_only(self, url: str) -> bool:
        """Whether nothing is lost if a page is sent only where it has changed."""
        return url in self._known and not self._is_outstanding(url)

    def gone(self, source: Source, url: str, why: str) -> Compared:
        """A page that is not there any more."""
        article = self.stored(url)
        if article is None:
            return Compared(Page(source.id, url, "failed", detail=why))
        held = f"The page of `{article.id}` is gone; look whether the article stays."
        return Compared(Page(source.id, url, "gone", article.id, why, held))

    def not_an_article(self, source: Source, url: str, why: str) -> Compared:
        """A page that was fetched, and holds no article."""
        article = self.stored(url)
        if article is None:
            return Compared(Page(source.id, url, "failed", detail=why))
        held = f"The page of `{article.id}` holds no article any more. {why}"
        return Compared(Page(source.id, url, "failed", article.id, why, held))

    def failed(self, source: Source, url: str, why: str) -> Compared:
        """A page that could not be fetched this time."""
        article = self.stored(url)
        return Compared(Page(source.id, url, "failed", article.id if article else None, why))

    def unchanged(self, source: Source, url: str) -> Compared:
        """A page that was not sent, as it has not changed."""
        article = self.stored(url)
        return Compared(Page(source.id, url, "unchanged", article.id if article else None))

    def read(self, source: Source, url: str, read: ReadPage) -> Compared:
        """A page that was fetched and read."""
        article = self.stored(url, read.fetched.final_url)
        if article is None:
            return self._without_article(source, url, read)
        text = read.draft.article(article.id).sha256
        state = self._known.get(url)
        seen = PageState(
            read.fetched.etag, read.fetched.last_modified, article.id, text, article.sha256
        )
        if text == article.sha256:
            return Compared(Page(source.id, url, "unchanged", article.id), state=seen)
        if read.wall is not None:
            return self.not_an_article(source, url, f"The page {read.wall}.")
        if self.may_ask_for_changes_only(url) and state is not None:
            if text == state.text:
                detail = "People changed or put back the article; the page says nothing new."
                return Compared(Page(source.id, url, "kept", article.id, detail))
            if article.sha256 not in {state.text, state.over}:
                detail = f"People changed the article, and the page changed too; add {url} anew."
                return Compared(Page(source.id, url, "kept", article.id, detail))
        drafted = draft_page(read, self._shelf, source)
        # Title and the rest may have been mended by people; a page changes its text alone.
        mended = replace(
            article,
            text=drafted.article.text,
            sha256=drafted.article.sha256,
            retrieved=drafted.article.retrieved,
        )
        page = Page(source.id, url, "changed", article.id, " ".join(drafted.notes))
        held = self._why_held(article, mended, state)
        return Compared(replace(page, held=held), replace(drafted, article=mended), seen)

    def _why_held(self, before: Article, after: Article, state: PageState | None) -> str | None:
        if state is None:
            return f"`{before.id}` did not come from its page; look whether this is its text."
        if before.id in self._taken_back:
            return f"People put back `{before.id}` once; look whether its page may change it."
        if len(after.text) < len(before.text) * _SHRINKS_TO:
            return f"`{before.id}` shrinks to less than half of its text."
        return None

    def _without_article(self, source: Source, url: str, read: ReadPage) -> Compared:
        state = self._known.get(url)
        if read.wall is not None:
            return Compared(Page(source.id, url, "failed", detail=f"The page {read.wall}."))
        if state is not None and state.article in self._taken_back:
            detail = f"People took `{state.article}` away; add {url} to have it again."
            return Compared(Page(source.id, url, "kept", detail=detail))
        drafted = draft_page(read, self._shelf, source)
        article = drafted.article
        if drafted.same is not None:
            detail = f"Its text is that of the article `{drafted.same}`."
            return Compared(Page(source.id, url, "unchanged", drafted.same, detail))
        held = None
        if drafted.near:
            held = f"`{article.id}` is nearly what `{drafted.near[0]}` says."
        self._shelf.remember(Stored(article, self._shelf.path_of(article.id)))
        seen = PageState(read.fetched.etag, read.fetched.last_modified, article.id, article.sha256)
        page = Page(source.id, url, "new", article.id, " ".join(drafted.notes), held)
        return Compared(page, drafted, seen)

    def _is_outstanding(self, url: str) -> bool:
        """What the page gave was not published, and nobody changed what was there before."""
        state = self._known[url]
        article = self.stored(url)
        now = article.sha256 if article else None
        if state.article in self._taken_back:
            return False
        return now == state.over != state.text
