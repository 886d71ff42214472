"""How an answer looks on Discord: one card for each passage, word for word, with its source.

From an answer to messages, each a list of containers within every limit of Discord's. A passage
that is too long for one card goes on in the next, split where a sentence ends; nothing is left
out. Must not know how answers are found, nor who asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import discord
from discord import ui

from bot.answers.model import Answer, Citation
from bot.answers.quoting import quote_url
from bot.articles.model import Article, Passage, Reference
from bot.articles.sentences import sentence_spans
from bot.cogs.inert import inert_line, marked

MOST_TEXT = 4000
MOST_COMPONENTS = 40
_PARTS_OF_A_CARD = 6
_MOST_BUTTON_URL = 512
_MOST_LINK = 300
_MOST_TITLE = 150
_MOST_NAME = 80
_MOST_WORD = 40
_MOST_LISTED = 5
_MOST_LIST = 900
# Brackets are left out: they would end a Markdown link.
_SAFE_IN_URL = "%/:=&?~#+!$,;'@*"

_ANSWER = discord.Colour(0x2F6F4F)
_NO_ANSWER = discord.Colour(0x6B7280)

Container = ui.Container[ui.LayoutView]
Message = list[Container]


def layout(message: Message) -> ui.LayoutView:
    """The message as discord.py sends it."""
    view = ui.LayoutView(timeout=None)
    for container in message:
        view.add_item(container)
    return view


def messages(answer: Answer) -> list[Message]:
    """The answer as one message, or as several where one cannot hold it."""
    if not answer.answered:
        return [[_no_answer(answer)]]
    cards = [card for citation in answer.citations for card in _cards(citation, answer)]
    return [[card.container() for card in few] for few in _packed(cards)]


@dataclass(frozen=True, slots=True)
class _Card:
    """What goes into one container: a head beside a link, the passage, and what belongs below."""

    head: str
    url: str | None
    body: str
    foot: str

    @property
    def size(self) -> int:
        return len(self.head) + len(self.body) + len(self.foot)

    def container(self) -> Container:
        shown: Container = ui.Container(accent_colour=_ANSWER)
        if self.url is None:
            shown.add_item(ui.TextDisplay(self.head))
        else:
            link: ui.Button[ui.LayoutView] = ui.Button(label="Read the article", url=self.url)
            shown.add_item(ui.Section(self.head, accessory=link))
        shown.add_item(ui.TextDisplay(self.body))
        if self.foot:
            shown.add_item(ui.TextDisplay(self.foot))
        return shown


def _packed(cards: Iterable[_Card]) -> Iterator[list[_Card]]:
    """As many cards in one message as Discord takes."""
    few: list[_Card] = []
    for card in cards:
        size = sum(one.size for one in few) + card.size
        if few and (size > MOST_TEXT or (len(few) + 1) * _PARTS_OF_A_CARD > MOST_COMPONENTS):
            yield few
            few = []
        few.append(card)
    if few:
        yield few


def _cards(citation: Citation, answer: Answer) -> Iterator[_Card]:
    passage = citation.passage
    title = f"### {citation.rank} · {inert_line(passage.article.title, _MOST_TITLE)}"
    if answer.understood_as and citation.rank == 1:
        title = f"{_understood_as(answer.understood_as)}\n{title}"
    foot = _foot(citation)
    goes_on = "-# The passage goes on in the next card."
    longest_head = f"{title}\n{_details(passage, 999, 999)}"
    room = MOST_TEXT - len(longest_head) - max(len(foot), len(goes_on))
    pieces = list(_pieces(citation, room))
    for number, piece in enumerate(pieces, 1):
        yield _Card(
            head=f"{title}\n{_details(passage, number, len(pieces))}",
            url=_button_url(quote_url(citation)) or _button_url(passage.article.url),
            body=piece,
            foot=foot if number == len(pieces) else goes_on,
        )


def _details(passage: Passage, number: int, of: int) -> str:
    article = passage.article
    told = [inert_line(article.publisher, _MOST_NAME)] if article.publisher else []
    told += [article.published.isoformat()] if article.published else []
    told.append(f"passage {passage.number} of {passage.of}")
    told += [f"part {number} of {of}"] if of > 1 else []
    return "-# " + " · ".join(told)


def _understood_as(question: str) -> str:
    return f"-# Understood as: {inert_line(question, _MOST_TITLE)}"


def _foot(citation: Citation) -> str:
    article = citation.passage.article
    lines = []
    if citation.also_in:
        others = (_article_name(passage.article) for passage in citation.also_in)
        lines.append("-# Also in: " + _listed(others))
    if _button_url(article.url) is None and article.sources:
        # Those that can be opened come first, as only a few are named.
        sources = sorted(article.sources, key=lambda one: one.url is None)
        lines.append("-# Sources: " + _listed(map(_reference_name, sources)))
    return "\n".join(lines)


def _pieces(citation: Citation, room: int) -> Iterator[str]:
    """The passage in pieces that fit, each as long as it can be and ending with a sentence."""
    text = citation.passage.text

    def shown(start: int, end: int) -> str:
        return marked(text, (start, end), bold=[citation.best], underlined=citation.highlights)

    def inside_a_sentence(start: int) -> int:
        """Where to split a sentence that alone is too long: after a word, if there is one."""
        end = min(start + room, len(text))
        while len(shown(start, end)) > room:
            end = start + (end - start) * 3 // 4
        return text.rfind(" ", start, end) + 1 or end

    if len(shown(0, len(text))) <= room:
        yield shown(0, len(text))
        return
    spans = sentence_spans(text, citation.passage.article.language)
    stops = [*(start for start, _ in spans), len(text)]
    start = 0
    while start < len(text):
        fitting = [end for end in stops if end > start and len(shown(start, end)) <= room]
        end = fitting[-1] if fitting else inside_a_sentence(start)
        yield shown(start, end)
        start = end


def _no_answer(answer: Answer) -> Container:
    lines = ["### No article here answers that."]
    if answer.understood_as:
        lines.insert(0, _understood_as(answer.understood_as))
    if answer.unknown_words:
        words = (f"“{inert_line(word, _MOST_WORD)}”" for word in answer.unknown_words)
        lines.append("No article mentions " + _listed(words, between=", ") + ".")
    names = dict.fromkeys(_article_name(passage.article) for passage in answer.nearest)
    if names:
        lines.append("The closest articles by title:")
        lines += [f"- {name}" for name in list(names)[:_MOST_LISTED]]
    lines.append("-# Names, dates and other words for the same thing often help.")
    shown: Container = ui.Container(accent_colour=_NO_ANSWER)
    shown.add_item(ui.TextDisplay("\n".join(lines)))
    return shown


def _listed(names: Iterable[str], *, between: str = " · ") -> str:
    """A few names on one line, and how many more there are."""
    every = list(dict.fromkeys(names))
    few = every[:_MOST_LISTED]
    while len(between.join(few)) > _MOST_LIST:
        few.pop()
    left = len(every) - len(few)
    return between.join(few) + (f"{between}and {left} more" if left else "")


def _article_name(article: Article) -> str:
    return _name(article.title, article.publisher, article.url)


def _reference_name(reference: Reference) -> str:
    title = reference.title or reference.publisher or reference.url or "unnamed"
    publisher = reference.publisher if reference.title else None
    return _name(title, publisher, reference.url)


def _name(title: str, publisher: str | None, url: str | None) -> str:
    shown = inert_line(title, _MOST_NAME)
    if _is_web(url) and url is not None:
        address = quote(url, safe=_SAFE_IN_URL)
        shown = f"[{shown}](<{address}>)" if len(address) <= _MOST_LINK else shown
    return f"{shown} ({inert_line(publisher, _MOST_NAME)})" if publisher else shown


def _button_url(url: str | None) -> str | None:
    """The address as a button takes it, or None where it takes it not."""
    if not _is_web(url) or url is None:
        return None
    address = quote(url, safe=_SAFE_IN_URL)
    return address if len(address) <= _MOST_BUTTON_URL else None


def _is_web(url: str | None) -> bool:
    parts = urlsplit(url or "")
    return parts.scheme in ("http", "https") and bool(parts.netloc)
