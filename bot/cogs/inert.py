"""Text that Discord shows exactly as it is stored: nothing in it formats, links, pings or blinks.

In Discord's Markdown a backslash before a sign stands for the sign itself, so everything that
could mean something is escaped, and what is read is what is stored. Knows nothing of answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import pairwise

Span = tuple[int, int]

# Formatting, mentions and masked links anywhere; a colon that begins an emoji or an address; at
# the start of a line also what would make it a list.
_MEANS_SOMETHING = re.compile(r"[\\`*_~|<>#@\[\]]|:(?=\S)|^\s*(?:[-+]|\d+[.)])", re.MULTILINE)
_BOLD, _UNDERLINED = "**", "__"


def inert(text: str) -> str:
    """The text, escaped."""
    return "".join(_escaped(text))


def inert_line(text: str, most: int) -> str:
    """The text on one line, escaped; longer than `most` characters it ends in an ellipsis."""
    line = " ".join(text.split())
    return inert(line if len(line) <= most else line[: most - 1].rstrip() + "…")


def marked(
    text: str, span: Span, *, bold: Iterable[Span] = (), underlined: Iterable[Span] = ()
) -> str:
    """A slice of the text, escaped, with parts of it set off.

    `span`, `bold` and `underlined` are offsets of the whole text.
    """
    first, last = span
    heavy, lined = [*bold], [*underlined]
    signs = _escaped(text[first:last])
    turns = {at for part in (span, *heavy, *lined) for at in part if first <= at <= last}
    out: list[str] = []
    now: tuple[str, ...] = ()
    for start, end in pairwise(sorted(turns)):
        wanted = ((_BOLD,) if _within(start, heavy) else ()) + (
            (_UNDERLINED,) if _within(start, lined) else ()
        )
        if wanted != now:
            out += _turn(now, wanted)
            now = wanted
        out += signs[start - first : end - first]
    return "".join([*out, *_turn(now, ())])


def _turn(before: tuple[str, ...], after: tuple[str, ...]) -> list[str]:
    """Closes and opens marks so that they stay nested: bold outside, underlined inside."""
    kept = 0
    while kept < min(len(before), len(after)) and before[kept] == after[kept]:
        kept += 1
    return [*reversed(before[kept:]), *after[kept:]]


def _within(at: int, spans: Iterable[Span]) -> bool:
    return any(start <= at < end for start, end in spans)


def _escaped(text: str) -> list[str]:
    """The text sign by sign, each with its backslash if it needs one."""
    signs = list(text)
    for found in _MEANS_SOMETHING.finditer(text):
        at = found.end() - 1
        signs[at] = "\\" + signs[at]
    return signs
