"""Text that Discord shows exactly as it is stored: nothing in it formats, links, pings or blinks.

In Discord's Markdown a backslash before a sign stands for the sign itself, so everything that
could mean something is escaped, and what is read is what is stored. Knows nothing of answers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from operator import add

Span = tuple[int, int]

# Formatting, mentions and masked links anywhere; a colon that begins an emoji or an address; at
# the start of a line also what would make it a list.
_MEANS_SOMETHING = re.compile(r"[\\`*_~|<>#@\[\]]|:(?=\S)|^\s*(?:[-+]|\d+[.)])", re.MULTILINE)
_MARKS = "**", "__"
"""Bold, which stands outside, and underlined."""


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
    turns: defaultdict[int, list[int]] = defaultdict(lambda: [0, 0])
    for kind, parts in enumerate((bold, underlined)):
        for start, end in parts:
            if start < last and end > first:
                turns[max(start, first)][kind] += 1
                turns[min(end, last)][kind] -= 1
    slashed = {first + one.end() - 1 for one in _MEANS_SOMETHING.finditer(text[first:last])}
    out: list[str] = []
    done, depth = first, [0, 0]
    now: tuple[str, ...] = ()
    for at in sorted(slashed.union(turns)):
        out.append(text[done:at])
        done = at
        if at in turns:
            depth = [*map(add, depth, turns[at])]
            wanted = tuple(mark for mark, open_ in zip(_MARKS, depth, strict=True) if open_)
            out += _turn(now, wanted)
            now = wanted
        if at in slashed:
            out.append("\\")
    out.append(text[done:last])
    return "".join(out)


def _turn(before: tuple[str, ...], after: tuple[str, ...]) -> list[str]:
    """Closes and opens marks so that they stay nested: bold outside, underlined inside."""
    kept = 0
    while kept < min(len(before), len(after)) and before[kept] == after[kept]:
        kept += 1
    return [*reversed(before[kept:]), *after[kept:]]
