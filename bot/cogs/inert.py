"""Text that Discord shows exactly as it is stored: nothing in it formats, links, pings or blinks.

In Discord's Markdown a backslash before a sign stands for the sign itself, so everything that
could mean something is escaped, and what is read is what is stored. Knows nothing of answers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

Span = tuple[int, int]
_Marks = tuple[bool, bool]

# Formatting, mentions and masked links anywhere; a colon that begins an emoji or an address; at
# the start of a line also what would make it a list.
_MEANS_SOMETHING = re.compile(r"[\\`*_~|<>#@\[\]]|:(?=\S)|^\s*(?:[-+]|\d+[.)])", re.MULTILINE)
_MARKS = "**", "__"
"""Bold, which stands outside, and underlined."""
_NO_MARKS = False, False


def inert(text: str) -> str:
    """The text, escaped."""
    return _MEANS_SOMETHING.sub(lambda found: f"{found[0][:-1]}\\{found[0][-1]}", text)


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
    put = _turns(span, bold, underlined)
    for sign in _MEANS_SOMETHING.finditer(text[first:last]):
        at = first + sign.end() - 1
        put[at] = put.get(at, "") + "\\"
    out: list[str] = []
    done = first
    for at in sorted(put):
        out += text[done:at], put[at]
        done = at
    out.append(text[done:last])
    return "".join(out)


def _turns(span: Span, bold: Iterable[Span], underlined: Iterable[Span]) -> dict[int, str]:
    """What closes and opens marks, by the offset where it stands."""
    first, last = span
    changes: dict[int, list[int]] = {}
    for kind, parts in enumerate((bold, underlined)):
        for start, end in parts:
            if start < last and end > first:
                changes.setdefault(max(start, first), [0, 0])[kind] += 1
                changes.setdefault(min(end, last), [0, 0])[kind] -= 1
    turns: dict[int, str] = {}
    now, bolds, lines = _NO_MARKS, 0, 0
    for at in sorted(changes):
        bolds, lines = bolds + changes[at][0], lines + changes[at][1]
        wanted = bolds > 0, lines > 0
        turns[at] = _turn(now, wanted)
        now = wanted
    return turns


@cache
def _turn(before: _Marks, after: _Marks) -> str:
    """Closes and opens marks so that they stay nested: bold outside, underlined inside."""
    closed = [mark for mark, is_open in zip(_MARKS, before, strict=True) if is_open]
    opened = [mark for mark, is_open in zip(_MARKS, after, strict=True) if is_open]
    while closed and opened and closed[0] == opened[0]:
        del closed[0], opened[0]
    return "".join([*reversed(closed), *opened])
