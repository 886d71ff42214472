"""The things the knowledge base is made of: articles, their references, and passages of them.

Plain, frozen data. It must not know files, search engines or Discord.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

UNDETERMINED = "und"
"""The language of a text that no one could tell (ISO 639-2, BCP 47)."""
REPORTER = "reporter"
"""The account of a sentence that is nobody else's."""
LONGEST_TITLE = 200
LONGEST_PUBLISHER = 100


@dataclass(frozen=True, slots=True)
class Reference:
    """Where an article's facts come from. What is unknown is None, never guessed."""

    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: date | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One stored article.

    Attributes:
        id: unique in the knowledge base; the file's name without its suffix.
        text: the article as members may read it, Markdown headings included.
        language: ISO 639-1 code, or `UNDETERMINED`.
        sha256: hexadecimal digest of `text` in UTF-8.
        account: whose account all of it gives: a side's id, `third` or `reporter`; None where its
            sentences tell.
    """

    id: str
    title: str
    text: str
    language: str = UNDETERMINED
    publisher: str | None = None
    author: str | None = None
    url: str | None = None
    published: date | None = None
    retrieved: date | None = None
    sources: tuple[Reference, ...] = ()
    sha256: str = ""
    account: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A slice of an article: what is indexed, shown and cited.

    Attributes:
        start, end: offsets in code points; `article.text[start:end]` is what is shown.
        number, of: this is passage `number` (from 1) of `of` in its article.
        heading: the nearest heading above the passage's first sentence, if there is one.
        sentences: where its sentences stand in its text, if somebody has found out already.
    """

    article: Article
    start: int
    end: int
    number: int
    of: int
    heading: str | None = None
    sentences: tuple[tuple[int, int], ...] | None = field(default=None, compare=False, repr=False)

    @property
    def text(self) -> str:
        """The passage, word for word as stored."""
        return self.article.text[self.start : self.end]

    @property
    def id(self) -> str:
        """The article's id and the passage's number, as in `stargate#3`."""
        return f"{self.article.id}#{self.number}"


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, company, product or place of the dispute, and its other names.

    Attributes:
        names: language code, or `any`, to the names used in that language.
    """

    id: str
    name: str
    kind: str
    side: str | None = None
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of the dispute and the ids of its people.

    Attributes:
        names: language code to what the side is called in that language.
    """

    id: str
    name: str
    people: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def name_in(self, language: str) -> str:
        """What the side is called in a language, or its name where that is not known."""
        return self.names.get(language) or self.name


@dataclass(frozen=True)
class Dispute:
    """What the knowledge base is about: its name, its sides, who and what takes part."""

    name: str
    sides: tuple[Side, ...] = ()
    entities: tuple[Entity, ...] = ()
