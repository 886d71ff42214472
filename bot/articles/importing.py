"""Import of raw files as clean articles: each file is read, repaired, cleaned and stored.

A file that cannot become an article is refused with a sentence; the others are still imported. It
must not know the terminal.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bot.articles.clean import Cleaned, Removed, clean
from bot.articles.duplicates import likeness, normalised, shingles
from bot.articles.extract import Extracted, extract
from bot.articles.frontmatter import one_line
from bot.articles.language import language_of
from bot.articles.meeting import NEAR
from bot.articles.model import LONGEST_TITLE, Article
from bot.articles.store import ArticleStore, Stored, digest
from bot.errors import ImportRefused, KnowledgeError, why_not_read

MOST_BYTES = 5_000_000
FEWEST_WORDS = 40
LONGEST_ID = 60

Status = Literal["imported", "unchanged", "duplicate", "refused"]
_WORDS_OF_PROSE = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file.

    Attributes:
        article: the id of the article that now holds the file's text, if there is one.
        detail: a sentence for people: why it was refused, what it repeats, what was assumed.
        removed: what was thrown away, where the file was imported.
    """

    path: Path
    status: Status
    article: str | None = None
    detail: str = ""
    removed: tuple[Removed, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """What became of all files, in their order."""

    outcomes: tuple[Outcome, ...]

    def of(self, status: Status) -> tuple[Outcome, ...]:
        """The files that ended this way."""
        return tuple(outcome for outcome in self.outcomes if outcome.status == status)


def import_files(
    paths: Iterable[Path],
    store: ArticleStore,
    on_progress: Callable[[int, int, Path], None] | None = None,
) -> Report:
    """Import files, and the files that lie in folders.

    Args:
        on_progress: called before each file with the number of files done, of all, and the file.

    Raises:
        KnowledgeError: the articles that are there cannot be listed.
    """
    files = list(_files(paths))
    shelf = Shelf(store)
    outcomes = []
    for number, path in enumerate(files):
        if on_progress:
            on_progress(number, len(files), path)
        try:
            outcomes.append(shelf.put(path, read_article(path)))
        except (ImportRefused, KnowledgeError) as refused:
            outcomes.append(Outcome(path, "refused", detail=str(refused)))
    return Report(tuple(outcomes))


@dataclass(frozen=True, slots=True)
class Draft:
    """A file read as an article that has no id yet."""

    extracted: Extracted
    cleaned: Cleaned
    title: str
    language: str

    @property
    def notes(self) -> tuple[str, ...]:
        """What was assumed to read it, each without a full stop."""
        heading = "title taken from the first heading" if self.cleaned.borrowed_title else ""
        return tuple(note for note in (self.extracted.note, heading) if note)

    def article(self, article_id: str) -> Article:
        """It as an article."""
        extracted, cleaned = self.extracted, self.cleaned
        return Article(
            id=article_id,
            title=self.title,
            text=cleaned.text,
            language=self.language,
            publisher=extracted.publisher,
            author=extracted.author or cleaned.author,
            url=extracted.url,
            published=extracted.published or cleaned.published,
            sha256=digest(cleaned.text),
        )


def read_article(path: Path) -> Draft:
    """Read a file as an article.

    Raises:
        ImportRefused: it cannot become one; the sentence says why.
    """
    return draft(extract(_content(path)))


def draft(extracted: Extracted) -> Draft:
    """Clean a raw text as an article.

    Raises:
        ImportRefused: too little of it is one.
    """
    # ftfy takes a while to load, and a bot that only answers does without.
    from bot.articles.mojibake import repair

    title = repair(extracted.title) if extracted.title else None
    cleaned = clean(repair(extracted.text), title=title, markdown=extracted.markdown)
    words = len(_WORDS_OF_PROSE.findall(cleaned.text))
    if words < FEWEST_WORDS:
        there = "word of an article is" if words == 1 else "words of an article are"
        raise ImportRefused(f"Only {words} {there} in it; {FEWEST_WORDS} or more are needed.")
    found = one_line(cleaned.title or _first_words(cleaned.text))[:LONGEST_TITLE].strip()
    return Draft(extracted, cleaned, found, language_of(cleaned.text))


class Shelf:
    """The store, with what an import has to know of it: texts, names, ids.

    Raises:
        KnowledgeError: the articles that are there cannot be listed.
    """

    def __init__(self, store: ArticleStore) -> None:
        self._store = store
        stored, _ = store.scan()
        self._ids = {path.stem for path in store.articles.glob("*.md")}
        self._by_words: dict[str, Stored] = {}
        self._shingles: dict[str, frozenset[str]] = {}
        self._articles: dict[str, Article] = {}
        for one in stored:
            self.remember(one)

    def put(self, path: Path, draft: Draft) -> Outcome:
        """Store a draft, unless its text is there already."""
        text = draft.cleaned.text
        name = one_line(path.name)
        same = self.same(text)
        if same is not None:
            if same.file == name:
                return Outcome(path, "unchanged", same.article.id)
            detail = f"Its text is that of the article `{same.article.id}`."
            return Outcome(path, "duplicate", same.article.id, detail)
        self._refuse_other_text(path, draft.title)
        article_id = self.free_id(draft.title, path.stem)
        notes = [f"Its text is nearly that of the article `{one}`." for one in self.near(text)]
        notes += [f"Note: {one}." for one in draft.notes]
        article = draft.article(article_id)
        written = self._store.write(article, name)
        self.remember(Stored(article, written, name))
        return Outcome(path, "imported", article_id, " ".join(notes), draft.cleaned.removed)

    @property
    def articles(self) -> tuple[Article, ...]:
        """All articles that can be read, in the order of their ids."""
        return tuple(self._articles.values())

    def path_of(self, article_id: str) -> Path:
        """Where an article with that id lies, or would lie."""
        return self._store.path_of(article_id)

    def same(self, text: str) -> Stored | None:
        """The article that holds these words, if there is one."""
        return self._by_words.get(normalised(text))

    def near(self, text: str) -> tuple[str, ...]:
        """The ids of the articles whose text is nearly this one."""
        mine = shingles(text)
        return tuple(
            article_id
            for article_id, other in self._shingles.items()
            if likeness(mine, other) >= NEAR
        )

    def free_id(self, title: str, otherwise: str) -> str:
        """An id after a title that no article has.

        Args:
            otherwise: what to make it of where the title has no letters for one.
        """
        wanted = slug(title) or slug(otherwise) or "article"
        article_id, number = wanted, 2
        while article_id in self._ids:
            ending = f"-{number}"
            article_id = f"{wanted[: LONGEST_ID - len(ending)].rstrip('-')}{ending}"
            number += 1
        return article_id

    def remember(self, stored: Stored) -> None:
        """Count an article among those that are there."""
        article = stored.article
        self._ids.add(article.id)
        self._articles[article.id] = article
        self._by_words.setdefault(normalised(article.text), stored)
        self._shingles[article.id] = shingles(article.text)

    def _refuse_other_text(self, path: Path, title: str) -> None:
        wanted = slug(title) or slug(path.stem) or "article"
        for one in self._by_words.values():
            if one.article.id == wanted and one.file == one_line(path.name):
                raise ImportRefused(
                    f"The article `{wanted}` came from a file of this name, but has another text;"
                    f" delete {one.path} first to import it anew."
                )


def slug(title: str) -> str:
    """A title as an id: lower-case ASCII words joined by hyphens, cut between words."""
    plain = unicodedata.normalize("NFKD", title.casefold().replace("đ", "d").replace("ø", "o"))
    words = re.findall(r"[a-z0-9]+", re.sub(r"['’]|[^\x00-\x7f’]", "", plain))
    kept = ""
    for word in words:
        longer = f"{kept}-{word}" if kept else word[:LONGEST_ID]
        if len(longer) > LONGEST_ID:
            break
        kept = longer
    return kept


def _first_words(text: str) -> str:
    line = text.split("\n", 1)[0].lstrip("# ")
    if len(line) <= 80:
        return line
    return line[:80].rsplit(" ", 1)[0] + "…"


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if path.is_dir():
            inside: Sequence[Path] = sorted(path.rglob("*"))
            yield from (
                file
                for file in inside
                if file.is_file()
                and not any(part.startswith(".") for part in file.relative_to(path).parts)
            )
        else:
            yield path


def _content(path: Path) -> bytes:
    try:
        if not path.exists():
            raise ImportRefused("There is no such file.")
        if not path.is_file():
            raise ImportRefused("This is neither a file nor a folder.")
        if path.stat().st_size > MOST_BYTES:
            raise ImportRefused(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
        return path.read_bytes()
    except OSError as error:
        raise ImportRefused(f"The file {why_not_read(error)}") from error
