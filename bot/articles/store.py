"""The stored articles: one Markdown file each, front matter above the text, in `articles/`.

It must not know where an article came from or how it is searched.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.articles.model import UNDETERMINED, Article, Reference
from bot.errors import ArticleNotFound, Fault, KnowledgeError, why_not_read, why_not_written

if TYPE_CHECKING:
    from bot.articles.nodes import Fields

# YAML is loaded by what reads or writes files: a base whose index was saved does neither.
FOLDER = "articles"
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_LANGUAGE = re.compile(r"[a-z]{2,3}\Z")
_LINK = re.compile(r"https?://\S+\Z")
_STAMP = re.compile(r"^sha256:.*$", re.MULTILINE)
_STAMP_ADVICE = "Run `python -m bot kb check --stamp` to accept the text as it stands."


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as it lies in the store.

    Attributes:
        file: the name of the file that it was imported from, where it was imported.
        stamped: its file holds the digest of its text.
        account_line: where its file says whose account it gives, from 1.
    """

    article: Article
    path: Path
    file: str | None = None
    stamped: bool = True
    account_line: int = 1

    @property
    def unstamped(self) -> Fault | None:
        """The fault that its file holds no digest of its text, if it does not."""
        if self.stamped:
            return None
        return Fault(self.path, 1, "The article has no `sha256`.", _STAMP_ADVICE)


def digest(text: str) -> str:
    """The sha256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def file_text(article: Article, file: str | None = None) -> str:
    """What an article's file holds.

    Args:
        file: the name of the file that it was imported from.
    """
    from bot.articles import frontmatter

    fields: dict[str, object] = {
        "id": article.id,
        "title": article.title,
        "publisher": article.publisher,
        "author": article.author,
        "url": article.url,
        "published": _day(article.published),
        "retrieved": _day(article.retrieved),
        "language": article.language,
        "account": article.account,
        "sources": [_reference_fields(reference) for reference in article.sources],
        "file": file,
        "sha256": digest(article.text),
    }
    return frontmatter.write_header(fields, article.text)


def stamped(content: str) -> str:
    """An article's file with the digest of its text as it stands; as it is without front matter."""
    from bot.articles import frontmatter

    header = frontmatter.read_header(Path(), content)
    if header.node is None:
        return content
    end = content.index("\n---", 3)
    line = f"sha256: {digest(header.body)}"
    above, below = content[:end], content[end:]
    return (_STAMP.sub(line, above) if _STAMP.search(above) else f"{above}\n{line}") + below


