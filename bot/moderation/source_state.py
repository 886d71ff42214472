"""What is remembered of sources between two refreshes, in one small file of the data folder.

It can always be made again: a file that is missing or damaged costs one full fetch. It must not
know how anything is fetched.
"""

from __future__ import annotations

import json
import os
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from bot.errors import RecordsError, why_not_written

FILE = "sources.json"


@dataclass(frozen=True, slots=True)
class PageState:
    """A page or feed as it was fetched last.

    Attributes:
        etag, last_modified: to be handed back, so that it is sent only if it has changed.
        article: the id of the page's article.
        text: the sha256 of the article's text that the page gave.
        over: the sha256 of the text that was stored when it gave that; None if none was.
        entries: the addresses that a feed named.
    """

    etag: str | None = None
    last_modified: str | None = None
    article: str | None = None
    text: str | None = None
    over: str | None = None
    entries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceState:
    """A source as it was when it was looked at last.

    Attributes:
        checked: when, in UTC.
        error: what failed then, as a sentence.
    """

    checked: datetime
    error: str | None = None


@dataclass(frozen=True, slots=True)
class States:
    """All that is remembered: pages by address, sources by id."""

    pages: Mapping[str, PageState] = field(default_factory=dict)
    sources: Mapping[str, SourceState] = field(default_factory=dict)


class SourceStates:
    """The file of what is remembered; safe to use from any thread.

    Args:
        path: the file; made with its folder when something is remembered.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = threading.Lock()

    def read(self) -> States:
        """What is remembered; nothing, where the file cannot be read."""
        try:
            held = json.loads(self._path.read_text(encoding="utf-8"))
            return States(
                {url: _page(one) for url, one in held["pages"].items()},
                {
                    source: SourceState(_moment(one["checked"]), _text(one["error"]))
                    for source, one in held["sources"].items()
                },
            )
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return States()

    def remember(self, states: States) -> None:
        """Remember more, beside what is remembered of other pages and sources.

        Raises:
            RecordsError: it cannot be written; what was remembered stays.
        """
        with self._lock:
            before = self.read()
            pages = {**before.pages, **states.pages}
            sources = {**before.sources, **states.sources}
            content = json.dumps(
                {
                    "pages": {url: asdict(one) for url, one in pages.items()},
                    "sources": {
                        source: {"checked": one.checked.isoformat(), "error": one.error}
                        for source, one in sources.items()
                    },
                },
                ensure_ascii=True,
                indent=1,
            )
            try:
                self._replace(content)
            except OSError as error:
                raise RecordsError(f"The file {self._path} {why_not_written(error)}") from error

    def _replace(self, content: str) -> None:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=".", suffix=".part")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(content)
                file.flush()
                os.fsync(file.fileno())
            Path(name).replace(self._path)
        finally:
            Path(name).unlink(missing_ok=True)


def _page(held: Mapping[str, object]) -> PageState:
    entries = held["entries"]
    if not isinstance(entries, list):
        raise TypeError(held)
    return PageState(
        etag=_text(held["etag"]),
        last_modified=_text(held["last_modified"]),
        article=_text(held["article"]),
        text=_text(held["text"]),
        over=_text(held["over"]),
        entries=tuple(map(str, entries)),
    )


def _text(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError(value)
    return value


def _moment(value: str) -> datetime:
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(value)
    return moment
