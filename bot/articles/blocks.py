"""A text's blocks: its paragraphs, headings and other lines that stand alone, with their lines.

What a block is, is told by its shape only. This module must not know what a page's lines mean.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_PROSE_WORDS = 15
_HEADLINE_WORDS = 30
_HEADING_WORDS = 14
_HEADING = re.compile(r"#{1,6}[ \t]+(\S.*?)[ \t]*#*")
_WORD = re.compile(r"\w+(?:['’.,]\w+)*")
_ITEM = re.compile(r"[-*•·–>|]\s|\(?\d+[.)]\s|[a-z]\)\s")
_LINK = re.compile(r"https?://|www\.|@\w|\w@")
_QUOTES = "\"“”„«»‘’'"


@dataclass(frozen=True, slots=True)
class Block:
    """A piece of text between line breaks.

    Attributes:
        line: where it begins, from 1.
    """

    line: int
    text: str

    @property
    def heading(self) -> str | None:
        """The words of a Markdown heading, or None where it is not one."""
        found = _HEADING.fullmatch(self.text)
        return found.group(1) if found else None

    @property
    def words(self) -> int:
        """How many words it holds."""
        return len(_WORD.findall(self.text))

    @property
    def is_prose(self) -> bool:
        """It is long enough for a paragraph, and neither a heading nor a long title."""
        if self.heading is not None or self.words < _PROSE_WORDS:
            return False
        return self.words > _HEADLINE_WORDS or not self.is_headline

    @property
    def is_caption(self) -> bool:
        """It is quoted as a whole or begins without a capital, as the text of a picture does."""
        quoted = self.text[0] in _QUOTES and self.text.rstrip(".")[-1] in _QUOTES
        return quoted or self.text[0].islower()

    @property
    def is_headline(self) -> bool:
        """It has the shape of a title or a heading: no sentence, no item, no address."""
        return (
            self.text[:1] not in _QUOTES
            and not self.is_caption
            and "\n" not in self.text
            and (self.text[-1].isalnum() or self.text[-1] in "?)%")
            and not _ITEM.match(self.text)
            and not _LINK.search(self.text)
            and any(map(str.isalpha, self.text))
        )


def split_lines(text: str) -> Iterator[Block]:
    """Each line that is not empty."""
    for number, line in enumerate(text.split("\n"), 1):
        if stripped := line.strip():
            yield Block(number, stripped)


def split_paragraphs(text: str) -> Iterator[Block]:
    """Lines between empty lines, together; a Markdown heading stands alone."""
    lines: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        alone = _HEADING.fullmatch(line.strip()) is not None
        if lines and (alone or not line.strip()):
            yield Block(number - len(lines), "\n".join(lines).strip())
            lines = []
        if alone:
            yield Block(number, line.strip())
        elif line.strip():
            lines.append(line.rstrip())


def is_wrapped(text: str) -> bool:
    """Paragraphs are broken into lines of one width, as in mail."""
    paragraphs = re.split(r"\n\s*\n", text)
    inner = [line for paragraph in paragraphs for line in paragraph.strip().split("\n")[:-1]]
    even = [line for line in inner if 45 <= len(line) <= 110 and line.rstrip()[-1:] not in '.!?”"']
    return len(inner) >= 4 and len(even) >= 0.7 * len(inner)


def mark_headings(blocks: list[Block]) -> list[Block]:
    """Mark as Markdown headings the lines of a plain text that have a heading's shape and place."""
    marked: list[Block] = []
    for number, block in enumerate(blocks):
        after = blocks[number + 1] if number + 1 < len(blocks) else None
        before = blocks[number - 1] if number else None
        placed = after is not None and after.is_prose and (before is None or before.is_prose)
        if placed and block.is_headline and block.words <= _HEADING_WORDS:
            block = Block(block.line, f"## {block.text}")
        marked.append(block)
    return marked
