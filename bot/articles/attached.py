"""A file that somebody attached, by its name and its bytes, to the raw text of its article.

The type is told by the content, and no name is believed. It must not know where the file came
from, nor what of its text is the article.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from bot.errors import ImportRefused

if TYPE_CHECKING:
    from bot.articles.extract import Extracted

MOST_BYTES = 10_000_000
LONGEST_NAME = 100

_PDF_WITHIN = 1_024  # bytes; readers look for its mark there (PDF 1.7, implementation note 13)
_UNNAMED = "attached"
_NOT_IN_NAMES = re.compile(r"[\x00-\x1f\x7f<>:\"|?*`]+")


def read_attached(data: bytes) -> Extracted:
    """Read plain text, Markdown, HTML, a PDF or a Word file (DOCX).

    It may take seconds, so not where others are waiting.

    Raises:
        ImportRefused: it is none of these, or too large, or holds no text; the sentence says which.
    """
    if len(data) > MOST_BYTES:
        raise ImportRefused(f"The file is larger than {MOST_BYTES // 1_000_000} MB.")
    from bot.articles.extract import extract
    from bot.articles.pdf_files import extract_pdf
    from bot.articles.word_files import extract_word

    if b"%PDF-" in data[:_PDF_WITHIN]:
        return extract_pdf(data)
    if data.startswith(b"PK\x03\x04"):
        return extract_word(data)
    return extract(data)


def file_name(name: str) -> str:
    """What an attached file is called here: its last part, without what file systems refuse.

    Never empty, never `.` or `..`, and without a folder.
    """
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(c for c in last if unicodedata.category(c)[0] != "C" or c == "\u200d")
    plain = " ".join(_NOT_IN_NAMES.sub(" ", seen).split()).strip(". ")
    if len(plain) > LONGEST_NAME:
        stem, dot, ending = plain.rpartition(".")
        plain = f"{stem[: LONGEST_NAME - 10]}{dot}{ending[:9]}" if dot else plain[:LONGEST_NAME]
    return plain or _UNNAMED
