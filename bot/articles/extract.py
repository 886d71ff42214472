"""A file's bytes to the raw text of its article, and what the page says of itself.

The type of a file is told by its content. It must not know what of a text is the article (that is
`clean`), except for HTML, whose extractor does both.
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.articles.dates import date_line
from bot.articles.frontmatter import read_header
from bot.articles.nodes import Node
from bot.errors import ImportRefused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a ZIP archive or an office document",
    b"\x1f\x8b": "a compressed file",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"{\\rtf": "an RTF document",
    b"\xd0\xcf\x11\xe0": "an old office document",
    b"SQLite format": "a database",
}
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?><!--.*?-->\s*)*+<(?:!doctype\s+html|html|head|body|article|main|div|p|h1)\b",
    re.I | re.S,
)
_XML = re.compile(r"\s*<(?:\?xml|rss|feed|svg)\b", re.I)
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.I)
# A line of dashes with a field below it; other lines of dashes only divide a text.
_FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?:#.*\n)*(?:[\"']?[\w-]+[\"']?[ \t]*:(?:\s|$)|[\[{])")
_CLOSED = re.compile(r"\n---[ \t]*\r?(?:\n|\Z)")
_MARKED = re.compile(r"^#{1,6}[ \t]+\S", re.M)
_CODE = re.compile(
    r"\s*(?:import \w|from \w+ import|def \w+\(|class \w+[(:{]|function\b|const \w|let \w|var \w"
    r"|return\b|#include|package \w|public |private |if ?\(|for ?\(|while ?\(|[{}\])];?\s*$"
    r"|//|/\*|SELECT\b|INSERT\b|[\w.]+ ?= ?\S.*$|[\w.]+\(.*\)\s*$|@\w+)|.*[;{}]\s*$"
    r"|\s*(?:- )?[a-z][\w-]*:(?:\s|$)|\s*\[+[\w.\"-]+\]+\s*$|\s*[\"'].*[\"'],(?:\s*#.*)?$"
)


@dataclass(frozen=True, slots=True)
class Extracted:
    """A raw text, and what its page says; what it does not say is None.

    Attributes:
        markdown: headings are marked, and paragraphs are separated by empty lines.
        note: what the reader of the file had to assume, or an empty string.
    """

    text: str
    markdown: bool = False
    title: str | None = None
    author: str | None = None
    published: date | None = None
    publisher: str | None = None
    url: str | None = None
    note: str = ""


def extract(content: bytes) -> Extracted:
    """Read a file's content as plain text, Markdown or HTML.

    Raises:
        ImportRefused: it is binary, empty, data or code; the sentence says which.
    """
    text, note = _decode(content)
    if not text.strip():
        raise ImportRefused("The file is empty.")
    if _HTML.match(text):
        return _from_html(text, note)
    if _XML.match(text):
        raise ImportRefused("This is XML, not an article; save the article's own page instead.")
    if _FRONT_MATTER.match(text):
        return _from_front_matter(text, note)
    _refuse_data(text)
    return Extracted(text, markdown=_MARKED.search(text) is not None, note=note)


def _from_front_matter(text: str, note: str) -> Extracted:
    """Markdown as site generators keep it."""
    if not _CLOSED.search(text):
        raise ImportRefused("Its front matter has no end; write a line `---` below its fields.")
    header = read_header(Path(), text.replace("\r\n", "\n"))
    if header.node is None or header.node.fields is None:
        told = [f" (line {fault.line}: {fault.problem.rstrip('.')})" for fault in header.faults[:1]]
        raise ImportRefused(f"Its front matter cannot be read{''.join(told)}; mend or remove it.")
    if not header.body:
        raise ImportRefused("There is no text below its front matter.")
    _refuse_data(header.body)
    says = {name: node.text for name, node in header.node.fields.items() if _is_said(node)}
    return Extracted(
        text=header.body,
        markdown=True,
        title=says.get("title"),
        author=says.get("author"),
        published=date_line(says.get("published") or says.get("date") or ""),
        publisher=says.get("publisher"),
        url=says.get("url"),
        note=note,
    )


def _is_said(node: Node) -> bool:
    return node.kind in {"text", "date"} and bool(node.text.strip())


def _decode(content: bytes) -> tuple[str, str]:
    for signature, kind in _SIGNATURES.items():
        if content.startswith(signature):
            raise ImportRefused(f"This is {kind}; save the article as text, Markdown or HTML.")
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            try:
                return content.decode(encoding), ""
            except UnicodeDecodeError:
                raise ImportRefused(f"The file is broken {encoding.upper()} text.") from None
    if b"\x00" in content:
        raise ImportRefused("This is a binary file; save the article as text, Markdown or HTML.")
    try:
        return content.decode(), ""
    except UnicodeDecodeError:
        return _decode_legacy(content)


def _decode_legacy(content: bytes) -> tuple[str, str]:
    """Text of a single-byte encoding: the one that a page declares, else windows-1252."""
    strange = sum(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in content)
    if strange > len(content) / 200:
        raise ImportRefused("This is a binary file; save the article as text, Markdown or HTML.")
    declared = _CHARSET.search(content[:2048])
    for encoding in ([declared[1].decode()] if declared else []) + ["windows-1252"]:
        try:
            return content.decode(encoding), f"it is not UTF-8 and was read as {encoding}"
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1"), "it is not UTF-8 and was read as latin-1"


def _from_html(page: str, note: str) -> Extracted:
    # Trafilatura takes longer to load than all else together; only HTML pays for it.
    from trafilatura import extract as extract_text
    from trafilatura import extract_metadata

    text = extract_text(
        page,
        output_format="markdown",
        include_comments=False,
        include_formatting=True,
        favor_recall=True,
    )
    if not text or not text.strip():
        raise ImportRefused("No article can be found in this HTML page.")
    # Only dates that the page declares: a date found somewhere in it would be a guess.
    declared = {"extensive_search": False, "original_date": True}
    says = extract_metadata(page, date_config=declared)
    return Extracted(
        text=text,
        markdown=True,
        title=says.title or None,
        author=says.author or None,
        published=date.fromisoformat(says.date) if says.date else None,
        publisher=says.sitename or None,
        url=says.url or None,
        note=note,
    )


def _refuse_data(text: str) -> None:
    stripped = text.strip()
    if stripped[0] in "{[":
        try:
            json.loads(stripped)
        except (ValueError, RecursionError):
            pass
        else:
            raise ImportRefused("This is JSON data, not an article.")
    lines = [line for line in text.splitlines() if line.strip()]
    for mark in ",;\t|":
        counts = [line.count(mark) for line in lines]
        alike = counts.count(counts[0])
        if len(lines) >= 4 and counts[0] >= 2 and alike >= 0.9 * len(lines):
            raise ImportRefused("This is a table of data, not an article.")
    code = sum(1 for line in lines if _CODE.match(line))
    if len(lines) >= 5 and code >= 0.5 * len(lines):
        raise ImportRefused("This is program code or configuration, not an article.")
