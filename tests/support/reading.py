"""Reads Discord's Markdown as a person sees it, as far as cards use it."""

from __future__ import annotations

import re

_TOKEN = re.compile(r"\\([^0-9A-Za-z\s])|(\*\*)|(__)|(.)", re.DOTALL)
_LIVE = re.compile(r"[*_~|`<>#@\[\]]|\w+:/|:\w+:")
_LIST = re.compile(r"^\s*(?:[-+]|\d+[.)])(?=\s|$)", re.MULTILINE)


def as_read(markdown: str) -> str:
    """The text without its marks; AssertionError if a sign in it is not escaped."""
    read, _ = _parsed(markdown)
    return read


def set_off(markdown: str) -> tuple[list[str], list[str]]:
    """What is bold in the text, and what is underlined."""
    read, marks = _parsed(markdown)
    runs = [
        [read[start:end] for kind, start, end in marks if kind == wanted] for wanted in ("**", "__")
    ]
    return runs[0], runs[1]


def _parsed(markdown: str) -> tuple[str, list[tuple[str, int, int]]]:
    read: list[str] = []
    bare: list[str] = []
    opened: list[tuple[str, int]] = []
    marks: list[tuple[str, int, int]] = []
    for found in _TOKEN.finditer(markdown):
        escaped, bold, line, plain = found.groups()
        mark = bold or line
        if mark is None:
            read.append(escaped or plain)
            # A private sign stands where an escaped one cannot mean anything any more.
            bare.append("\ue000" if escaped else plain)
        elif opened and opened[-1][0] == mark:
            marks.append((mark, opened.pop()[1], len(read)))
        else:
            assert mark not in [kind for kind, _ in opened], "marks are not nested"
            opened.append((mark, len(read)))
    assert opened == [], "a mark is left open"
    left = "".join(bare)
    assert not _LIVE.search(left), f"something means something in {left!r}"
    assert not _LIST.search(left), f"a list begins in {left!r}"
    return "".join(read), marks
