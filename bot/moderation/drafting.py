"""What somebody hands in, read as the article that would be stored, before anything is stored.

A page, an attached file or a pasted text becomes a `Drafted`; a moderator may mend its metadata,
never its text. Reading takes seconds, so not where others are waiting. It must not know who hands
something in, nor publish it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from bot.articles.attached import file_name, read_attached
from bot.articles.clean import Removed
from bot.articles.dates import date_line
from bot.articles.extract import Extracted, extract
from bot.articles.frontmatter import one_line
from bot.articles.importing import Draft, Shelf, draft
from bot.articles.language import is_language_code
from bot.articles.model import LONGEST_PUBLISHER, LONGEST_TITLE, UNDETERMINED, Article
from bot.articles.sources import Source
from bot.articles.store import FOLDER, Stored, file_text
from bot.errors import ImportRefused, InputError
from bot.fetching.model import Fetched
from bot.fetching.walls import wall_of

# What is never closed goes on to the end: a page of `<` must not be walked once for each of them.
_TAG = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<[^>]*(?:>|\Z)", re.I | re.S)
_MOST_HTML = 300_000
_LINK = re.compile(r"https?://[^\s/]+(?:/\S*)?\Z")


@dataclass(frozen=True, slots=True)
class Drafted:
    """An article as it would be stored, and what is worth knowing before.

    Attributes:
        origin: the address or the file's name it came from; empty for a pasted text.
        removed: what of the text was thrown away, and why.
        notes: what was assumed to read it, as sentences.
        same: the id of the article that holds the same words.
        near: the ids of articles whose text is nearly this one.
        wall: what seems to stand before the article: the rest of a sentence on the page.
        file: the name of the file that it came from.
    """

    article: Article
    origin: str
    removed: tuple[Removed, ...] = ()
    notes: tuple[str, ...] = ()
    same: str | None = None
    near: tuple[str, ...] = ()
    wall: str | None = None
    file: str | None = None


@dataclass(frozen=True, slots=True)
class ReadPage:
    """A page read as an article that has no place among the others yet."""

    fetched: Fetched
    draft: Draft
    wall: str | None


def read_page(fetched: Fetched) -> ReadPage:
    """Read a fetched page as an article.

    Raises:
        ImportRefused: it cannot become one; the sentence says why.
    """
    html = fetched.text if fetched.kind == "html" else ""
    text = _TAG.sub(" ", html[:_MOST_HTML])
    try:
        extracted = read_attached(fetched.body)
        text = extracted.text
        read = draft(extracted)
    except ImportRefused as refused:
        if (wall := wall_of(text, html)) is not None:
            advice = "save the article as a file and add that."
            raise ImportRefused(f"The page {wall}; {advice}") from refused
        raise
    return ReadPage(fetched, read, wall_of(extracted.text, html))


def draft_page(page: ReadPage, shelf: Shelf, source: Source | None = None) -> Drafted:
    """A page's article, as it would be stored.

    Args:
        shelf: the articles that are there.
        source: what is known of its pages, for what they do not say.
    """
    fetched = page.fetched
    drafted = _drafted(page.draft, shelf, fetched.final_url, _last_part(fetched.final_url))
    article = replace(drafted.article, url=fetched.final_url, retrieved=fetched.retrieved.date())
    if source is not None:
        told = article.language == UNDETERMINED and source.language is not None
        language = source.language if told and source.language else article.language
        publisher = article.publisher or source.publisher
        article = replace(article, publisher=publisher, language=language)
    notes = (*drafted.notes, *_sentences([fetched.note] if fetched.note else []))
    return replace(drafted, article=article, notes=notes, wall=page.wall)


def draft_attached(name: str, data: bytes, shelf: Shelf) -> Drafted:
    """An attached file's article, as it would be stored.

    Raises:
        ImportRefused: it cannot become one; the sentence says why.
    """
    plain = file_name(name)
    drafted = _drafted(draft(read_attached(data)), shelf, plain, Path(plain).stem)
    return replace(drafted, file=one_line(plain))


def draft_text(title: str, text: str, shelf: Shelf) -> Drafted:
    """A pasted text's article, as it would be stored.

    Args:
        title: what it is called; empty for what its text says.

    Raises:
        ImportRefused: it cannot become one; the sentence says why.
    """
    extracted: Extracted = extract(text.encode(errors="replace"))
    if title.strip():
        extracted = replace(extracted, title=_title(title))
    return _drafted(draft(extracted), shelf, "", "")


def edited(
    drafted: Drafted,
    *,
    title: str | None = None,
    publisher: str | None = None,
    published: str | None = None,
    language: str | None = None,
    url: str | None = None,
) -> Drafted:
    """The same with other metadata, as a moderator wrote it.

    None leaves what is there; an empty text says that it is not known.

    Raises:
        InputError: something cannot be stored; it tells all of it.
    """
    article, wrong = drafted.article, []
    try:
        if title is not None:
            article = replace(article, title=_title(title))
    except InputError as error:
        wrong.append(str(error))
    if publisher is not None:
        name = one_line(publisher)
        if len(name) > LONGEST_PUBLISHER:
            wrong.append(f"Give the publisher in at most {LONGEST_PUBLISHER} characters.")
        article = replace(article, publisher=name or None)
    if published is not None:
        day = _day(published)
        if published.strip() and day is None:
            wrong.append("Write the day as in 2025-02-26, or leave it empty.")
        article = replace(article, published=day)
    if language is not None:
        code = language.strip().lower()
        if code and not is_language_code(code):
            wrong.append("Write the language as its code of two letters, such as `it`.")
        article = replace(article, language=code or UNDETERMINED)
    if url is not None:
        address = url.strip()
        if address and not (_LINK.match(address) and _is_whole(address)):
            wrong.append("Give the whole address, from https:// on, or leave it empty.")
        article = replace(article, url=address or None)
    if wrong:
        raise InputError(" ".join(wrong))
    return replace(drafted, article=article)


def file_of(article: Article, file: str | None = None) -> tuple[str, bytes]:
    """An article's path in the knowledge folder, and what its file holds.

    Args:
        file: the name of the file that it came from.
    """
    return f"{FOLDER}/{article.id}.md", file_text(article, file).encode()


def changes_of(*drafted: Drafted) -> dict[str, bytes]:
    """What publishing drafted articles changes."""
    return dict(file_of(one.article, one.file) for one in drafted)


def _drafted(read: Draft, shelf: Shelf, origin: str, otherwise: str) -> Drafted:
    article = read.article(shelf.free_id(read.title, otherwise))
    same: Stored | None = shelf.same(article.text)
    return Drafted(
        article=article,
        origin=origin,
        removed=read.cleaned.removed,
        notes=_sentences(read.notes),
        same=same.article.id if same else None,
        near=tuple(one for one in shelf.near(article.text) if not same or one != same.article.id),
    )


def _sentences(notes: Sequence[str]) -> tuple[str, ...]:
    return tuple(f"{note[:1].upper()}{note[1:]}." for note in notes)


def _title(title: str) -> str:
    plain = one_line(title)
    if not plain:
        raise InputError("Give the article a title.")
    if len(plain) > LONGEST_TITLE:
        raise InputError(f"Give the title in at most {LONGEST_TITLE} characters.")
    return plain


def _day(told: str) -> date | None:
    try:
        return date.fromisoformat(told.strip())
    except ValueError:
        return date_line(told.strip())


def _is_whole(address: str) -> bool:
    try:
        return bool(urlsplit(address).hostname)
    except ValueError:
        return False


def _last_part(url: str) -> str:
    return urlsplit(url).path.rstrip("/").rsplit("/", 1)[-1]
