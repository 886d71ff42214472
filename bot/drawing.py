"""A timeline as a picture, and the words for those who do not see it.

It must not know Discord, nor how the statements were found. Every sentence is drawn verbatim, up to
the ellipsis where it is too long.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import BytesIO
from types import MappingProxyType

from PIL import Image, ImageDraw

from bot.answers.timeline import Entry, Timeline
from bot.articles.moments import in_words
from bot.articles.occurrences import Statement
from bot.lettering import ELLIPSIS, Lettering
from bot.palette import DARK, LIGHT, TEXT_CONTRAST, Palette, distinct, mixed, rgb

WIDTH = 1200
TALLEST = 2
"""The greatest height, in widths."""
LONGEST_ALT = 1024
"""What Discord takes as the description of a picture, in UTF-16 code units."""

_FEW = 8
"""Up to so many entries get three lines each, more get two."""
_MOST_COLOURS = 16
_SHADES = 16
"""Between a colour and the background, for smooth edges."""


@dataclass(frozen=True, slots=True)
class Account:
    """Who says it, for the legend: a name and the colour of its dots, as `#rrggbb`."""

    name: str
    colour: str


_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "title": "Timeline",
            "more": "and {} more",
            "one more": "and 1 more",
            "also": "also in {}",
            "none": "No dated statement.",
        },
        "it": {
            "title": "Cronologia",
            "more": "e altre {}",
            "one more": "e un'altra",
            "also": "anche in {}",
            "none": "Nessuna frase datata.",
        },
    }
)


def draw_timeline(
    timeline: Timeline,
    *,
    dark: bool = True,
    width: int = WIDTH,
    language: str = "en",
    colours: Mapping[Statement, Account] = MappingProxyType({}),
) -> bytes:
    """Draw a timeline as a PNG: a vertical line, evenly spaced, with a mark at each year.

    Entries that do not fit into four widths are told as a number. Characters that the font lacks
    are marked as left out.

    Args:
        width: in pixels; everything scales with it.
        language: of the dates and the few words around them; English where it is not known.
        colours: whose account a statement is; a colour too close to the background is changed.
    """
    return _Picture(timeline, DARK if dark else LIGHT, width, language, colours).png()


def alt_text(timeline: Timeline, *, language: str = "en") -> str:
    """What the picture shows, in at most 1024 UTF-16 code units: dates and how sentences begin."""
    words = _WORDS.get(language, _WORDS["en"])
    head = words["title"]
    if timeline.topic:
        head += f": {_beginning(timeline.topic, 100)}"
    if not timeline.entries:
        return f"{head}. {words['none']}"
    told = list(timeline.entries)
    while True:
        left_out = timeline.left_out + len(timeline.entries) - len(told)
        tail = f" ({_more(left_out, words)})" if left_out else ""
        dates = [f"{_when(entry.statement, language)}: " for entry in told]
        spare = (
            LONGEST_ALT - _units(head + ".") - _units(tail) - sum(map(_units, dates)) - len(told)
        )
        each = spare // len(told)
        if each >= 20 or len(told) == 1:
            break
        told.pop()
    lines = [
        date + _beginning(entry.statement.text, each)
        for date, entry in zip(dates, told, strict=True)
    ]
    return f"{head}.{tail}\n" + "\n".join(lines)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """An entry, set in lines.

    Attributes:
        date: None where the mark of its year says it.
    """

    statement: Statement
    date: str | None
    lines: list[str]
    source: str


class _Picture:
    """One timeline on its way to a PNG."""

    def __init__(
        self,
        timeline: Timeline,
        palette: Palette,
        width: int,
        language: str,
        colours: Mapping[Statement, Account],
    ) -> None:
        self._timeline = timeline
        self._palette = palette
        self._scale = width / WIDTH
        self._width = width
        self._language = language
        self._words = _WORDS.get(language, _WORDS["en"])
        self._colours = colours
        self._used: set[str] = set()
        self._title = Lettering(self._px(48), 700)
        self._year = Lettering(self._px(44), 700)
        self._date = Lettering(self._px(32), 700)
        self._body = Lettering(self._px(36))
        self._small = Lettering(self._px(27))
        self._axis = self._px(56)
        self._left = self._px(112)
        self._room = width - self._left - self._px(56)
        self._gap = self._px(36)

    def png(self) -> bytes:
        entries = self._timeline.entries
        most = 3 if len(entries) <= _FEW else 2
        drawn = [self._set(entry, most) for entry in entries]
        head = self._head()
        top = sum(font.line for font, _, _ in head) + self._px(56) + self._gap
        foot = self._small.line + self._gap
        shown, bottom = self._fitting(drawn, top, self._width * TALLEST - foot - self._px(40))
        left_out = self._timeline.left_out + len(drawn) - len(shown)
        height = bottom + (foot if left_out else 0) + self._px(24)
        image = Image.new("RGB", (self._width, height), self._palette.background)
        pen = ImageDraw.Draw(image)
        y = self._px(48)
        for font, text, colour in head:
            self._write(pen, self._axis - self._px(14), y, text, font, colour)
            y += font.line
        if shown:
            self._entries(pen, shown, top)
        if left_out:
            text = _more(left_out, self._words)
            self._write(pen, self._left, bottom, text, self._small, self._palette.muted)
        out = BytesIO()
        self._few_colours(image).save(out, "PNG", compress_level=6)
        return out.getvalue()

    def _few_colours(self, image: Image.Image) -> Image.Image:
        """The picture in the shades of the colours that it is made of, a third of the bytes."""
        palette = self._palette
        drawn = [palette.text, palette.muted, palette.accent, palette.line, *sorted(self._used)]
        shades = [
            part
            for colour in drawn[:_MOST_COLOURS]
            for step in range(_SHADES)
            for part in rgb(mixed(colour, palette.background, step / (_SHADES - 1)))
        ]
        table = Image.new("P", (1, 1))
        table.putpalette(shades)
        return image.quantize(palette=table, dither=Image.Dither.NONE)

    def _colour(self, colour: str) -> str:
        found = distinct(colour, self._palette, TEXT_CONTRAST)
        self._used.add(found)
        return found

    def _head(self) -> list[tuple[Lettering, str, str]]:
        """The lines above: title, who is which colour, or that there is nothing."""
        topic = self._timeline.topic
        title = self._words["title"] + (f": {topic}" if topic else "")
        room = self._width - 2 * self._axis
        lines = [
            (self._title, line, self._palette.text) for line in self._title.lines(title, room, 2)
        ]
        if not self._timeline.entries:
            lines.append((self._body, self._words["none"], self._palette.muted))
        names = {account.name: account.colour for account in self._accounts()}
        for name, colour in names.items():
            seen = self._colour(colour)
            line = self._small.lines(f"● {name}", room, 1)[0]
            lines.append((self._small, line, seen))
        return lines

    def _accounts(self) -> Iterator[Account]:
        for entry in self._timeline.entries:
            if account := self._colours.get(entry.statement):
                yield account

    def _set(self, entry: Entry, most: int) -> _Drawn:
        statement = entry.statement
        article = statement.passage.article
        parts = [article.publisher, article.title]
        if account := self._colours.get(statement):
            parts.insert(0, account.name)
        if entry.also_in:
            parts.insert(0, self._words["also"].format(len(entry.also_in)))
        return _Drawn(
            statement,
            self._date_of(statement),
            self._body.lines(statement.text, self._room, most),
            "".join(self._small.lines(" · ".join(filter(None, parts)), self._room, 1)),
        )

    def _date_of(self, statement: Statement) -> str | None:
        if statement.when.month is None and statement.until is None:
            return None
        return self._date.drawable(_when(statement, self._language))

    def _fitting(self, drawn: list[_Drawn], top: int, most: int) -> tuple[list[_Drawn], int]:
        """The entries that fit above a height, and where they end."""
        shown: list[_Drawn] = []
        y = top
        year = None
        for one in drawn:
            after = y + self._height(one)
            if one.statement.when.year != year:
                year = one.statement.when.year
                after += self._year.line
            if shown and after > most:
                break
            shown.append(one)
            y = after
        return shown, y

    def _height(self, one: _Drawn) -> int:
        date = self._date.line if one.date else 0
        source = self._small.line if one.source else 0
        return date + len(one.lines) * self._body.line + source + self._gap

    def _entries(self, pen: ImageDraw.ImageDraw, shown: list[_Drawn], top: int) -> None:
        palette = self._palette
        marks: list[tuple[int, int, str]] = []
        y, year = top, None
        for one in shown:
            if one.statement.when.year != year:
                year = one.statement.when.year
                marks.append((y + self._year.line // 2, self._px(15), palette.accent))
                self._write(pen, self._left, y, str(year), self._year, palette.accent)
                y += self._year.line
            account = self._colours.get(one.statement)
            colour = self._colour(account.colour) if account else palette.text
            first_line = self._date if one.date else self._body
            marks.append((y + first_line.line // 2, self._px(11), colour))
            below = y + self._height(one)
            if one.date:
                self._write(pen, self._left, y, one.date, self._date, palette.text)
                y += self._date.line
            for line in one.lines:
                self._write(pen, self._left, y, line, self._body, palette.text)
                y += self._body.line
            self._write(pen, self._left, y, one.source, self._small, palette.muted)
            y = below
        first, last = marks[0][0], marks[-1][0]
        pen.line((self._axis, first, self._axis, last), fill=palette.line, width=self._px(4))
        for at, radius, colour in marks:
            box = (self._axis - radius, at - radius, self._axis + radius, at + radius)
            pen.ellipse(box, fill=colour, outline=palette.background, width=self._px(4))

    def _write(
        self, pen: ImageDraw.ImageDraw, x: int, y: int, text: str, font: Lettering, colour: str
    ) -> None:
        pen.text((x, y + font.line // 2), text, fill=colour, font=font.font, anchor="lm")

    def _px(self, size: int) -> int:
        return max(1, round(size * self._scale))


def _more(count: int, words: Mapping[str, str]) -> str:
    return words["one more"] if count == 1 else words["more"].format(count)


def _when(statement: Statement, language: str) -> str:
    return in_words(statement.when, language, statement.until)


def _beginning(text: str, most: int) -> str:
    """The beginning of a text on one line, cut at a word if there is one to cut at."""
    text = " ".join(text.split())
    if _units(text) <= most:
        return text
    kept = text.encode("utf-16-le")[: 2 * (most - 1)].decode("utf-16-le", "ignore")
    at_word = kept.rpartition(" ")[0] if not text[len(kept)].isspace() else kept
    return (at_word or kept).rstrip(" ,;:–—-") + ELLIPSIS


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
