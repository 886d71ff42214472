"""Bytes to text: by what they are first, by what is said of them second.

It must not know where they come from.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from bot.errors import FetchRefused

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_IN_PAGE = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:-]{2,40})"
    rb"|^\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w:-]{2,40})",
    re.I,
)
_HEAD = 4_096  # bytes in which a page declares its encoding
_ENOUGH = 100_000  # bytes by which an encoding is told
# The web's encodings under Python's names, https://encoding.spec.whatwg.org/#names-and-labels;
# Python knows others, utf-7 say, that would hide from every check what a page holds.
_OF_THE_WEB = frozenset({
    "utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp866", "koi8-r", "koi8-u", "mac-roman", "gbk",
    "gb2312", "gb18030", "big5", "euc_jp", "iso2022_jp", "shift_jis", "cp932", "euc_kr", "cp949",
    "cp874", *(f"iso8859-{part}" for part in range(2, 17)), *(f"cp125{n}" for n in range(9)),
})  # fmt: skip
# What pages call Latin-1 is read as windows-1252, which holds it, by every browser.
_READ_AS = {"iso8859-1": "cp1252", "ascii": "cp1252", "utf-8-sig": "utf-8"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the encoding it was read in, and what was assumed to read it."""

    text: str
    charset: str
    note: str = ""


def decode(body: bytes, declared: str | None) -> Decoded:
    """Read bytes as text.

    A byte order mark tells more than bytes that are valid UTF-8, these more than what is declared
    by the server, that more than what the page itself declares; all else is told from the bytes.

    Args:
        declared: the encoding's name as the server says it.

    Raises:
        FetchRefused: no encoding fits.
    """
    for mark, charset in _BOMS:
        if body.startswith(mark) and (text := _strictly(body[len(mark) :], charset)) is not None:
            return Decoded(text, charset)
    said = [name for label in (declared, _declared_within(body)) if (name := charset_named(label))]
    text = _strictly(body, "utf-8")
    if text is not None and not body.isascii() and b"\x00" not in body:
        wrong = said and said[0] != "utf-8"
        note = f"it is declared as {said[0]}, but was read as the UTF-8 that it is" if wrong else ""
        return Decoded(text, "utf-8", note)
    for charset in said:
        if (read := _strictly(body, charset)) is not None:
            wrong = charset != said[0]
            note = f"it is declared as {said[0]}, but was read as {charset}" if wrong else ""
            return Decoded(read, charset, note)
    if text is not None:
        return Decoded(text, "utf-8")
    return _guessed(body, said)


def charset_named(label: str | None) -> str | None:
    """An encoding of the web under Python's name; None for any other."""
    try:
        name = codecs.lookup((label or "").strip(" \"'").lower()).name
    except (LookupError, ValueError):
        return None
    name = _READ_AS.get(name, name)
    return name if name in _OF_THE_WEB else None


def _declared_within(body: bytes) -> str | None:
    found = _IN_PAGE.search(body[:_HEAD])
    return (found[1] or found[2]).decode("ascii") if found else None


def _strictly(body: bytes, charset: str) -> str | None:
    try:
        return body.decode(charset)
    except UnicodeDecodeError:
        return None


def _guessed(body: bytes, said: list[str]) -> Decoded:
    # It takes a tenth of a second to load, and few pages need it.
    from charset_normalizer import from_bytes

    for found in from_bytes(body[:_ENOUGH]):
        charset = charset_named(found.encoding)
        if charset and (text := _strictly(body, charset)) is not None:
            declared = f"declared as {said[0]}" if said else "declared as nothing"
            return Decoded(text, charset, f"it is {declared}, but was read as {charset}")
    raise FetchRefused("The encoding of its text cannot be told; save the page as UTF-8.")
