"""What of a page's text is the article. Nothing is composed: blocks of the text stay or go, whole.

What goes is reported with its line and the reason. Plain text gets its headings marked as Markdown
does. It must not know files or where a text came from.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.articles import boilerplate
from bot.articles.blocks import Block, is_wrapped, mark_headings, split_lines, split_paragraphs
from bot.articles.dates import date_line, leading_date

_OPENING_BLOCKS = 8
_REPEATED = 0.6
_SHORTEST_WORD = 4
_IMAGE = re.compile(r"(?:!\[[^\]]*\]\([^)]*\)\s*)+")
_BYLINE = re.compile(
    r"(?i:by|written by|author:?|di|a cura di|scritto da|autore:?|por|par|von)\s+"
    r"(?P<name>[A-ZÀ-Þ][\w.'’-]+(?:\s+(?:de |del |della |di |von |van )?[A-ZÀ-Þ][\w.'’-]*){1,3})"
)
# Initials in front of a headline that begins anew behind them: a byline's or a category's rest.
_GLUED_LABEL = re.compile(r"[A-Z]{2,3} (?=(?:The|An|Il|Lo|Gli|El|Los|Las|Der|Die|Das|Les)\b \w)")
_UNSEEN = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u200b\u2060\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")


@dataclass(frozen=True, slots=True)
class Removed:
    """A piece of the text that does not belong to the article.

    Attributes:
        line: where it begins in the text, from 1.
    """

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Cleaned:
    """An article's text, what it says of itself, and what went.

    Attributes:
        borrowed_title: the title is the text's first heading, which stays in the text.
    """

    text: str
    title: str | None
    published: date | None
    author: str | None
    removed: tuple[Removed, ...]
    borrowed_title: bool = False


def clean(text: str, *, title: str | None = None, markdown: bool = False) -> Cleaned:
    """Keep what is the article.

    Args:
        title: the title, where the page itself gives it.
        markdown: headings are marked, and paragraphs are separated by empty lines.
    """
    text = tidy(text)
    in_paragraphs = markdown or is_wrapped(text)
    blocks = list(split_paragraphs(text) if in_paragraphs else split_lines(text))
    page = _Page(blocks)
    page.drop_boilerplate()
    page.take_imprint()
    page.take_title(title)
    kept = page.blocks if markdown else mark_headings(page.blocks)
    heading = next((block.heading for block in kept if block.heading), None)
    return Cleaned(
        text="\n\n".join(block.text for block in kept),
        title=page.title or heading,
        published=page.published,
        author=page.author,
        removed=tuple(sorted(page.removed, key=lambda gone: gone.line)),
        borrowed_title=heading is not None and not page.title,
    )


def tidy(text: str) -> str:
    """The text in composed Unicode, with plain line ends and without characters no one can see."""
    return _UNSEEN.sub("", _LINE_ENDS.sub("\n", unicodedata.normalize("NFC", text)))


class _Page:
    """The blocks of a text while it is taken apart, step by step."""

    def __init__(self, blocks: Sequence[Block]) -> None:
        self.blocks = list(blocks)
        self.removed: list[Removed] = []
        self.title: str | None = None
        self.published: date | None = None
        self.author: str | None = None

    def drop_boilerplate(self) -> None:
        """Drop what the site put around the article."""
        last_prose = max((n for n, block in enumerate(self.blocks) if block.is_prose), default=-1)
        kept: list[Block] = []
        in_list = False
        for number, block in enumerate(self.blocks):
            line = block.heading or block.text
            in_list = in_list or (number > last_prose and boilerplate.begins_list(line))
            why = boilerplate.reason(line)
            if why is None and _IMAGE.fullmatch(block.text):
                why = "a picture"
            if why is None and in_list:
                why = "the page's list of other articles"
            if why is None:
                kept.append(block)
            else:
                self._remove(block, why)
        self.blocks = kept

    def take_imprint(self) -> None:
        """Take the date and the author out of the first blocks, where they stand alone there."""
        kept: list[Block] = []
        for number, block in enumerate(self.blocks):
            if number < _OPENING_BLOCKS:
                rest = self._without_imprint(block)
                if rest is None:
                    continue
                block = rest
            kept.append(block)
        self.blocks = kept

    def _without_imprint(self, block: Block) -> Block | None:
        if self.published is None:
            if day := date_line(block.text):
                self.published = day
                self._remove(block, "the date")
                return None
            self.published, end = leading_date(block.text)
            if end:
                self._remove(Block(block.line, block.text[:end].strip()), "the date")
                return Block(block.line, block.text[end:]) if block.text[end:] else None
        if self.author is None and (found := _BYLINE.fullmatch(block.text)):
            self.author = found["name"]
            self._remove(block, "the author")
            return None
        return block

    def take_title(self, given: str | None) -> None:
        """Take the title out of the text, with every repetition of it."""
        opening = self._opening()
        self.title = given
        if given is None and (chosen := _headline(opening)):
            self.blocks.remove(chosen)
            self.title = self._without_label(chosen)
        if self.title is None:
            return
        kept: list[Block] = []
        for block in self.blocks:
            if _folded(block.heading or block.text) == _folded(self.title):
                self._remove(block, "the title again")
            elif block in opening and block.is_caption and _repeats(block.text, self.title):
                self._remove(block, "a caption that repeats the title")
            else:
                kept.append(block)
        self.blocks = kept

    def _opening(self) -> list[Block]:
        """The blocks above the first paragraph; all of them may be titles and captions."""
        prose = (n for n, b in enumerate(self.blocks) if b.is_prose and not b.is_caption)
        return self.blocks[: min(next(prose, 0), _OPENING_BLOCKS)]

    def _without_label(self, chosen: Block) -> str:
        title = chosen.heading or chosen.text
        if label := _GLUED_LABEL.match(title):
            self._remove(Block(chosen.line, label.group().strip()), "a label before the title")
            title = title[label.end() :]
        return title

    def _remove(self, block: Block, why: str) -> None:
        self.removed.append(Removed(block.line, block.text, why))


def _headline(opening: Sequence[Block]) -> Block | None:
    """The title among the first blocks: a marked one, or the first with a title's shape.

    Of several lines a very short one is rather the name of a site or a category.
    """
    marked = [block for block in opening if block.text.startswith("# ")]
    shaped = [block for block in opening if block.is_headline]
    long = [block for block in shaped if block.words >= 4]
    return next(iter([*marked, *long, *shaped]), None)


def _folded(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


def _repeats(caption: str, title: str) -> bool:
    said, meant = _telling_words(caption), _telling_words(title)
    shared = len(said & meant)
    return bool(meant) and shared >= _REPEATED * min(len(said), len(meant))


def _telling_words(text: str) -> set[str]:
    return {word for word in _folded(text).split() if len(word) >= _SHORTEST_WORD}
