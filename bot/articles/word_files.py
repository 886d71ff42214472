"""The text of a Word file (DOCX) as Markdown: headings, paragraphs, rows of tables.

The only module that knows python-docx, which is handed a file of known size, made anew from the
parts that it needs. It must not know what of the text is the article.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from bot.articles.extract import Extracted
from bot.errors import ImportRefused

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import Table

MOST_PARTS = 2_000
MOST_BYTES = 40_000_000  # of all parts, decompressed

_BODY = "word/document.xml"
_READ = (".xml", ".rels")
_CHUNK = 64_000
_ENCRYPTED = 0x1  # of a part's flags, ZIP application note 4.4.4
_DECLARATIONS = (b"<!DOCTYPE", b"<!ENTITY")
_HEADING = re.compile(r"heading ([1-6])", re.I)
_BROKEN = "The file is broken; open it in Word and save it anew."
_DEFAULT_TITLES = frozenset({"", "word document"})


def extract_word(data: bytes) -> Extracted:
    """Read a Word file's text.

    Raises:
        ImportRefused: it is another archive, encrypted, broken, too large or without text.
    """
    # It takes a tenth of a second to load; only Word files pay for it.
    import docx
    from docx.opc.exceptions import OpcError
    from docx.oxml.exceptions import XmlchemyError

    try:
        plain = _plain(data)
        word = docx.Document(plain)
        text = "\n\n".join(_blocks(word))
        says = word.core_properties
        title, author = says.title.strip(), says.author.strip()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
        raise ImportRefused(_BROKEN) from error
    except (
        OpcError, XmlchemyError, SyntaxError, ValueError, LookupError, TypeError, AttributeError,
    ) as error:  # fmt: skip
        # Whatever else its parser meets in a broken file, or in one of another program.
        raise ImportRefused(_BROKEN) from error
    if not text:
        raise ImportRefused("There is no text in the file.")
    known = None if title.lower() in _DEFAULT_TITLES else title
    return Extracted(text, markdown=True, title=known, author=author or None)


def _plain(data: bytes) -> BytesIO:
    """The same file, its parts of text as large as they say, its other parts empty.

    A part is read up to the size that is left, whatever size it declares.
    """
    copy = BytesIO()
    left = MOST_BYTES
    with zipfile.ZipFile(BytesIO(data)) as archive, zipfile.ZipFile(copy, "w") as plain:
        parts = archive.infolist()
        if _BODY not in archive.namelist():
            told = "This is an archive, and no Word file; give the article's own file."
            raise ImportRefused(told)
        if len(parts) > MOST_PARTS or len(set(archive.namelist())) < len(parts):
            raise ImportRefused(_BROKEN)
        for part in parts:
            if part.flag_bits & _ENCRYPTED:
                raise ImportRefused("The file is protected by a password; save it without one.")
            content = b""
            if part.filename.endswith(_READ):
                content = _content(archive, part, left)
                left -= len(content)
            plain.writestr(part.filename, content)
    copy.seek(0)
    return copy


def _content(archive: zipfile.ZipFile, part: zipfile.ZipInfo, most: int) -> bytes:
    content = bytearray()
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            content += chunk
            if len(content) > most:
                told = f"The file unpacks to more than {MOST_BYTES // 1_000_000} MB; shorten it."
                raise ImportRefused(told)
    # Word writes none; UTF-16 is seen through by leaving out its zeros.
    narrow = content.replace(b"\x00", b"").upper()
    if any(declaration in narrow for declaration in _DECLARATIONS):
        raise ImportRefused("The file declares XML entities, which no Word file needs.")
    return bytes(content)


def _blocks(word: Document) -> Iterator[str]:
    from docx.table import Table

    for block in word.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        elif text := " ".join(block.text.split()):
            style = (block.style.name if block.style else None) or ""
            level = 1 if style == "Title" else _level(style)
            yield f"{'#' * level} {text}" if level else text


def _level(style: str) -> int:
    found = _HEADING.match(style)
    return int(found[1]) if found else 0


def _rows(table: Table) -> Iterator[str]:
    # Not by `table.rows`: their cells are repeated as often as the file says that they span.
    for row in table._tbl.tr_lst:
        texts = (" ".join(" ".join(p.text for p in cell.p_lst).split()) for cell in row.tc_lst)
        if text := " | ".join(filter(None, texts)):
            yield text
