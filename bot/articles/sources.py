"""Where articles are fetched from, and how often: the file sources.yaml.

It must not know how anything is fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from bot.articles.language import is_language_code
from bot.errors import Fault, KnowledgeError

if TYPE_CHECKING:
    from bot.articles.nodes import Fields

FILE = "sources.yaml"
LOSE_AT_MOST = 0.2
SHORTEST = timedelta(minutes=10)

_ADDRESS = re.compile(r"https?://[^\s/]+(?:/\S*)?\Z")
_EVERY = re.compile(r"([1-9]\d{0,3})([mhd])\Z")
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_MANUAL = "manual"
_SHARE = re.compile(r"(\d{1,3})\s?%\Z")

Kind = Literal["page", "feed"]


@dataclass(frozen=True, slots=True)
class Source:
    """A page or feed that articles are fetched from.

    Attributes:
        kind: one page, or a feed of which every entry is an article.
        every: how often; None for only when somebody asks.
        publisher: who publishes it, where its pages do not say so.
        language: of its articles (ISO 639-1), where it is not to be told from their text.
        publishes_itself: whether a small, clean change is published without a person.
        lose_at_most: the share of passages, 0 to 1, whose loss holds a change back for a person.
        line: where it begins in its file, from 1.
    """

    id: str
    url: str
    kind: Kind
    every: timedelta | None = None
    publisher: str | None = None
    language: str | None = None
    publishes_itself: bool = False
    lose_at_most: float = LOSE_AT_MOST
    line: int = field(default=0, compare=False)


def read_sources(path: Path) -> tuple[Source, ...]:
    """Read a file of sources.

    Raises:
        KnowledgeError: it has faults; it carries all of them.
    """
    sources, faults = scan_sources(path)
    if faults:
        raise KnowledgeError(f"{path} has faults:", faults)
    return sources


def scan_sources(path: Path) -> tuple[tuple[Source, ...], tuple[Fault, ...]]:
    """Read sources as far as they can be read, and tell every fault."""
    from bot.articles.frontmatter import load_yaml
    from bot.articles.nodes import Fields

    node, unreadable = load_yaml(path)
    faults = list(unreadable)
    if node is None:
        return (), tuple(faults)
    fields = Fields(path, node, faults, "The file")
    ids: dict[str, int] = {}
    urls: dict[str, int] = {}
    sources = []
    for one in fields.mappings("sources", "The source"):
        source = _source(one)
        _check_twice(one, "id", source.id, ids)
        _check_twice(one, _address_field(source.kind), source.url, urls)
        sources.append(source)
    fields.finish()
    whole = tuple(source for source in sources if source.id and source.url)
    return whole, tuple(sorted(faults, key=lambda fault: fault.line))


def _source(fields: Fields) -> Source:
    kind, url = _address(fields)
    source = Source(
        id=fields.required_text("id"),
        url=url,
        kind=kind,
        every=_every(fields),
        publisher=fields.text("publisher"),
        language=_language(fields),
        publishes_itself=_publishes_itself(fields),
        lose_at_most=_share(fields),
        line=fields.line,
    )
    fields.finish()
    return source


def _address_field(kind: Kind) -> str:
    return "feed" if kind == "feed" else "address"


def _address(fields: Fields) -> tuple[Kind, str]:
    kinds: tuple[Kind, ...] = ("page", "feed")
    given = [(kind, url) for kind in kinds if (url := fields.text(_address_field(kind)))]
    if len(given) != 1:
        advice = "Give `address:` for one page, or `feed:` for an RSS or Atom feed."
        fields.fault(fields.line, "The source needs one address.", advice)
    for kind, url in given:
        name = _address_field(kind)
        if not _ADDRESS.match(url):
            advice = "Write the whole address, from https:// on."
            fields.fault(fields.line_of(name), f"`{name}` is no address of the web.", advice)
        elif "@" in url.split("/", 3)[2]:
            advice = "Write it without them; what needs a log-in cannot be fetched."
            fields.fault(fields.line_of(name), f"`{name}` holds a user or password.", advice)
    return given[0] if given else ("page", "")


def _every(fields: Fields) -> timedelta | None:
    told = fields.text("every")
    if told is None or told == _MANUAL:
        return None
    found = _EVERY.match(told)
    if not found:
        advice = "Write minutes, hours or days, as in 30m, 6h or 1d, or `manual`."
        fields.fault(fields.line_of("every"), f"`every: {told}` is not a time.", advice)
        return None
    every = int(found[1]) * _UNITS[found[2]]
    if every < SHORTEST:
        advice = f"Leave sites {SHORTEST.seconds // 60}m at least."
        fields.fault(fields.line_of("every"), f"`every: {told}` is too often.", advice)
    return every


def _language(fields: Fields) -> str | None:
    language = fields.text("language")
    if language and not is_language_code(language):
        problem = f"`{language}` is not a language's code."
        fields.fault(fields.line_of("language"), problem, "Use ISO 639-1, such as `it`.")
        return None
    return language


def _publishes_itself(fields: Fields) -> bool:
    told = fields.text("publish") or "review"
    if told not in {"auto", "review"}:
        advice = "Write `auto`, or `review` for a person to look at every change."
        fields.fault(fields.line_of("publish"), f"`publish: {told}` is not known.", advice)
    return told == "auto"


def _share(fields: Fields) -> float:
    told = fields.text("lose_at_most")
    if told is None:
        return LOSE_AT_MOST
    found = _SHARE.match(told)
    if not found or int(found[1]) > 100:
        problem = f"`lose_at_most: {told}` is not a share."
        fields.fault(fields.line_of("lose_at_most"), problem, "Write 0% to 100%, such as 20%.")
        return LOSE_AT_MOST
    return int(found[1]) / 100


def _check_twice(fields: Fields, name: str, value: str, seen: dict[str, int]) -> None:
    if value in seen:
        what = "id" if name == "id" else "address"
        problem = f"The {what} `{value}` stands twice, first in line {seen[value]}."
        advice = "Give one of the two another id." if name == "id" else "Keep one of the two."
        fields.fault(fields.line_of(name), problem, advice)
    if value:
        seen.setdefault(value, fields.line)