class ArticleStore:
    """The articles of one knowledge folder.

    Args:
        folder: the folder of the knowledge base, which holds `articles/`.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.articles = folder / FOLDER

    def read(self) -> tuple[Article, ...]:
        """All articles, in the order of their ids.

        Raises:
            KnowledgeError: there are no articles, or some have faults; it carries all of them.
        """
        found, faults = self.scan()
        if faults:
            count = f"{len(faults)} fault{'s' if len(faults) > 1 else ''}"
            raise KnowledgeError(f"The knowledge base in {self.folder} has {count}:", faults)
        if not found:
            advice = "add some with `python -m bot kb import PATH...`."
            raise KnowledgeError(f"There are no articles in {self.articles}; {advice}")
        return tuple(stored.article for stored in found)

    def get(self, article_id: str) -> Article:
        """The article with that id.

        Raises:
            ArticleNotFound: there is none.
            KnowledgeError: its file has faults; it carries all of them.
        """
        path = self.path_of(article_id)
        if not _ID.match(article_id) or not path.is_file():
            raise ArticleNotFound(f"There is no article `{article_id}` in {self.articles}.")
        faults: list[Fault] = []
        stored = self._read_one(path, faults)
        if stored is None or faults:
            raise KnowledgeError(f"The article `{article_id}` has faults:", faults)
        return stored.article

    def scan(self) -> tuple[tuple[Stored, ...], tuple[Fault, ...]]:
        """All articles that can be read, and every fault of all of them.

        A folder that does not exist holds no articles.

        Raises:
            KnowledgeError: the folder is there and cannot be listed.
        """
        faults: list[Fault] = []
        found = [self._read_one(path, faults) for path in self._paths()]
        return tuple(stored for stored in found if stored is not None), tuple(faults)

    def path_of(self, article_id: str) -> Path:
        """Where an article with that id lies."""
        return self.articles / f"{article_id}.md"

    def write(self, article: Article, file: str | None = None) -> Path:
        """Write an article, whole or not at all.

        Args:
            file: the name of the file that it was imported from.

        Raises:
            KnowledgeError: the folder cannot be written.
        """
        path = self.path_of(article.id)
        self._replace(path, file_text(article, file))
        return path

    def stamp(self) -> tuple[Path, ...]:
        """Accept all texts as they stand: write the digests that are missing or differ.

        Returns:
            the files that were changed.

        Raises:
            KnowledgeError: a file cannot be written.
        """
        from bot.articles import frontmatter

        changed = []
        for path in self._paths():
            content, _ = frontmatter.read_text(path)
            if content is None:
                continue
            accepted = stamped(content)
            if accepted != content:
                self._replace(path, accepted)
                changed.append(path)
        return tuple(changed)

    def _paths(self) -> list[Path]:
        # Not glob(): it finds nothing in a folder that it may not read, and says nothing.
        try:
            names = os.listdir(self.articles)
        except FileNotFoundError:
            return []
        except NotADirectoryError:
            wrong = self.articles if self.articles.exists() else self.folder
            raise KnowledgeError(f"{wrong} is not a folder; move it or name another.") from None
        except OSError as error:
            raise KnowledgeError(f"{self.articles} {why_not_read(error)}") from error
        return sorted(self.articles / name for name in names if name.endswith(".md"))

    def _read_one(self, path: Path, faults: list[Fault]) -> Stored | None:
        from bot.articles import frontmatter
        from bot.articles.nodes import Fields

        content, unreadable = frontmatter.read_text(path)
        if content is None:
            faults.extend(unreadable)
            return None
        header = frontmatter.read_header(path, content)
        faults.extend(header.faults)
        if header.node is None:
            return None
        fields = Fields(path, header.node, faults, "The front matter")
        stored = _stored(path, fields, header.body)
        fields.finish()
        return stored

    def _replace(self, path: Path, content: str) -> None:
        """Put a file in place in one step, so that a reader or a crash never meets half of it."""
        try:
            self.articles.mkdir(parents=True, exist_ok=True)
            handle, name = tempfile.mkstemp(dir=self.articles, prefix=".", suffix=".part")
            try:
                with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
                    file.write(content)
                    file.flush()
                    os.fsync(file.fileno())
                Path(name).chmod(0o644)
                Path(name).replace(path)
            finally:
                Path(name).unlink(missing_ok=True)
        except OSError as error:
            raise KnowledgeError(f"{path} {why_not_written(error)}") from error


def _stored(path: Path, fields: Fields, body: str) -> Stored:
    article_id = fields.required_text("id")
    if article_id and article_id != path.stem:
        problem = f"The id `{article_id}` is not the file's name."
        advice = f"Write `id: {path.stem}` or rename the file."
        fields.fault(fields.line_of("id"), problem, advice)
    if not _ID.match(path.stem):
        problem = f"The file's name `{path.stem}` is not made of a-z, 0-9 and single hyphens."
        fields.fault(1, problem, "Rename the file and its id.")
    language = fields.text("language") or UNDETERMINED
    if not _LANGUAGE.match(language):
        advice = "Write its ISO 639-1 code, as in `language: it`."
        problem = f"`{language}` is not the code of a language."
        fields.fault(fields.line_of("language"), problem, advice)
    written = fields.text("sha256")
    actual = digest(body)
    if written and written != actual:
        problem = "The text is not the one that was stored (its sha256 differs)."
        fields.fault(fields.line_of("sha256"), problem, _STAMP_ADVICE)
    if not body:
        fields.fault(1, "There is no text.", "Write the article below the front matter.")
    article = Article(
        id=article_id,
        title=fields.required_text("title"),
        text=body,
        language=language,
        publisher=fields.text("publisher"),
        author=fields.text("author"),
        url=_link(fields),
        published=fields.date("published"),
        retrieved=fields.date("retrieved"),
        sources=tuple(map(_reference, fields.mappings("sources", "The source"))),
        sha256=actual,
        account=fields.text("account"),
    )
    line = fields.line_of("account")
    return Stored(article, path, fields.text("file"), written is not None, line)


def _reference(fields: Fields) -> Reference:
    reference = Reference(
        title=fields.text("title"),
        publisher=fields.text("publisher"),
        url=_link(fields),
        published=fields.date("published"),
    )
    fields.finish()
    return reference


def _link(fields: Fields) -> str | None:
    url = fields.text("url")
    if url and not _LINK.match(url):
        advice = "Write the whole address, from https:// on."
        fields.fault(fields.line_of("url"), f"`{url}` is not an address of the web.", advice)
        return None
    return url


def _reference_fields(reference: Reference) -> dict[str, str | None]:
    return {
        "title": reference.title,
        "publisher": reference.publisher,
        "url": reference.url,
        "published": _day(reference.published),
    }


def _day(value: object) -> str | None:
    return None if value is None else str(value)
