"""The text of a PDF: its lines put together to paragraphs, without what stands on every page.

The only module that knows pypdf. It must not know what of the text is the article.
"""

from __future__ import annotations

import re
import time
import zlib
from collections import Counter
from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from bot.articles.extract import Extracted
from bot.errors import ImportRefused

if TYPE_CHECKING:
    from pypdf import PdfReader

MOST_PAGES = 300
MOST_CHARACTERS = 1_000_000
MOST_SECONDS = 20.0

_EDGE = 2  # lines at the top and at the bottom of a page that may be running heads
_FULL = 0.75  # of the usual width; a shorter line ends its paragraph
_FEWEST_LETTERS = 100
_NUMBER = re.compile(r"\d+")
_BROKEN_WORD = re.compile(r"(\w+)-$")
_NOTE = "its lines were put together, without what stands on every page"
# Titles that programs give by themselves.
_NO_TITLE = re.compile(r"untitled|microsoft word|\.(?:docx?|odt|indd|pdf|tex|dvi)\b|^\W*$", re.I)


def extract_pdf(data: bytes, seconds: float = MOST_SECONDS) -> Extracted:
    """Read a PDF's text.

    Args:
        seconds: after which no further page is read.

    Raises:
        ImportRefused: it is encrypted, broken, too large or holds only pictures.
    """
    # It takes a fifth of a second to load; only PDFs pay for it.
    from pypdf import PdfReader
    from pypdf.errors import DependencyError, DeprecationError, PyPdfError

    try:
        reader = PdfReader(BytesIO(data))
        # Many are encrypted without a password, so that they can be read but not changed.
        if reader.is_encrypted and not reader.decrypt(""):
            raise ImportRefused("The PDF is protected by a password; save it without one.")
        pages = [page.splitlines() for page in _pages(reader, time.monotonic() + seconds)]
        title, author = _says(reader)
    except DependencyError:
        raise ImportRefused("The PDF is encrypted; save it without encryption.") from None
    except (
        PyPdfError, DeprecationError, ValueError, LookupError, TypeError, AttributeError,
        ArithmeticError, RecursionError, NotImplementedError, AssertionError, zlib.error,
    ) as error:  # fmt: skip
        # Whatever else its parser meets in a broken file.
        raise ImportRefused("The PDF is broken; open it, and save or print it anew.") from error
    text = "\n".join(_paragraphs(pages))
    if sum(map(str.isalpha, text)) < _FEWEST_LETTERS:
        told = "The PDF holds pictures and hardly any text; make its text readable (OCR) first."
        raise ImportRefused(told)
    return Extracted(text, title=title, author=author, note=_NOTE)


def _pages(reader: PdfReader, until: float) -> Iterator[str]:
    if len(reader.pages) > MOST_PAGES:
        raise ImportRefused(f"The PDF has more than {MOST_PAGES} pages; give the article's alone.")
    characters = 0
    for page in reader.pages:
        text = page.extract_text()
        characters += len(text)
        if characters > MOST_CHARACTERS or time.monotonic() > until:
            raise ImportRefused("The PDF is too large to be read; give the article's pages alone.")
        yield text


def _says(reader: PdfReader) -> tuple[str | None, str | None]:
    says = reader.metadata
    title = str(says.title or "").strip() if says else ""
    author = str(says.author or "").strip() if says else ""
    return (None if _NO_TITLE.search(title) else title), author or None


def _paragraphs(pages: Sequence[Sequence[str]]) -> Iterator[str]:
    """The paragraphs of all pages; one may go on over a page's end."""
    lines = [line for page in _without_running_heads(pages) for line in page]
    widths = sorted(len(line) for line in lines)
    full = _FULL * widths[int(0.9 * len(widths))] if widths else 0.0
    words = set(re.findall(r"\w+-\w+", " ".join(lines)))
    paragraph = ""
    ended = True
    for line in lines:
        if ended:
            if paragraph:
                yield paragraph
            paragraph = line
        else:
            paragraph = _joined(paragraph, line, words)
        ended = len(line) < full
    if paragraph:
        yield paragraph


def _joined(before: str, line: str, words: set[str]) -> str:
    """Two lines as one; a word that was broken between them is whole again."""
    broken = _BROKEN_WORD.search(before)
    if broken and line[:1].islower():
        rest = re.match(r"\w+", line)
        whole = f"{broken[1]}-{rest[0]}" if rest else ""
        return before + line if whole in words else before[:-1] + line
    return f"{before} {line}"


def _without_running_heads(pages: Sequence[Sequence[str]]) -> Iterator[list[str]]:
    kept = [[line for raw in page if (line := " ".join(raw.split()))] for page in pages]
    heads = Counter(_NUMBER.sub("0", line) for page in kept for line in set(_edges(page)))
    for page in kept:
        edges = {
            line
            for line in _edges(page)
            if heads[_NUMBER.sub("0", line)] >= max(3, len(pages) / 2) or line.isdecimal()
        }
        inner = range(_EDGE, len(page) - _EDGE)
        yield [line for n, line in enumerate(page) if n in inner or line not in edges]


def _edges(page: Sequence[str]) -> list[str]:
    return [*page[:_EDGE], *page[-_EDGE:]]
